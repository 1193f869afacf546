"""YAML read without converting or expanding anything: scalars keep their text, tags and aliases are refused."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from cradle.errors import ParseError

if TYPE_CHECKING:
    import yaml

Node: TypeAlias = "dict[str, Node] | str | None"

# the published file is five levels deep
MAX_DEPTH = 12


def read_yaml(text: str, where: str) -> dict[str, Node]:
    """Return the mappings of `text`, each scalar as the file writes it, a plain `null` as None.

    Raises ParseError for what is no YAML, for a list, a tag, an anchor, an alias, a key that stands twice, a second
    document or nesting beyond any published file. Nothing of it is ever constructed: there is no way to run code.
    """
    import yaml

    try:
        events = iter(list(yaml.parse(text, Loader=yaml.CBaseLoader)))
    except yaml.YAMLError as error:
        raise _refused("The file is no YAML, or is truncated", where, " ".join(str(error).split())[:300]) from None
    next(events)
    if not isinstance(next(events), yaml.DocumentStartEvent):
        raise _refused("The file is empty", where, "no document")
    outermost = _value(next(events), events, where, 0)
    if not isinstance(outermost, dict):
        raise _refused("The file holds no mapping", where, "a single value")
    next(events)
    if not isinstance(next(events), yaml.StreamEndEvent):
        raise _refused("The file holds more than one document", where, "a second document")
    return outermost


def _value(event: "yaml.Event", events: Iterator["yaml.Event"], where: str, depth: int) -> Node:
    import yaml

    place = f"{where}, line {event.start_mark.line + 1}"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _refused("The file refers to itself", place, f"an anchor or alias '{event.anchor}'")
    if getattr(event, "tag", None):
        raise _refused("The file holds a YAML tag", place, f"the tag {event.tag}")
    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in ("null", "~") else event.value
    if not isinstance(event, yaml.MappingStartEvent):
        raise _refused("The file holds a list", place, "a list")
    if depth == MAX_DEPTH:
        raise _refused("The file is nested deeper than any published one", place, f"more than {MAX_DEPTH} levels")
    found: dict[str, Node] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        place = f"{where}, line {event.start_mark.line + 1}"
        key = _value(event, events, where, depth + 1)
        if not isinstance(key, str):
            raise _refused("A key is no text", place, "a mapping or null as a key")
        if key in found:
            raise _refused("A key stands twice in one mapping", place, f"'{key}' again")
        found[key] = _value(next(events), events, where, depth + 1)
    return found


def _refused(what: str, where: str, got: str) -> ParseError:
    return ParseError(
        what,
        where=where,
        expected="mappings of numbers and words, each key once, as in the published file",
        got=got,
        todo="take the file as it was published, undamaged",
    )
