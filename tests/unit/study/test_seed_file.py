import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cradle.errors import StudyError
from cradle.study.seed_file import read, with_rows, without_rows

COLUMNS = ["a_id", "text", "note"]
CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n\x00"), max_size=20)
ROWS = st.lists(st.tuples(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), CELLS, CELLS), max_size=8)
ENDS = st.sampled_from(["\n", "\r\n"])


def written(rows, end: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows([COLUMNS, *rows])
    return text.getvalue()


@given(rows=ROWS, end=ENDS, last_end=st.booleans())
def test_any_cells_come_back_and_the_text_stays(tmp_path_factory, rows, end, last_end):
    folder = tmp_path_factory.mktemp("seed")
    text = written(rows, end)
    text = text if last_end or not rows else text.removesuffix(end)
    (folder / "t.csv").write_text(text, encoding="utf-8", newline="")
    seed = read(folder, "t.csv", COLUMNS)
    assert [tuple(row.cells.values()) for row in seed.rows] == rows
    assert seed.head + "".join(row.text for row in seed.rows) == text
    assert without_rows(seed, set()) == text


@given(rows=ROWS, added=ROWS, end=ENDS)
def test_what_is_added_is_read_back_and_taken_out_again(tmp_path_factory, rows, added, end):
    folder = tmp_path_factory.mktemp("seed")
    text = written(rows, end)
    (folder / "t.csv").write_text(text, encoding="utf-8", newline="")
    more = with_rows(read(folder, "t.csv"), [dict(zip(COLUMNS, row, strict=True)) for row in added])
    assert more.startswith(text)
    (folder / "t.csv").write_text(more, encoding="utf-8", newline="")
    seed = read(folder, "t.csv")
    assert [tuple(row.cells.values()) for row in seed.rows] == [*rows, *added]
    assert without_rows(seed, {row.line for row in seed.rows[len(rows) :]}) == text


def test_a_cell_of_several_lines_keeps_the_lines_of_those_after_it(tmp_path):
    (tmp_path / "t.csv").write_text('a_id,text,note\nx,"one\ntwo",\ny,,\n', encoding="utf-8")
    seed = read(tmp_path, "t.csv")
    assert [row.line for row in seed.rows] == [2, 4]
    assert seed.rows[0].cells["text"] == "one\ntwo"
    assert without_rows(seed, {2}) == "a_id,text,note\ny,,\n"


BROKEN = {
    "empty": (b"", "t.csv", "is empty"),
    "a mark of byte order alone": (b"\xef\xbb\xbf", "t.csv:1", "does not have its columns"),
    "semicolons": (b"a_id;text;note\nx;1,5;\n", "t.csv:1", "cells parted by ';'"),
    "a column less": (b"a_id,text\nx,1\n", "t.csv:1", "without note"),
    "a column more": (b"a_id,text,note,extra\n", "t.csv:1", "with extra"),
    "a column twice": (b"a_id,text,note,note\n", "t.csv:1", "twice"),
    "too few cells": (b"a_id,text,note\nx,1,\ny,2\n", "t.csv:3", "2 cells"),
    "too many cells": (b"a_id,text,note\nx,1,5,\n", "t.csv:2", "4 cells"),
    "an open quote": (b'a_id,text,note\nx,"1,\ny,2,\n', "t.csv:2", "does not end"),
    "text behind a quote": (b'a_id,text,note\nx,"1"2,\n', "t.csv:2", "no CSV"),
    "CP1252": ("a_id,text,note\nx,é,\n".encode("cp1252"), "t.csv:2", "0xe9"),
    "UTF-16": ("a_id,text,note\nx,1,\n".encode("utf-16"), "t.csv:1", "UTF-16"),
    "line ends of an old Macintosh": (b"a_id,text,note\rx,1,\r", "t.csv:1", "no CSV"),
    "line ends of two kinds": (b"a_id,text,note\nx,1,\r\ny,2,\n", "t.csv:2", "line ends of two kinds"),
    "bytes": (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", "t.csv:1", "UTF-8"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_a_spreadsheet_or_a_hand_can_break_is_said_with_its_line(tmp_path, name):
    content, where, said = BROKEN[name]
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(StudyError) as refused:
        read(tmp_path, "t.csv", COLUMNS)
    assert refused.value.where == f"seeds/{where}"
    assert said in str(refused.value)


@given(content=st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("seed")
    (folder / "t.csv").write_bytes(content)
    try:
        seed = read(folder, "t.csv")
    except StudyError:
        return
    assert without_rows(seed, set()).encode() == content


def test_windows_line_ends_and_a_mark_of_byte_order_are_no_mistake(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"\xef\xbb\xbfa_id,text,note\r\nx,1,\r\n")
    seed = read(tmp_path, "t.csv", COLUMNS)
    assert [row.cells["a_id"] for row in seed.rows] == ["x"]
    assert with_rows(seed, [{"a_id": "y"}]).encode() == b"\xef\xbb\xbfa_id,text,note\r\nx,1,\r\ny,,\r\n"


def test_empty_lines_are_no_rows_and_stay(tmp_path):
    text = "a_id,text,note\n\nx,1,\n\n\ny,2,\n\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    seed = read(tmp_path, "t.csv", COLUMNS)
    assert [(row.cells["a_id"], row.line) for row in seed.rows] == [("x", 3), ("y", 6)]
    assert without_rows(seed, set()) == text


def test_a_quote_within_a_cell_is_text(tmp_path):
    (tmp_path / "t.csv").write_text('a_id,text,note\nx,5" wide,"a ""b"""\ny,2,\n', encoding="utf-8")
    cells = [list(row.cells.values()) for row in read(tmp_path, "t.csv", COLUMNS).rows]
    assert cells == [["x", '5" wide', 'a "b"'], ["y", "2", ""]]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(StudyError, match="a seed is missing"):
        read(tmp_path, "t.csv")
