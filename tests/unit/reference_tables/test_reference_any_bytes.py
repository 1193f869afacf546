"""Whatever the bytes: rows, each accepted or with a finding, or one message."""

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.reference_tables.contract import check_cells
from ingest.reference_tables.parse import parse
from tests.unit.reference_tables.conftest import HEADER, with_lineage

CELL = st.one_of(
    st.sampled_from(
        ["MANUFACTURING", "USING", "CLIMATE_CHANGE", "Item", "NULL", "France", "1.5", "-1e-9", "1,5", "=A1"]
    ),
    st.text(max_size=12),
)
ROWS = st.lists(st.lists(CELL, min_size=0, max_size=14), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: f"{HEADER}\n{text}".encode())))
def test_any_bytes_are_read_or_refused(numecoeval, tmp_path, content):
    file = tmp_path / "t.csv"
    file.write_bytes(content)
    try:
        assert parse(file, numecoeval)["cells"].height > 0
    except ParseError as error:
        assert error.what and error.got


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(rows=ROWS)
def test_no_row_is_lost_and_a_row_without_a_finding_is_whole(numecoeval, tmp_path, rows):
    file = tmp_path / "t.csv"
    quoted = [";".join('"' + cell.replace('"', '""').replace("\0", "") + '"' for cell in row) for row in rows]
    file.write_text("\n".join([HEADER, *quoted]) + "\n", encoding="utf-8", newline="")
    try:
        cells = parse(file, numecoeval)["cells"]
    except ParseError:
        return
    checked = check_cells(with_lineage(cells))
    assert checked.height == cells.height
    accepted = checked.filter(pl.col("violations").list.len() == 0)
    needed = ["item", "life_cycle_stage", "indicator_id", "value", "amount_unit", "reference_unit"]
    assert accepted.select(needed).null_count().sum_horizontal().sum() == 0
