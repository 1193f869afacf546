from pathlib import Path

import polars as pl
import pytest

from ingest.reference_tables.contract import check_cells
from ingest.reference_tables.mapping import Mapping, read_mapping
from ingest.reference_tables.parse import parse

FIXTURES = Path(__file__).parent / "fixtures"
LINEAGE = {"source_id": "reference_tables:t", "release_id": "file-a", "file_sha256": "a" * 64}
HEADER = (
    "name;lifecycle_step;criterion;value;unit;location;source;"
    "description;category;level;tier;avg_electricity_consumption"
)


def with_lineage(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.with_columns(**{name: pl.lit(text) for name, text in LINEAGE.items()})


def findings(checked: pl.DataFrame) -> set[tuple]:
    """(row, column, check, text, severity) of each violation."""
    found = checked.select("row_number", "violations").explode("violations", empty_as_null=False)
    return {(row, v["column_name"], v["check_name"], v["value"], v["severity"]) for row, v in found.iter_rows() if v}


@pytest.fixture(scope="session")
def numecoeval() -> Mapping:
    return read_mapping("numecoeval")[0]


@pytest.fixture(scope="session")
def wide() -> Mapping:
    return read_mapping("negaoctet_wide")[0]


@pytest.fixture
def long_file(tmp_path):
    """A file of the English generation from rows `name;stage;criterion;value;unit;location;source`, the rest empty."""

    def write(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
        file = tmp_path / "t.csv"
        width = header.count(";")
        lines = [row + ";" * max(0, width - row.count(";")) for row in rows]
        file.write_text("\n".join([header, *lines]) + "\n", encoding=encoding)
        return file

    return write


@pytest.fixture
def checked(numecoeval):
    def of(file: Path, mapping: Mapping = numecoeval) -> pl.DataFrame:
        return check_cells(with_lineage(parse(file, mapping)["cells"]))

    return of
