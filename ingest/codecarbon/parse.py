"""The published JSON to a table of text under our names. Nothing is judged, merged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.json_text import cell, members, read_json

if TYPE_CHECKING:
    import polars as pl

COLUMNS = {
    "iso_code": "iso_code",
    "country_name": "country_name",
    "year": "year",
    "carbon_intensity": "carbon_intensity",
    "coal_TWh": "coal_twh",
    "gas_TWh": "gas_twh",
    "oil_TWh": "oil_twh",
    "nuclear_TWh": "nuclear_twh",
    "hydroelectricity_TWh": "hydroelectricity_twh",
    "solar_TWh": "solar_twh",
    "wind_TWh": "wind_twh",
    "biofuel_TWh": "biofuel_twh",
    "other_renewable_exc_biofuel_TWh": "other_renewable_exc_biofuel_twh",
    "other_renewable_TWh": "other_renewable_twh",
    "fossil_TWh": "fossil_twh",
    "renewables_TWh": "renewables_twh",
    "low_carbon_TWh": "low_carbon_twh",
    "total_TWh": "total_twh",
    # upstream's name says Wh; the numbers are kWh (France 2023: 7939)
    "per_capita_Wh": "per_capita_kwh",
}


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"energy_mixes": one row a country of the file, 20 text columns and row_number}; raise ParseError.

    A country that is there twice gives two rows: what is in the file is landed, and the contract judges it.
    """
    import polars as pl

    path = Path(path)
    countries = read_json(path)
    if not countries:
        raise ParseError(
            "The file holds no country",
            where=path.name,
            expected="one object a country",
            got="an empty object",
            todo="download the file again",
        )
    rows = [_row(key, value, f"{path.name}, country {key!a}") for key, value in countries]
    names = ["country_key", *COLUMNS.values()]
    mixes = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return {"energy_mixes": mixes.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))}


def _row(key: str, value: object, where: str) -> list[str | None]:
    record = members(value, where).only(list(COLUMNS), where)
    return [cell(key, where), *(cell(record[name], f"{where}, {name}") for name in COLUMNS)]
