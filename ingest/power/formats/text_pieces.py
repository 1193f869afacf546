"""The text of many files in pieces of whole lines, so that a bounded amount of it is in memory at once."""

from collections.abc import Iterator
from typing import NamedTuple

from cradle.errors import ParseError
from ingest.power.reading import TraceFile

LINE_BYTES = 64 << 20  # the longest line that is read


class Piece(NamedTuple):
    """Whole lines of one file in UTF-8, each with its line end, which is a line feed."""

    file: TraceFile
    first_row: int  # number of the first line, from 1
    text: bytes


def pieces_of(file: TraceFile, size: int) -> Iterator[Piece]:
    """Yield the text of a file in pieces of about `size` bytes, without a mark of byte order.

    Raises ParseError for a file that is not UTF-8 and for a line of LINE_BYTES or more.
    """
    row, done, kept = 1, b"", b""
    with file.path.open("rb", buffering=0) as stream:
        while read := stream.read(size):
            text = kept + read if kept else read
            if row == 1 and not done:
                text = text.removeprefix(b"\xef\xbb\xbf")
            row += done.count(b"\n")
            end = text.rfind(b"\n") + 1
            done, kept = text[:end], text[end:]
            if done:
                yield _piece(file, row, done)
            if len(kept) >= LINE_BYTES:
                line = row + done.count(b"\n")
                raise ParseError(
                    "A line is too long",
                    where=f"{file.name}, line {line}",
                    expected=f"lines of at most {LINE_BYTES:,} bytes",
                    got="more, or a file without line ends",
                    todo="check that this is the log of a meter as it was written",
                )
    if kept:
        yield _piece(file, row + done.count(b"\n"), kept + b"\n")


def refuse_other_encoding(text: bytes, file: TraceFile) -> None:
    """Raise ParseError where the text of a file is not UTF-8."""
    if text.isascii():
        return
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise ParseError(
            "The file is not UTF-8",
            where=file.name,
            expected="text in UTF-8",
            got=f"byte 0x{text[error.start]:02x}",
            todo="save the file as UTF-8; PowerShell's '>' writes UTF-16",
        ) from None


def _piece(file: TraceFile, row: int, text: bytes) -> Piece:
    refuse_other_encoding(text, file)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
    return Piece(file, row, text)
