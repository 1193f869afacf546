"""Invented potentials in the published form, with the quirks of the real file."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.ipcc_gwp.contract import check_potentials
from ingest.ipcc_gwp.parse import parse

FIXTURE = Path(__file__).parent / "fixtures" / "invented_potentials.csv"


@pytest.fixture
def parsed(tmp_path) -> Callable[[bytes], pl.DataFrame]:
    """Parse bytes given as the content of an upstream file."""

    def parse_bytes(content: bytes) -> pl.DataFrame:
        file = tmp_path / "IPCC_GWP_values.csv"
        file.write_bytes(content)
        return parse(file)["potentials"]

    return parse_bytes


@pytest.fixture
def potentials() -> pl.DataFrame:
    """The invented potentials as they are landed."""
    return parse(FIXTURE)["potentials"].with_columns(
        source_id=pl.lit("ipcc_gwp"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
    )


@pytest.fixture
def checked(potentials) -> Callable[..., pl.DataFrame]:
    """Check the invented potentials after writing other cells: checked({(row_number, column): text, ...})."""

    def check_changed(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        frame = potentials
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return check_potentials(frame)

    return check_changed
