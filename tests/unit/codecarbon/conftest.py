"""Invented countries in the published form, with the quirks of the real file."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.codecarbon.contract import check_energy_mixes
from ingest.codecarbon.parse import parse


@pytest.fixture(scope="session")
def mixes_text() -> str:
    return (Path(__file__).parent / "fixtures" / "invented_mixes.json").read_text(encoding="utf-8")


@pytest.fixture
def parsed(tmp_path) -> Callable[[bytes], pl.DataFrame]:
    """Parse bytes given as the content of an upstream file."""

    def parse_bytes(content: bytes) -> pl.DataFrame:
        file = tmp_path / "global_energy_mix.json"
        file.write_bytes(content)
        return parse(file)["energy_mixes"]

    return parse_bytes


@pytest.fixture
def changed(mixes_text) -> Callable[..., bytes]:
    """The invented file after a change of its content: changed(lambda mixes: ...)."""

    def content(change: Callable[[dict], None]) -> bytes:
        mixes = json.loads(mixes_text)
        change(mixes)
        return json.dumps(mixes).encode()

    return content


@pytest.fixture
def mixes(parsed, mixes_text) -> pl.DataFrame:
    """The invented countries as they are landed."""
    return parsed(mixes_text.encode()).with_columns(
        source_id=pl.lit("codecarbon"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
    )


@pytest.fixture
def checked(mixes) -> Callable[..., pl.DataFrame]:
    """Check the invented countries after writing other cells: checked({(row_number, column): text, ...})."""

    def check_changed(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        frame = mixes
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return check_energy_mixes(frame)

    return check_changed
