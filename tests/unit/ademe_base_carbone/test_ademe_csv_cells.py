"""Any text that can stand in a cell comes out of the file as it went in."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.ademe_base_carbone.columns import COLUMNS
from ingest.ademe_base_carbone.parse import parse

# cp1252 leaves five codes undefined; a carriage return alone ends a row for some writers, so it is not tried bare
CP1252 = [chr(c) for c in range(9, 0x110) if c not in (13,)] + list("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")
TEXT = st.text(st.sampled_from([c for c in CP1252 if len(c.encode("cp1252", "ignore")) == 1]), max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(TEXT, min_size=67, max_size=67), min_size=1, max_size=3),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_cells_survive(rows, encoding, quoting, newline):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=quoting, lineterminator=newline)
    writer.writerows([list(COLUMNS), *rows])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lines.csv"
        file.write_bytes(out.getvalue().encode(encoding))
        lines = parse(file)["lines"]
    assert [list(row[:-1]) for row in lines.rows()] == [[cell or None for cell in row] for row in rows]
