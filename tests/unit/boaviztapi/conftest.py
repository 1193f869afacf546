"""Invented files in the published forms, with the quirks of the real ones."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.boaviztapi.parse import parse

FOLDER = Path(__file__).parent / "fixtures"


@pytest.fixture
def parsed(tmp_path) -> Callable[..., pl.DataFrame]:
    """The entity of an invented file by its name, after a change of its text."""

    def parse_changed(name: str, change: Callable[[str], str] = str) -> pl.DataFrame:
        file = tmp_path / name
        file.write_bytes(change((FOLDER / name).read_bytes().decode()).encode())
        (frame,) = parse(file).values()
        return frame

    return parse_changed


@pytest.fixture
def landed(parsed) -> Callable[..., pl.DataFrame]:
    """An invented file as it is landed, in one release or in several."""

    def frame(name: str, *releases: str, change: Callable[[str], str] = str) -> pl.DataFrame:
        rows = parsed(name, change)
        lineage = {"source_id": pl.lit("boaviztapi"), "file_sha256": pl.lit("0" * 64)}
        return pl.concat(rows.with_columns(**lineage, release_id=pl.lit(r)) for r in releases or ("1",))

    return frame
