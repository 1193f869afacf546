"""Invented cards in the published form, with the quirks of the real files."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.hubblo_gpu.contract import check_cards, check_impact_factors, check_transport_factors
from ingest.hubblo_gpu.parse import parse

COMPONENTS = (
    *("casing", "heatsink", "printed_wiring_board", "graphics_processing_unit", "video_ram", "upstream_transport"),
    *("transport_boat", "transport_truck", "transport_plane", "end_of_life"),
)
FILES = {
    "impact_factors": "gpus_impact_factors.csv",
    "cards": "gpus.json",
    "transport_factors": "transport_impacts.csv",
}
CHECKS = {
    "impact_factors": lambda rows: check_impact_factors(rows, {"component": COMPONENTS}),
    "cards": check_cards,
    "transport_factors": check_transport_factors,
}


@pytest.fixture(scope="session")
def components() -> tuple[str, ...]:
    return COMPONENTS


@pytest.fixture(scope="session")
def content() -> Callable[[str], bytes]:
    folder = Path(__file__).parent / "fixtures"
    return lambda entity: (folder / FILES[entity]).read_bytes()


@pytest.fixture
def parsed(tmp_path) -> Callable[[bytes], dict[str, pl.DataFrame]]:
    """Parse bytes given as the content of an upstream file."""

    def parse_bytes(content: bytes) -> dict[str, pl.DataFrame]:
        file = tmp_path / "upstream"
        file.write_bytes(content)
        return parse(file)

    return parse_bytes


@pytest.fixture
def landed(parsed, content) -> Callable[[str], pl.DataFrame]:
    """The invented rows of an entity as they are landed."""
    lineage = {"source_id": "hubblo_gpu", "release_id": "test", "file_sha256": "0" * 64}
    return lambda entity: parsed(content(entity))[entity].with_columns(
        **{column: pl.lit(text) for column, text in lineage.items()}
    )


@pytest.fixture
def checked(landed) -> Callable[..., pl.DataFrame]:
    """Check an entity after writing other cells: checked("cards", {(row_number, column): text, ...})."""

    def check_changed(entity: str, cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        frame = landed(entity)
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return CHECKS[entity](frame)

    return check_changed
