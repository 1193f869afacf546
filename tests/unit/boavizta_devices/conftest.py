"""Invented footprints in the published form, with the quirks of the real file."""

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.boavizta_devices.contract import check_footprints
from ingest.boavizta_devices.parse import parse

SEED = PROJECT_ROOT / "seeds/boavizta_devices/boavizta_devices__subcategories.csv"


@pytest.fixture(scope="session")
def content() -> bytes:
    return (Path(__file__).parent / "fixtures" / "boavizta-data-us.csv").read_bytes()


@pytest.fixture(scope="session")
def subcategories() -> list[dict[str, str]]:
    with SEED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def parsed(tmp_path) -> Callable[[bytes], pl.DataFrame]:
    """Parse bytes given as the content of an upstream file."""

    def parse_bytes(content: bytes) -> pl.DataFrame:
        file = tmp_path / "boavizta-data.csv"
        file.write_bytes(content)
        return parse(file)["footprints"]

    return parse_bytes


@pytest.fixture
def landed(parsed, content) -> pl.DataFrame:
    """The invented rows as they are landed."""
    lineage = {"source_id": "boavizta_devices", "release_id": "test", "file_sha256": "0" * 64}
    return parsed(content).with_columns(**{column: pl.lit(text) for column, text in lineage.items()})


@pytest.fixture
def checked(landed, subcategories) -> Callable[..., pl.DataFrame]:
    """Check the invented rows after writing other cells: checked({(row_number, column): text, ...})."""
    vocabularies = {name: {row[name] for row in subcategories} for name in ("device_category", "device_subcategory")}

    def check_changed(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        frame = landed
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return check_footprints(frame, vocabularies)

    return check_changed
