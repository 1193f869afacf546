"""The published data files to tables of text under our names. Nothing is judged, picked or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.boaviztapi import columns
from ingest.boaviztapi.factors import COLUMNS as FACTOR_COLUMNS
from ingest.boaviztapi.factors import factor_rows
from ingest.boaviztapi.ranges import split
from ingest.boaviztapi.wide import block_rows, device_rows, mix_rows
from ingest.csv_rows import rows_of
from ingest.plain_csv import decode, read_table, refuse_wrong_delimiter

if TYPE_CHECKING:
    import polars as pl

PLAIN = {
    "gpu_specs.csv": ("gpu_specs", columns.GPU_SPECS),
    "cpu_specs.csv": ("cpu_specs", columns.CPU_SPECS),
    "server.csv": ("servers", columns.SERVERS),
}
CHIPS = {"ram_manufacture.csv": ("ram", columns.RAM_DENSITIES), "ssd_manufacture.csv": ("ssd", columns.SSD_DENSITIES)}
CLOUDS = ("aws.csv", "azure.csv", "gcp.csv", "ovhcloud.csv", "scaleway.csv")
WIDE = {
    "electrical_mix.csv": ("electricity_mixes", mix_rows),
    "ademe_base_impacts_negaoctet.csv": ("device_factors", device_rows),
    "iot_factors_tide.csv": ("block_factors", block_rows),
}
# small files of one record a row, under the kind of the record; how many of its first columns are its name
RECORDS = {
    "user_terminal.csv": ("user_terminal", 1),
    "iot_device.csv": ("iot_device", 1),
    **{f"{part}.csv": (part, 1) for part in ("case", "cpu", "gpu", "hdd", "power_supply", "ram", "ssd")},
    "cpu_profile.csv": ("cpu_profile", 2),
    "missing_cpu_manufacture.csv": ("missing_cpu", 2),
}
# the one file without a header
WITHOUT_HEADER = {"missing_cpu_manufacture.csv": "manufacturer,family,year,process_nm\n"}
FILES = ("factors.yml", *PLAIN, *CHIPS, *CLOUDS, *WIDE, *RECORDS)
EXPECTED = "a data file of BoaviztAPI in UTF-8 under its published name"


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return the one entity that a file holds, text columns and row_number; the file is known by its published name.

    A cell `default;min;max` gives three columns. Raises ParseError for another file or another form.
    """
    path = Path(path)
    name = path.name
    if name not in FILES:
        raise ParseError(
            "This is none of the files of BoaviztAPI that are read here",
            where=name,
            expected=f"a file named {', '.join(FILES)}",
            got=name,
            todo="keep the names that the files have in the package",
        )
    text = decode(path.read_bytes(), name, EXPECTED)
    if name == "factors.yml":
        return {"component_factors": _frame(factor_rows(text, name), FACTOR_COLUMNS, name)}
    text = WITHOUT_HEADER.get(name, "") + text
    refuse_wrong_delimiter(text.split("\n", 1)[0], name)
    if name in PLAIN:
        entity, names = PLAIN[name]
        table = read_table(text, names, name)
        return {entity: _with_ranges(table, columns.SERVER_NUMBERS.values()) if entity == "servers" else table}
    if name in CHIPS:
        return {"chip_densities": _chips(*CHIPS[name], text, name)}
    if name in CLOUDS:
        return {"cloud_instances": _with(read_table(text, columns.CLOUD_INSTANCES, name), provider=name[:-4])}
    if name in WIDE:
        entity, rows = WIDE[name]
        found = rows(rows_of(text, name), name)
        return {entity: _frame(found, tuple(found[0]) if found else (), name)}
    return {"archetype_fields": _records(*RECORDS[name], text, name)}


def _with(frame: "pl.DataFrame", **constants: str | None) -> "pl.DataFrame":
    import polars as pl

    return frame.with_columns(**{name: pl.lit(value, pl.String) for name, value in constants.items()})


def _chips(kind: str, names: dict[str, str], text: str, where: str) -> "pl.DataFrame":
    lacking = [column for column in columns.CHIP_DENSITIES[1:] if column not in names.values()]
    table = _with(read_table(text, names, where), **dict.fromkeys(lacking), chip_kind=kind)
    return table.select(*columns.CHIP_DENSITIES, "row_number")


def _with_ranges(table: "pl.DataFrame", numbers) -> "pl.DataFrame":
    import polars as pl

    parts = [
        pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
        for rows in ([split(name, cell) for cell in table[name]] for name in numbers)
    ]
    return pl.concat([table.drop(numbers), *parts], how="horizontal")


def _records(kind: str, keys: int, text: str, where: str) -> "pl.DataFrame":
    header, *rows = rows_of(text, where)
    found = [
        {"archetype_kind": kind, "archetype_id": " ".join(filter(None, row[:keys])) or None}
        | {"archetype_field": field}
        | split("field_value", cell)
        for row in rows
        for field, cell in zip(header[keys:], row[keys:], strict=True)
    ]
    return _frame(found, tuple(found[0]) if found else (), where)


def _frame(rows: list[dict[str, str | None]], names: tuple[str, ...], where: str) -> "pl.DataFrame":
    import polars as pl

    if not rows:
        raise ParseError(
            "The file has no rows",
            where=where,
            expected="at least one row below the header",
            got="0 rows",
            todo="take the file anew",
        )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))
    return frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
