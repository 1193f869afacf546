"""Invented files in the published forms, with the quirks of the real ones."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.ecologits.parse import parse

FOLDER = Path(__file__).parent / "fixtures"


@pytest.fixture
def parsed(tmp_path) -> Callable[..., dict[str, pl.DataFrame]]:
    """Parse an invented file by its name, after a change of its content or with other bytes."""

    def parse_changed(name: str, change: Callable[[dict], None] | None = None) -> dict[str, pl.DataFrame]:
        content = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
        if change:
            value = json.loads(content)
            change(value)
            content = json.dumps(value)
        file = tmp_path / f"{name}.json"
        file.write_text(content, encoding="utf-8")
        return parse(file)

    return parse_changed


@pytest.fixture
def landed(parsed) -> Callable[[str], pl.DataFrame]:
    """An entity of the invented files as it is landed."""

    def frame(entity: str) -> pl.DataFrame:
        files = {"models": "models", "aliases": "models", "electricity_mixes": "electricity_mixes"}
        rows = parsed(files.get(entity, "video_models"))[entity]
        return rows.with_columns(source_id=pl.lit("ecologits"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64))

    return frame
