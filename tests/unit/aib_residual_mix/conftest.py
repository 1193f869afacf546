"""Workbooks of invented residual mixes in the published form."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.aib_residual_mix.contract import check_residual_mixes
from ingest.aib_residual_mix.parse import parse

HEADER = [None, "RE Total", "RE wind", "Nuclear", "FO Total", "Untracked %", "CO2 (gCO2/kWh)", "Rad waste (mg/kWh)"]


@pytest.fixture(scope="session")
def mixes() -> Callable[[dict[str, object]], list[list[object]]]:
    """The rows of the sheet, header first, from the number of each country; shares are invented and equal."""

    def rows_of(countries: dict[str, object]) -> list[list[object]]:
        return [HEADER, *([code, *[0.25] * 5, value, 0.1] for code, value in countries.items())]

    return rows_of


@pytest.fixture
def workbook(tmp_path) -> Callable[..., Path]:
    """Write rows as an xlsx: workbook(rows, sheet=..., name=...)."""
    import openpyxl

    def write(
        rows: list[list[object]],
        sheet: str = "Residual Mixes",
        name: str = "AIB-2024-residual-mix-results-30052025.xlsx",
    ) -> Path:
        book = openpyxl.Workbook()
        book.active.title = sheet
        for row in rows:
            book.active.append(row)
        other = book.create_sheet("CO2")
        other.append(["Country code", "Production mix CO2", "Residual mix CO2", "Supplier mix CO2"])
        other.append(["BE", 1, 2, 3])
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def checked(workbook, mixes) -> Callable[..., pl.DataFrame]:
    """Check invented countries: checked({"BE": 111.25, ...})."""

    def check(countries: dict[str, object], **named: str) -> pl.DataFrame:
        frame = parse(workbook(mixes(countries), **named))["residual_mixes"]
        return check_residual_mixes(
            frame.with_columns(source_id=pl.lit("x"), release_id=pl.lit("x"), file_sha256=pl.lit("0" * 64))
        )

    return check
