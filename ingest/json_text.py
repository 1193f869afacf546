"""JSON files read without converting anything: numbers keep the text they have in the file, repeated keys stay."""

import json
from collections.abc import Callable
from pathlib import Path

from cradle.errors import ParseError

EXPECTED = "a JSON object in UTF-8"


class Members(list):
    """The members of a JSON object as (key, value) pairs, in the order of the file."""

    def only(self, keys: list[str], where: str) -> dict:
        """Return the members as a dict; raise ParseError where its keys are not exactly `keys`, each once."""
        found = [key for key, _ in self]
        if sorted(found) != sorted(keys):
            raise ParseError(
                "An object does not have the keys of the published form",
                where=where,
                expected=", ".join(keys),
                got=_difference(found, keys),
                todo="check that this is the published file; if upstream changed it, change parse.py and the contract",
            )
        return dict(self)


def read_json(path: Path) -> Members:
    """Return the outermost object of a file; raise ParseError where it is no JSON object in UTF-8."""
    return members(read_value(path.read_bytes(), path.name), path.name)


def read_value(content: bytes, where: str, number: Callable[[str], str] = str) -> object:
    """Return the value that `content` holds, numbers as `number` of their text; raise ParseError for no JSON."""
    if not content.strip():
        raise _refused("The file is empty", where, f"{len(content)} bytes")
    if content.lstrip()[:1] == b"<":
        raise _refused("This is a web page and not the file", where, "text that begins with '<'")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} is 0x{content[error.start]:02x}"
        raise _refused("The file is not UTF-8", where, place) from None
    try:
        return json.loads(text, parse_int=number, parse_float=number, parse_constant=str, object_pairs_hook=Members)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise _refused("The file is no JSON, or is truncated", where, place) from None
    except RecursionError:
        raise _refused("The file is nested deeper than any published one", where, "hundreds of levels") from None


def members(value: object, where: str) -> Members:
    """Return `value`; raise ParseError where it is no JSON object."""
    if isinstance(value, Members):
        return value
    raise _unexpected(value, where, "an object")


def items(value: object, where: str) -> list:
    """Return `value`; raise ParseError where it is no JSON list."""
    if isinstance(value, list) and not isinstance(value, Members):
        return value
    raise _unexpected(value, where, "a list")


def cell(value: object, where: str) -> str | None:
    """Return a number, word or truth value as the file writes it, None for null; raise ParseError for anything else."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise _unexpected(value, where, "a number, a text or null")
    return value


def words(value: object, where: str, separator: str) -> str | None:
    """Return a list of texts as one, joined by `separator`, which none may hold; None for null and the empty list."""
    parts = [cell(part, where) or "" for part in items([] if value is None else value, where)]
    if any(not part or separator in part for part in parts):
        raise _unexpected(value, where, f"texts without '{separator}'")
    return separator.join(parts) or None


def _refused(what: str, where: str, got: str) -> ParseError:
    return ParseError(what, where=where, expected=EXPECTED, got=got, todo="download the file again")


def _unexpected(value: object, where: str, expected: str) -> ParseError:
    return ParseError(
        "A value is not of the published form",
        where=where,
        expected=expected,
        got=f"{ascii(value)[:80]}",
        todo="check that this is the published file; if upstream changed it, change parse.py and the contract",
    )


def _difference(found: list[str], keys: list[str]) -> str:
    parts = {
        "missing": [key for key in keys if key not in found],
        "unknown": [key for key in found if key not in keys],
        "twice": sorted({key for key in found if found.count(key) > 1}),
    }
    return "; ".join(f"{kind}: {', '.join(map(ascii, names))}" for kind, names in parts.items() if names)
