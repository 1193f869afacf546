"""Invented figures in the form of the table, and the table itself."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.contract import check
from ingest.networks.contract import Intensities
from ingest.networks.parse import parse

TABLE = PROJECT_ROOT / "ingest" / "networks" / "intensities.csv"
PLACES = {"geography_id": {"FRA", "GLO"}}


@pytest.fixture(scope="session")
def fixture_text() -> str:
    return (Path(__file__).parent / "fixtures" / "invented_intensities.csv").read_text(encoding="utf-8")


@pytest.fixture
def parsed(tmp_path) -> Callable[[bytes], pl.DataFrame]:
    """Parse bytes given as the content of the table."""

    def parse_bytes(content: bytes) -> pl.DataFrame:
        file = tmp_path / "intensities.csv"
        file.write_bytes(content)
        return parse(file)["intensities"]

    return parse_bytes


def landed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(source_id=pl.lit("networks"), release_id=pl.lit("1"), file_sha256=pl.lit("0" * 64))


@pytest.fixture
def findings(parsed, fixture_text) -> Callable[..., set[tuple]]:
    """What the contract finds after other cells were written: findings({(row_number, column): text, ...})."""

    def find(cells: dict[tuple[int, str], str | None] | None = None) -> set[tuple]:
        frame = landed(parsed(fixture_text.encode()))
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        checked = check(frame, Intensities, PLACES)
        assert checked.height == frame.height
        return {
            (row["row_number"], found["column_name"], found["check_name"].split("(")[0], found["severity"])
            for row in checked.iter_rows(named=True)
            for found in row["violations"]
        }

    return find


@pytest.fixture(scope="session")
def checked_table() -> pl.DataFrame:
    """The table of the repository as its contract returns it."""
    import csv

    with (PROJECT_ROOT / "seeds/vocabulary/geographies.csv").open(encoding="utf-8", newline="") as file:
        places = {row["geography_id"] for row in csv.DictReader(file)}
    return check(landed(parse(TABLE)["intensities"]), Intensities, {"geography_id": places})
