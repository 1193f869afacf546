"""factors.yml to rows: one number a row, under the names of the levels it stands below."""

from collections.abc import Iterator
from dataclasses import dataclass

from cradle.errors import ParseError
from ingest.boaviztapi.yaml_text import Node, read_yaml

COLUMNS = (
    "item",
    "sub_part",
    "variant",
    "stage_as_printed",
    "criterion",
    "factor_field",
    "value",
    "unit_as_printed",
    "factor_source",
    "priority",
    "reference_period",
)

# the levels below an item, as the file has them; the last holds the numbers
COMPONENT = ("criterion", "factor_field")
COMPONENTS = ("assembly", "cpu", "hdd", "motherboard", "power_supply", "ram", "ssd")
LAYOUTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(COMPONENTS, COMPONENT),
    "case": ("criterion", "variant", "factor_field"),
    "gpu": ("sub_part", "stage_as_printed", "criterion", "factor_field"),
    "IoT": ("sub_part", "variant", "stage_as_printed", "criterion"),
    "electricity": ("sub_part", "criterion", "factor_field"),
}
# devices are printed in capitals, some of them by variant
DEVICE, DEVICE_BY_VARIANT = COMPONENT, ("criterion", "variant", "factor_field")

# what is said of the numbers beside or below it
ABOUT = {
    "unit": "unit_as_printed",
    "source": "factor_source",
    "priority": "priority",
    "reference_year": "reference_period",
}
# lists of the names and of the extremes of the places, and the name of the place: nothing that is not elsewhere
ELECTRICITY_LISTS = ("available_countries", "min-max")
NAME_OF_PLACE = "country"


def factor_rows(text: str, where: str) -> list[dict[str, str | None]]:
    """Return a row a number of factors.yml, cells as written; raise ParseError for another form (see `read_yaml`)."""
    return [row for item, node in read_yaml(text, where).items() for row in _item(item, node, where)]


def _item(item: str, node: Node, where: str) -> Iterator[dict[str, str | None]]:
    below = _mapping(node, f"{where}, {item}")
    layout = LAYOUTS.get(item)
    if layout is None:
        if not item.isupper():
            raise _unknown(f"{where}, {item}", f"the item '{item}'")
        layout = DEVICE_BY_VARIANT if _is_by_variant(below) else DEVICE
    if item == "electricity":
        below = {place: _without_name(part) for place, part in below.items() if place not in ELECTRICITY_LISTS}
    yield from _rows(below, _Place({"item": item}, layout, f"{where}, {item}"))


def _is_by_variant(criteria: dict[str, Node]) -> bool:
    first = next(iter(criteria.values()), None)
    return isinstance(first, dict) and any(isinstance(part, dict) for part in first.values())


def _without_name(place: Node) -> Node:
    return {key: part for key, part in place.items() if key != NAME_OF_PLACE} if isinstance(place, dict) else place


@dataclass(frozen=True)
class _Place:
    """Where in the file a mapping stands: the names above it, the levels below it, and the words for a message."""

    names: dict[str, str]
    levels: tuple[str, ...]
    where: str


def _rows(node: Node, place: _Place, about: dict[str, Node] | None = None) -> Iterator[dict[str, str | None]]:
    found = _mapping(node, place.where)
    said = {key for key in ABOUT if not isinstance(found.get(key, {}), dict)}
    about = (about or {}) | {ABOUT[key]: found[key] or None for key in said}
    level, *more = place.levels
    for key, part in found.items():
        if key in said:
            continue
        names = place.names | {level: key}
        if more:
            yield from _rows(part, _Place(names, tuple(more), f"{place.where}, {key}"), about)
            continue
        if isinstance(part, dict):
            raise _unknown(f"{place.where}, {key}", "a mapping where a number is published")
        yield dict.fromkeys(COLUMNS) | about | names | {"value": part or None}


def _mapping(node: Node, where: str) -> dict[str, Node]:
    if isinstance(node, dict) and node:
        return node
    raise _unknown(where, "a number or nothing where a mapping is published" if not node else repr(node)[:60])


def _unknown(where: str, got: str) -> ParseError:
    return ParseError(
        "A part of the file is not of the published form",
        where=where,
        expected="items and levels as in releases 2.4.1 and 2.5.0",
        got=got,
        todo="check that this is the published file; if upstream changed it, change LAYOUTS and the source's seeds",
    )
