"""Invented summaries in the form of the table."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.contract import check
from ingest.nvidia_pcf.contract import Summaries
from ingest.nvidia_pcf.parse import parse

FIXTURE = Path(__file__).parent / "fixtures" / "invented_summaries.csv"


@pytest.fixture
def checked() -> Callable[..., pl.DataFrame]:
    """Check the invented rows after writing other cells: checked({(row_number, column): text, ...})."""

    def check_changed(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        frame = parse(FIXTURE)["summaries"].with_columns(
            source_id=pl.lit("nvidia_pcf"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
        )
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return check(frame, Summaries, {"product": {"Board One", "Board Two"}})

    return check_changed
