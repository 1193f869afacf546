"""JSON traces: the records of an array, of an array whose end is missing, or of lines, each with its place."""

import json
from collections.abc import Iterator
from pathlib import Path

from cradle.errors import ParseError
from ingest.power.formats.text_pieces import refuse_other_encoding
from ingest.power.reading import TraceFile

BYTES_MAX = 256 << 20  # a JSON is read whole; the formats that are JSON write some megabytes a day
_SPACE = " \t\r\n,"


def text_of(file: TraceFile, path: Path | None = None) -> str:
    """Return the text of a file; raise ParseError where it is not UTF-8 or larger than a JSON that is read whole."""
    path = path or file.path
    if path.stat().st_size > BYTES_MAX:
        raise ParseError(
            "The file is too large to be read whole",
            where=file.name,
            expected=f"a JSON of at most {BYTES_MAX >> 20} MiB",
            got=f"{path.stat().st_size >> 20} MiB",
            todo="export it in parts",
        )
    text = path.read_bytes()
    refuse_other_encoding(text, file)
    return text.decode("utf-8-sig")


def records(text: str) -> Iterator[tuple[int, object, str | None]]:
    """Yield (number from 1, value, None) for each value of an array or of lines, and (number, None, rest) for a damage.

    Numbers keep the text that the file has. After a damage the next line is tried: in an array on one line, the rest
    is one damage.
    """
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    at, number = _skip(text, 0, _SPACE + "["), 0
    while at < len(text):
        if text[at] == "]":
            at = _skip(text, at + 1, _SPACE)
            continue
        number += 1
        try:
            value, at = decoder.raw_decode(text, at)
            yield number, value, None
        except (json.JSONDecodeError, RecursionError):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield number, None, text[at : min(end, at + 500)]
            at = end
        at = _skip(text, at, _SPACE)


def whole(file: TraceFile) -> object:
    """Return the one value of a JSON file, numbers as their text; raise ParseError where it is none or is cut."""
    text = text_of(file)
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ParseError(
            "The file is no JSON, or is cut",
            where=file.name,
            expected="one JSON value",
            got=str(error),
            todo="take the file anew",
        ) from None


def _skip(text: str, at: int, signs: str) -> int:
    while at < len(text) and text[at] in signs:
        at += 1
    return at
