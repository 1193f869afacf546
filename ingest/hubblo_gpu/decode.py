"""Bytes of the published files to text: plain UTF-8, and nothing that only looks like a file."""

from cradle.errors import ParseError

EXPECTED = "a UTF-8 file: gpus_impact_factors.csv, transport_impacts.csv or gpus.json"


def decode(content: bytes, where: str) -> str:
    """Return the text of `content`; raise ParseError where it is empty, a web page, an archive or not UTF-8."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise _refused("The file is empty", where, f"{len(content)} bytes")
    if start.startswith(b"PK\x03\x04") or b"\0" in content[:200]:
        raise _refused("This is no text file", where, "an archive, a workbook or UTF-16 (zero bytes)")
    if start[:1] == b"<":
        raise _refused("This is a web page and not the data", where, repr(start[:40].decode("utf-8", "replace")))
    if start.startswith(b"version https://git-lfs"):
        raise _refused("This is a pointer to the data and not the data", where, "a Git LFS pointer")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            "The file is not UTF-8", f"{where}, byte {error.start + 1}", f"byte 0x{content[error.start]:02x}"
        ) from None


def _refused(what: str, where: str, got: str) -> ParseError:
    return ParseError(what, where=where, expected=EXPECTED, got=got, todo="download the raw file again")
