"""The two category files to tables of text: one row an item and life-cycle entry. Nothing is summed or converted."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.ademe_impactco2.decode import Number, decode, refused

if TYPE_CHECKING:
    import polars as pl

# the category of an item says which file it stands in
ENTITIES = {"1": "devices", "10": "services"}
REQUIRED = {"name", "slug", "category", "ecv"}
KNOWN = REQUIRED | {
    "default",
    "end",
    "include",
    "meta",
    "prefix",
    "source",
    "subtitle",
    "synonyms",
    "tile",
    "unit",
    "usage",
}
USAGE = ("peryear", "defaultyears")
COLUMNS = ("slug", "name", "subtitle", "prefix", "item_unit", "category", "entry_id", "value", "source_url")


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"devices": ...} or {"services": ...}, by what the file holds; raise ParseError.

    Entries are the ids of `ecv`, and `usage.peryear`, `usage.defaultyears` and `end` where an item has them.
    """
    import polars as pl

    path = Path(path)
    items = decode(path.read_bytes(), path.name)
    rows = [row for number, item in enumerate(items, start=1) for row in _rows(item, f"{path.name}, item {number}")]
    categories = {row[COLUMNS.index("category")] for row in rows}
    if len(categories) != 1 or not categories <= set(ENTITIES):
        raise refused(
            "The items are not those of one known category",
            path.name,
            f"categories {', '.join(sorted(map(str, categories)))}",
            "category 1 (devices) or 10 (services) throughout",
        )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return {ENTITIES[categories.pop()]: frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))}


def _rows(item: dict[str, Any], where: str) -> Iterator[tuple[str | None, ...]]:
    missing, unknown = sorted(REQUIRED - set(item)), sorted(set(item) - KNOWN)
    if missing or unknown:
        raise refused(
            "An item does not have the published keys",
            where,
            f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}",
        )
    told = [_text(item, key, where) for key in ("slug", "name", "subtitle", "prefix", "unit", "category")]
    source = _text(item, "source", where)
    for entry_id, value in _entries(item, where):
        yield (*told, entry_id, value, source)


def _entries(item: dict[str, Any], where: str) -> Iterator[tuple[str, str | None]]:
    if not isinstance(item["ecv"], list) or not item["ecv"]:
        raise refused("An item has no list of life-cycle entries", where, repr(item["ecv"])[:80], "ecv: [{id, value}]")
    for entry in item["ecv"]:
        if not isinstance(entry, dict) or set(entry) != {"id", "value"} or not isinstance(entry["id"], Number):
            raise refused(
                "A life-cycle entry has another form", where, repr(entry)[:80], "{id, value} with a number as id"
            )
        yield str(entry["id"]), _number(entry["value"], where)
    usage = item.get("usage")
    if usage is not None:
        if not isinstance(usage, dict) or set(usage) != set(USAGE):
            raise refused("The usage of an item has another form", where, repr(usage)[:80], f"keys {', '.join(USAGE)}")
        for key in USAGE:
            yield f"usage.{key}", _number(usage[key], where)
    if "end" in item:
        yield "end", _number(item["end"], where)


def _number(value: Any, where: str) -> str | None:
    if value is None or isinstance(value, Number):
        return None if value is None else str(value)
    raise refused("A value is no number", where, repr(value)[:80], "a JSON number or null")


def _text(item: dict[str, Any], key: str, where: str) -> str | None:
    value = item.get(key)
    if value is None or isinstance(value, str):
        return str(value) if value else None
    raise refused(f"The {key} of an item is no text", where, repr(value)[:80])
