"""The published JSON files to tables of text under our names. Nothing is judged, merged or converted here."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.json_text import Members, cell, members, read_json

if TYPE_CHECKING:
    import polars as pl

EMBER = {
    "country_code": "country_code",
    "country_or_region": "place_name",
    "year": "year",
    "emissions_intensity_gco2_per_kwh": "carbon_intensity",
}
MEASURES = {
    "carbonIntensity": "grid_carbon_intensity",
    "renewableEnergy": "renewable_share_pct",
    "carbonFreeEnergy": "carbon_free_share_pct",
}
# two of the three are in some zones only
ZONE = {"zoneName": "place_name", "displayName": "display_name", "countryName": "country_name"}
YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"ember_averages": ...} or {"electricity_maps_averages": ...}, by what the file holds; raise ParseError.

    One row a place of the file, with the key that names it. Electricity Maps' files state their year in the name alone.
    """
    import polars as pl

    path = Path(path)
    places = read_json(path)
    if not places:
        raise ParseError(
            "The file holds no place",
            where=path.name,
            expected="one object a country or zone",
            got="an empty object",
            todo="download the file again",
        )
    first = {key for key, _ in members(places[0][1], f"{path.name}, {places[0][0]!a}")}
    if first >= {"carbonIntensity"}:
        entity, year = "electricity_maps_averages", _year(path)
        rows = [_zone(key, value, year, f"{path.name}, zone {key!a}") for key, value in places]
    elif first & set(EMBER):
        entity = "ember_averages"
        rows = [_country(key, value, f"{path.name}, place {key!a}") for key, value in places]
    else:
        raise ParseError(
            "This is none of the files of CO2.js that are read here",
            where=path.name,
            expected=f"objects with {', '.join(EMBER)}, or with zone, {', '.join(MEASURES)}",
            got=", ".join(map(ascii, sorted(first)))[:200] or "an empty object",
            todo="give average-intensities.json or yearly_<year>.json; the marginal intensities are no averages",
        )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    return {entity: frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))}


def _country(key: str, value: object, where: str) -> dict[str, str | None]:
    record = members(value, where).only(list(EMBER), where)
    cells = {ours: cell(record[theirs], f"{where}, {theirs}") for theirs, ours in EMBER.items()}
    # an aggregate has an empty code
    return {"place_key": cell(key, where)} | cells | {"country_code": cells["country_code"] or None}


def _zone(key: str, value: object, year: str, where: str) -> dict[str, str | None]:
    record = members(value, where).only(["zone", *MEASURES], where)
    zone = members(record["zone"], f"{where}, zone")
    names = _some_of(zone, ZONE, f"{where}, zone")
    cells: dict[str, str | None] = {"zone_key": cell(key, where), "year": year, **names}
    for theirs, ours in MEASURES.items():
        measure = members(record[theirs], f"{where}, {theirs}").only(["value", "unit"], f"{where}, {theirs}")
        cells[ours] = cell(measure["value"], f"{where}, {theirs}")
        cells[f"{ours}_unit"] = cell(measure["unit"], f"{where}, {theirs}")
    return cells


def _some_of(zone: Members, names: dict[str, str], where: str) -> dict[str, str | None]:
    given = [name for name in names if name in {key for key, _ in zone}]
    found = zone.only([*given, *([] if "zoneName" in given else ["zoneName"])], where)
    return {ours: cell(found[theirs], where) if theirs in found else None for theirs, ours in names.items()}


def _year(path: Path) -> str:
    found = set(YEAR_IN_NAME.findall(path.name))
    if len(found) != 1:
        raise ParseError(
            "The year of the values is not known",
            where=path.name,
            expected="a name with the year, such as yearly_2025.json: the file itself does not state it",
            got=f"the years {sorted(found)}" if found else "a name without a year",
            todo="give the file its published name",
        )
    return found.pop()
