"""The lines of text files in DuckDB: whole files, large ones in pieces, names with signs of patterns."""

from pathlib import Path

import duckdb
import pytest

from cradle.errors import ParseError
from ingest.power.formats import text_lines, text_pieces
from ingest.power.formats.text_lines import run_on_lines
from ingest.power.reading import TraceFile
from tests.unit.power.traces import write


def lines_in(paths: list[Path]) -> list[tuple[int, int, str]]:
    con = duckdb.connect()
    con.execute("create table found (file_index integer, row_number bigint, line varchar)")
    files = [TraceFile(index, path, path.name, "", ()) for index, path in enumerate(paths)]
    run_on_lines(con, files, "insert into found select * from {lines} where line <> ''")
    return con.execute("from found order by all").fetchall()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_large_file_in_pieces_has_the_lines_of_one_read_whole(tmp_path, monkeypatch, line_end, mark):
    lines = [f"{'x' * (n * 7 % 90)}{n}" for n in range(300)]
    paths = write(tmp_path, {"large.log": mark + line_end.join(lines), "small.log": f"a{line_end}b{line_end}"})
    expected = [*((0, n, line) for n, line in enumerate(lines, 1)), (1, 1, "a"), (1, 2, "b")]
    assert lines_in(paths) == expected
    monkeypatch.setattr(text_lines, "PIECE_BYTES", 1000)
    assert lines_in(paths) == expected


def test_a_name_with_signs_of_a_pattern_is_a_name(tmp_path):
    assert lines_in(write(tmp_path, {"a*[1].log": "mine", "ab1.log": "other"})) == [(0, 1, "mine"), (1, 1, "other")]


@pytest.mark.parametrize("piece_bytes", [10, 1 << 20])
def test_another_encoding_is_refused_by_name(tmp_path, monkeypatch, piece_bytes):
    monkeypatch.setattr(text_lines, "PIECE_BYTES", piece_bytes)
    with pytest.raises(ParseError, match=r"not UTF-8[\s\S]*bad.log"):
        lines_in(write(tmp_path, {"good.log": "a line\n", "bad.log": "a line of \xb5\n".encode("latin-1")}))


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text_lines, "PIECE_BYTES", 1000)
    monkeypatch.setattr(text_pieces, "LINE_BYTES", 1000)
    with pytest.raises(ParseError, match=r"f.log, line 2"):
        lines_in(write(tmp_path, {"f.log": "short\n" + "x" * 5000}))
