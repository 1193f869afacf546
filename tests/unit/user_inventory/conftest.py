"""An invented inventory in the documented form."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.user_inventory.contract import check_flows
from ingest.user_inventory.parse import parse

FIXTURE = Path(__file__).parent / "fixtures" / "invented_inventory.csv"
VOCABULARIES = {
    "life_cycle_stage": {"manufacturing", "use", "embodied_unsplit"},
    "mass_unit": {"kg", "g", "mg", "t", "tonne"},
    "reference_unit": {"item", "kWh", "kg"},
}


@pytest.fixture
def parsed(tmp_path) -> Callable[[bytes], pl.DataFrame]:
    """Parse bytes given as the content of the user's file."""

    def parse_bytes(content: bytes) -> pl.DataFrame:
        file = tmp_path / "inventory.csv"
        file.write_bytes(content)
        return parse(file)["flows"]

    return parse_bytes


@pytest.fixture
def checked() -> Callable[..., pl.DataFrame]:
    """Check the invented inventory after writing other cells: checked({(row_number, column): text, ...})."""
    frame = parse(FIXTURE)["flows"].with_columns(
        source_id=pl.lit("user_inventory"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
    )

    def check_changed(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        changed = frame
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            changed = changed.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return check_flows(changed, VOCABULARIES)

    return check_changed
