"""Invented figures in the form of a table of our own, and the table itself; `source_id` says which one is meant."""

import csv
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pandera.polars as pa
import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.contract import check

PLACES = {"geography_id": {"FRA", "GLO"}}
MODELS = {"networks": "Intensities", "datacenters": "Efficiencies"}


class Table(NamedTuple):
    """A source that is one table of our own."""

    source_id: str
    entity: str
    columns: tuple[str, ...]
    model: type[pa.DataFrameModel]
    parse: Callable[[Path], dict[str, pl.DataFrame]]


@pytest.fixture(params=sorted(MODELS))
def source_id(request) -> str:
    """Each of the sources; a module about one of them names it."""
    return request.param


@pytest.fixture
def table(source_id) -> Table:
    code = import_module(f"ingest.{source_id}.parse")
    model = getattr(import_module(f"ingest.{source_id}.contract"), MODELS[source_id])
    return Table(source_id, MODELS[source_id].lower(), code.COLUMNS, model, code.parse)


@pytest.fixture
def fixture_text(table) -> str:
    return (Path(__file__).parent / "fixtures" / f"invented_{table.entity}.csv").read_text(encoding="utf-8")


@pytest.fixture
def parsed(table, tmp_path) -> Callable[[bytes], pl.DataFrame]:
    """Parse bytes given as the content of the table."""

    def parse_bytes(content: bytes) -> pl.DataFrame:
        file = tmp_path / f"{table.entity}.csv"
        file.write_bytes(content)
        return table.parse(file)[table.entity]

    return parse_bytes


def landed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    return frame.with_columns(source_id=pl.lit(table.source_id), release_id=pl.lit("1"), file_sha256=pl.lit("0" * 64))


@pytest.fixture
def findings(table, parsed, fixture_text) -> Callable[..., set[tuple]]:
    """What the contract finds after other cells were written: findings({(row_number, column): text, ...})."""

    def find(cells: dict[tuple[int, str], str | None] | None = None) -> set[tuple]:
        frame = landed(parsed(fixture_text.encode()), table)
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        checked = check(frame, table.model, PLACES)
        assert checked.height == frame.height
        return {
            (row["row_number"], found["column_name"], found["check_name"].split("(")[0], found["severity"])
            for row in checked.iter_rows(named=True)
            for found in row["violations"]
        }

    return find


@pytest.fixture
def checked_table(table) -> pl.DataFrame:
    """The table of the repository as its contract returns it."""
    with (PROJECT_ROOT / "seeds/vocabulary/geographies.csv").open(encoding="utf-8", newline="") as file:
        places = {row["geography_id"] for row in csv.DictReader(file)}
    frame = table.parse(PROJECT_ROOT / "ingest" / table.source_id / f"{table.entity}.csv")[table.entity]
    return check(landed(frame, table), table.model, {"geography_id": places})
