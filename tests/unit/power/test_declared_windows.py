"""Windows of runs that the user declares for traces that hold several runs."""

import duckdb
import pytest

from cradle.errors import ParseError
from ingest.power.channels import make_tables, name_channels
from ingest.power.declared_windows import put_windows, read_windows
from ingest.power.said import declare

SECOND = 1_000_000
# 2026-01-02T03:04:05Z
BEGIN = 1_767_323_045 * SECOND


def _file(folder, text):
    file = folder / "windows.csv"
    file.write_text(text)
    return file


@pytest.mark.parametrize(
    "begin", ["2026-01-02T03:04:05Z", "2026-01-02 04:04:05+01:00", "1767323045", "2026-01-02T04:04:05"]
)
def test_a_time_is_read_with_its_offset_or_in_the_zone_that_is_said(tmp_path, begin):
    (window,) = read_windows(_file(tmp_path, f"window_name,begin,end\na,{begin},1767323046.5\n"), "Europe/Paris")
    assert (window.begin_us, window.end_us, window.run_id, window.pattern) == (BEGIN, BEGIN + 1_500_000, None, "*")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        ("window_name,begin\na,1\n", "the columns window_name, begin, end"),
        ("window_name,begin,end,when\na,1,2,3\n", "the columns window_name, begin, end"),
        ("window_name,begin,end\n", "no row"),
        ("window_name,begin,end\n,1,2\n", "row 1"),
        ("window_name,begin,end\nwhole_trace,1,2\n", "other than whole_trace"),
        ("window_name,begin,end\na,2,1\n", "an end after its begin"),
        ("window_name,begin,end\na,nan,1\n", "row 1, begin"),
        ("window_name,begin,end\na,1,1e99\n", "row 1, end"),
        ("window_name,begin,end\na,1,\n", "an empty cell"),
        ("window_name,begin,end\na,1,2026-01-02T03:04:05\n", "--timezone"),
        ("window_name,begin,end\na,1\n", "3 cells"),
        ("window_name,begin,end,work_unit\na,1,2,step\n", "work_amount together"),
        ("window_name,begin,end,task\na,1,2,t\n", "work_amount together"),
        ("window_name,begin,end,work_unit,work_amount\na,1,2,Step 1,5\n", "work_amount together"),
        ("window_name,begin,end,work_unit,work_amount\na,1,2,step,-5\n", "a number above 0"),
        ("window_name,begin,end,work_unit,work_amount\na,1,2,step,nan\n", "a number above 0"),
        ("window_name,begin,end,work_unit,work_amount\na,1,2,step,many\n", "a number above 0"),
    ],
)
def test_a_bad_row_is_named(tmp_path, text, part):
    with pytest.raises(ParseError, match=part):
        read_windows(_file(tmp_path, text), None)


def test_a_list_larger_than_any_is_not_read(tmp_path):
    file = _file(tmp_path, "window_name,begin,end\n")
    with file.open("r+b") as stream:
        stream.truncate(2 << 30)
    with pytest.raises(ParseError, match="at most 67,108,864 bytes"):
        read_windows(file, None)


def _files(con, clock="utc"):
    make_tables(con)
    for index, first in ((1, 0), (2, 100)):
        con.execute("insert into files values (?, ?, 'x', 1, 'plain_csv', null)", [index, f"day/{index}.csv"])
        con.execute(
            "insert into channels by name select ? as file_index, 1 as channel_index, ? as clock", [index, clock]
        )
        con.execute(
            "insert into samples by name select ? as file_index, 1 as channel_index, ? + i * 1000000 as stated_us"
            " from range(50) as r (i)",
            [index, BEGIN + first * SECOND],
        )


def _put(con, folder, text, timezone=None):
    said = declare([folder], table="t", timezone=timezone, windows=_file(folder, text))
    name_channels(con, said)
    notes = put_windows(con, said)
    query = "select file_index, window_name, run_id, begin_us, end_us, stated_in from windows order by all"
    return notes, con.execute(query).fetchall()


def test_a_window_is_for_the_files_it_reaches(tmp_path):
    text = "window_name,begin,end,run_id,file\n"
    text += "a,1767323050,1767323060,r1,\nb,1767323050,1767323160,r2,*/2.csv\nc,1,2,,\n"
    with duckdb.connect() as con:
        _files(con)
        notes, rows = _put(con, tmp_path, text)
    assert rows == [
        (1, "a", "r1", BEGIN + 5 * SECOND, BEGIN + 15 * SECOND, "windows.csv"),
        (2, "b", "r2", BEGIN + 5 * SECOND, BEGIN + 115 * SECOND, "windows.csv"),
    ]
    assert notes == ["windows that no sample on a known clock reaches: c"]


def test_a_file_whose_clock_is_open_takes_no_window(tmp_path):
    text = "window_name,begin,end\na,1767319450,1767319460\n"
    with duckdb.connect() as con:
        _files(con, clock="local")
        assert _put(con, tmp_path, text)[1] == []
    with duckdb.connect() as con:
        _files(con, clock="local")
        assert [row[:2] for row in _put(con, tmp_path, text, timezone="Europe/Paris")[1]] == [(1, "a")]


def test_a_file_has_a_name_once(tmp_path):
    text = "window_name,begin,end\na,1767323050,1767323060\na,1767323055,1767323070\n"
    with duckdb.connect() as con:
        _files(con)
        with pytest.raises(ParseError, match="'a' once more"):
            _put(con, tmp_path, text)


def test_the_work_of_a_window_stands_beside_it(tmp_path):
    text = "window_name,begin,end,task,work_unit,work_amount\na,1767323050,1767323060,fine tuning,step,50\n"
    text += "b,1767323060,1767323070,,,\nc,1767323070,1767323080,,image,7.5\n"
    with duckdb.connect() as con:
        _files(con)
        _put(con, tmp_path, text)
        query = "select file_index, window_name, task, work_unit, quantity, stated_in from work order by all"
        found = con.execute(query).fetchall()
    assert found == [(1, "a", "fine tuning", "step", 50.0, "windows.csv"), (1, "c", None, "image", 7.5, "windows.csv")]


def test_work_over_several_files_is_that_of_one_run(tmp_path):
    text = "window_name,begin,end,run_id,work_unit,work_amount\na,1767323050,1767323160,{run},step,50\n"
    with duckdb.connect() as con:
        _files(con)
        with pytest.raises(ParseError, match=r"(?s)the run_id of these files.*got.*work of 'a' for 2 runs"):
            _put(con, tmp_path, text.format(run=""))
    with duckdb.connect() as con:
        _files(con)
        _put(con, tmp_path, text.format(run="r"))
        found = con.execute("select file_index, run_id, quantity from work order by all").fetchall()
    assert found == [(1, "r", 50.0), (2, "r", 50.0)]
