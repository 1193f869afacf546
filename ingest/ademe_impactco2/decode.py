"""Bytes of a category file to its list of items, every number as the text that upstream wrote."""

import json
from typing import Any

from cradle.errors import ParseError

EXPECTED = "a JSON list of items with name, slug, category and ecv"


class Number(str):
    """A number of the JSON text, as written there; other strings of the file stay plain `str`."""

    __slots__ = ()


def decode(content: bytes, where: str) -> list[dict[str, Any]]:
    """Return the items of the file. Raises ParseError where it is no JSON list of objects."""
    if not content.strip():
        raise refused("The file is empty", where, f"{len(content)} bytes")
    if content.lstrip()[:1] == b"<":
        raise refused("This is a web page and no data", where, "HTML or XML")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(
            "The file is no UTF-8", f"{where}, byte {error.start + 1}", f"0x{content[error.start]:02x}"
        ) from None
    try:
        items = json.loads(
            text, parse_float=Number, parse_int=Number, parse_constant=_no_constant, object_pairs_hook=_object
        )
    except (ValueError, RecursionError) as error:
        raise refused("The file is no valid JSON", where, str(error) or type(error).__name__) from None
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise refused(
            "The file is no list of items", where, f"{type(items).__name__}, or a list that is empty or mixed"
        )
    return items


def refused(what: str, where: str, got: str, expected: str = EXPECTED) -> ParseError:
    """The error for a file that is not in the published form."""
    return ParseError(
        what,
        where=where,
        expected=expected,
        got=got,
        todo="take numerique.json or usagenumerique.json of the pinned commit; "
        "if ADEME changed their form, change ingest/ademe_impactco2/",
    )


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is no JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"the key {twice[0]!r} is there twice in one object")
    return dict(pairs)
