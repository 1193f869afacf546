"""Bytes of the published file to text. Releases came as cp1252, UTF-8, and UTF-8 with a byte order mark."""

import codecs

from cradle.errors import ParseError

EXPECTED = "a ';'-separated CSV in UTF-8 (with or without byte order mark) or cp1252"


def decode(content: bytes, where: str) -> str:
    """Return the text of `content`; raise ParseError where it is no text in a published encoding."""
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise ParseError(
            "The file is empty",
            where=where,
            expected=EXPECTED,
            got=f"{len(content)} bytes",
            todo="download the file again",
        )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:200]:
        raise ParseError(
            "The file is in an encoding that ADEME does not publish",
            where=where,
            expected=EXPECTED,
            got="UTF-16 or binary content (zero bytes)",
            todo="save or download the file as UTF-8",
        )
    if b"\0" in content:
        raise ParseError(
            "The file is damaged",
            where=f"{where}, byte {content.index(0) + 1}",
            expected=EXPECTED,
            got="a zero byte, which no text has",
            todo="download the file again",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decode_cp1252(content, where, error)


def _decode_cp1252(content: bytes, where: str, utf8_error: UnicodeDecodeError) -> str:
    header = content.split(b"\n", 1)[0]
    if not header.isascii() and _is_utf8(header):  # cp1252 would read the rest without a complaint, as mojibake
        raise ParseError(
            "The file starts as UTF-8 and stops being it",
            where=f"{where}, byte {utf8_error.start + 1}",
            expected=EXPECTED,
            got=f"byte 0x{content[utf8_error.start]:02x}",
            todo="download the file again: it is damaged, truncated or glued together",
        )
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ParseError(
            "The file is neither UTF-8 nor cp1252",
            where=f"{where}, byte {error.start + 1}",
            expected=EXPECTED,
            got=f"byte 0x{content[error.start]:02x}",
            todo="save or download the file as UTF-8",
        ) from None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
