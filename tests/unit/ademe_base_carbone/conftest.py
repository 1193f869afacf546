"""Invented lines in the published form, with the quirks of the real file."""

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.ademe_base_carbone.contract import check_lines
from ingest.ademe_base_carbone.parse import parse

SEEDS = PROJECT_ROOT / "seeds" / "ademe_base_carbone"


@pytest.fixture(scope="session")
def fixture_text() -> str:
    return (Path(__file__).parent / "fixtures" / "invented_lines.csv").read_bytes().decode("utf-8")


@pytest.fixture
def parsed(tmp_path) -> Callable[[bytes], pl.DataFrame]:
    """Parse bytes given as the content of an upstream file."""

    def parse_bytes(content: bytes) -> pl.DataFrame:
        file = tmp_path / "Base_Carbone.csv"
        file.write_bytes(content)
        return parse(file)["lines"]

    return parse_bytes


@pytest.fixture(scope="session")
def vocabularies() -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for term in read_seed("terms"):
        words.setdefault(term["column_name"], set()).add(term["term_as_printed"])
    return words | {"unit_fr": {unit["unit_as_printed"] for unit in read_seed("units")}}


@pytest.fixture
def lines(parsed, fixture_text) -> pl.DataFrame:
    """The invented lines as they are landed."""
    return parsed(fixture_text.encode()).with_columns(
        source_id=pl.lit("ademe_base_carbone"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
    )


@pytest.fixture
def checked(lines, vocabularies) -> Callable[..., pl.DataFrame]:
    """Check the invented lines after writing other cells: checked({(row_number, column): text, ...})."""

    def check_changed(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        frame = lines
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return check_lines(frame, vocabularies)

    return check_changed


def read_seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"ademe_base_carbone__{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def seed() -> Callable[[str], list[dict[str, str]]]:
    return read_seed
