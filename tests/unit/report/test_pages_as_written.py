"""The pages as they are written, from sections made here."""

import json
import re
from pathlib import Path

import pytest

from cradle.report import ReportError, charts
from cradle.report.page import Link, Page, Section, slug_of
from cradle.report.room import room
from cradle.report.site import _csv, _spec, shown, write_site


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "yes"),
        (0.0, "0"),
        (0.45, "0.45"),
        (1234.5678, "1,235"),
        (12345.678, "12,346"),
        (-1234567.0, "-1,234,567"),
        (2.5e12, "2.5×10¹²"),
        (0.00001, "1×10⁻⁵"),
        (1234, "1,234"),
        ("x", "x"),
    ],
)
def test_cells(cell, text):
    assert shown(cell) == text


def section(rows, chart=None):
    return Section("s", "Title", "Text", rows, "marts.none", chart)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_download_holds_no_formula(text):
    assert _csv(section([{"name": text, "value": -1.5}])).splitlines()[1].lstrip('"').startswith("'")


def test_a_cell_that_leads_to_a_page_is_its_text_in_a_download():
    assert _csv(section([{"study": Link("=Strubell", "study-x.html")}])) == "study\n'=Strubell\n"


def test_a_number_below_0_stays_a_number():
    assert _csv(section([{"value": -1.5}])) == "value\n-1.5\n"


def test_a_specification_cannot_end_its_script():
    rows = [{"name": "</script><script>alert(1)</script>", "part": "<!--", "value": 1.0}]
    text = _spec(charts.stacked_bars(rows, "value", "name", "part", "kg"))
    assert "<" not in text and json.loads(text)


def test_charts_are_valid_and_keep_the_order_of_the_rows():
    rows = [{"name": "b", "part": "y", "value": 2.0}, {"name": "a", "part": "x", "value": 1.0}]
    spec = charts.stacked_bars(rows, "value", "name", "part", "kg")
    encoding = spec["encoding"]
    assert encoding["y"]["scale"]["domain"] == ["b", "a"] and encoding["color"]["scale"]["domain"] == ["x", "y"]


@pytest.mark.parametrize(
    "files",
    [
        ["index.html", "thesis.odt"],
        ["index.html"],
        ["index.html", "style.css", "site.js", "charts.js", "data/a.csv", "data/mine.ods"],
        ["index.html", "style.css", "site.js", "charts.js", "data/a.csv", "notes.txt"],
    ],
)
def test_a_folder_that_holds_anything_else_is_never_replaced(files, tmp_path):
    for name in files:
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(ReportError, match="something else"):
        write_site(tmp_path / "none.duckdb", tmp_path / "site")
    assert all((tmp_path / "site" / name).read_text(encoding="utf-8") == "mine" for name in files)


def test_the_report_needs_a_folder(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for out in ("file", "/"):
        with pytest.raises(ReportError, match="needs a folder"):
            write_site(tmp_path / "none.duckdb", Path(out))


@pytest.mark.parametrize("out", [".", "link"])
def test_the_folder_one_is_in_and_one_behind_a_link_can_hold_the_report(out, tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site" if out == "." else tmp_path)
    with pytest.raises(ReportError, match="cradle build"):  # there is no warehouse: the folder was no obstacle
        write_site(tmp_path / "none.duckdb", Path(out))


def test_a_chart_has_its_room_before_it_is_drawn_so_that_nothing_below_it_jumps():
    rows = [{"n": "a", "v": 1.0, "c": "x"}, {"n": "b", "v": 2.0, "c": "y"}, {"n": "c", "v": 2.0, "c": "z"}]
    plain = charts.bars(rows, "v", "n", "kg")
    axis = room(plain) - plain["height"]
    assert 40 <= axis <= 80
    with_legend = charts.stacked_bars([row | {"c": 5 * row["c"] + 40 * "-"} for row in rows], "v", "n", "c", "kg")
    assert room(with_legend) - with_legend["height"] > axis + 40  # three lines
    cells = [{"x": x, "y": y, "state": "none"} for x in "ab" for y in "cdefghijkl"]
    assert room(charts.matrix(cells, "x", "y", "state")) >= 10 * 22 + axis


@pytest.mark.parametrize("name", ["../../etc/x", "a/b", '"><script>', "‮", "x" * 10_000, "ü" * 300, "-rf", "..", "a\nb"])
def test_a_name_of_the_users_is_no_path_and_no_markup_where_it_names_a_section_or_page(name):
    for slug in (Section(name, "", "", [], "").slug, Page(name, "", "", "").slug):
        assert re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", slug) and slug[0] not in "-."


def test_names_that_differ_in_what_a_file_name_cannot_hold_stay_apart():
    assert len({slug_of(name) for name in ("a b", "a/b", "a-b", "a?b", "x" * 200, "x" * 201)}) == 6
    assert slug_of("sd_service-GWP.1") == "sd_service-GWP.1"


def test_a_chart_of_hostile_names_has_no_mark_that_its_language_stops_at():
    spec = charts.bars([{"n": "a\u2028\u202eb\x1b\u2066", "v": 1.0}], "v", "n", "kg")
    assert not re.search(r"\\u(2028|202e|001b|2066)", json.dumps(spec))


def test_a_section_without_rows_has_no_axes_of_nothing():
    drawn = charts.bars([], "v", "n", "kg")
    assert Section("s", "", "", [], "", drawn).charts == []
    assert len(Section("s", "", "", [{"n": "a", "v": 1.0}], "", drawn).charts) == 1
