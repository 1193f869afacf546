"""The report as its readers meet it: written from a built warehouse and opened in a browser."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from cradle.report import ReportError, write_site
from cradle.report.ask import Marts
from cradle.report.pages import traces
from cradle.report.pages.studies.berthelot_2025 import figure_5

# one of each kind, and the largest; all together take minutes
VISITED = [
    "index",
    "amortisation",
    "uncertainty",
    "tornado",
    "what-if",
    "disagreement",
    "data-quality",
    "planetary",
    "meters",
    "traces",
    "measured-energy",
    "coverage",
    "quarantine",
    "dictionary",
    "study-berthelot_2025",
    "study-morrison_2025",
]


@pytest.fixture(scope="module")
def site(built_warehouse, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "site"
    write_site(built_warehouse, folder)
    return folder


def test_every_link_and_file_of_a_page_is_there(site):
    pages = sorted(site.glob("*.html"))
    assert len(pages) >= 15
    for page in pages:
        for target in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8")):
            assert target == "data:," or (site / target).is_file(), f"{page.name}: {target}"


def test_sections_of_a_page_have_titles_of_their_own(site):
    """Two of one name are one landmark to who listens to the page."""
    for page in site.glob("*.html"):
        titles = re.findall(r'<h2 id="s\d+">([^<]+)</h2>', page.read_text(encoding="utf-8"))
        assert len(set(titles)) == len(titles), page.name


def test_nothing_is_fetched_from_elsewhere(site):
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//', text)


def test_the_site_is_small_and_the_same_every_time(site, built_warehouse, tmp_path):
    write_site(built_warehouse, tmp_path / "again")
    first, again = ({file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}
                    for root in (site, tmp_path / "again"))  # fmt: skip
    assert first == again
    assert sum(map(len, first.values())) < 10e6


def test_a_report_that_cannot_take_its_place_leaves_the_earlier_one(site, built_warehouse, tmp_path, monkeypatch):
    out = tmp_path / "site"
    shutil.copytree(site, out)
    monkeypatch.setattr("exports.folder._exchanged", lambda *_: False)
    rename = Path.rename

    def failing(self, target):
        if self.suffix == ".next":
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="no"):
        write_site(built_warehouse, out)
    assert {file.name for file in out.iterdir()} == {file.name for file in site.iterdir()}
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_run_set_aside_comes_back_and_is_not_taken_for_a_report(tmp_path):
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReportError, match="something else"):
        write_site(tmp_path / "none.duckdb", tmp_path / "site")
    assert (tmp_path / "site" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_of_something_else_is_left_alone(built_warehouse, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReportError, match="something else"):
        write_site(built_warehouse, tmp_path)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_both_ways_to_count_training_as_embodied_agree(built_warehouse):
    """The cells regrouped for Figure 5 give what the amortised service gives at the pictures of a year."""
    with Marts(built_warehouse) as marts:
        rows = figure_5.section(marts).rows
        evens = marts.rows(
            """
            select impact_category, marginal_embodied * volume_per_year + fixed_embodied as embodied,
                marginal_operational * volume_per_year as operational
            from marts.amortisation_break_even
            where amortisation_id = 'stable_diffusion_images' and alternative = 'training_as_embodied'
                and electricity_view = 'location' and impact_category in ('GWP', 'PE')
            """
        )
    ours = {(r["impact_category"], r["phase"]): r["value"] for r in rows if r["view"] == figure_5.AS_EMBODIED}
    assert len(evens) == 2
    for row in evens:
        for phase in ("embodied", "operational"):
            assert ours[row["impact_category"], phase] == pytest.approx(row[phase], rel=1e-9)


def test_no_warehouse_is_one_message(tmp_path):
    with pytest.raises(ReportError, match="cradle build"):
        write_site(tmp_path / "none.duckdb", tmp_path / "site")


def test_pages_in_a_browser(site, peers_python):
    """Charts drawn, a quiet console, nothing asked of the network, a phone's width, the keyboard, axe-core's rules."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    script = PROJECT_ROOT / "tests" / "browser" / "visit.py"
    names = [f"{name}.html" for name in VISITED]
    done = subprocess.run(
        [peers_python, script, chromium, site, *names], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    for page in json.loads(done.stdout):
        assert page["said"] == [] and page["asked"] == [], page["page"]
        assert page["violations"] == [], page["page"]
        assert page["sideways_px"] == 0, page["page"]
        assert page["doubled_ids"] == [], page["page"]
        assert page["first_stop"] == "Skip to the content", page["page"]
        assert page["first_paint_ms"] < 1000, page["page"]


def test_the_bundle_s_pages_may_be_passed_on_and_say_whose_rows_they_hold(site):
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert 'class="private"' not in text, page.name
    assert "Licences of the rows on this page: CC0-1.0" in (site / "traces.html").read_text(encoding="utf-8")


def test_a_page_of_private_runs_says_that_it_may_not_be_passed_on(built_warehouse, tmp_path):
    private = tmp_path / "cradle.duckdb"
    shutil.copyfile(built_warehouse, private)
    with duckdb.connect(str(private)) as con:
        con.execute(
            "update marts.sources set licence_id = 'LicenseRef-mine', redistributable = 'no', licence_pack = null"
            " where source_id = 'power:synthetic_example'"
        )
        for mart in ("measured_energy", "energy_per_work"):
            con.execute(f"update marts.{mart} set licence_set = 'LicenseRef-mine'")
    write_site(private, tmp_path / "site")
    barred = {
        page.stem
        for page in (tmp_path / "site").glob("*.html")
        if 'class="private"' in page.read_text(encoding="utf-8")
    }
    assert {"traces", "measured-energy", "sources"} <= barred
    assert "meters" not in barred and "study-berthelot_2025" not in barred


def test_a_trace_on_a_clock_without_a_zone_is_drawn_all_the_same(built_warehouse, tmp_path):
    """Its instants are not known, and the mart leaves them out; the line needs none."""
    local = tmp_path / "cradle.duckdb"
    shutil.copyfile(built_warehouse, local)
    with duckdb.connect(str(local)) as con:
        con.execute("update marts.measured_energy set begin_us = null, end_us = null, clock_reason = null")
    with Marts(built_warehouse) as marts, Marts(local) as without_zone:
        drawn, again = traces.page(marts).sections, traces.page(without_zone).sections
    assert len(drawn) > 1 and [section.rows for section in again] == [section.rows for section in drawn]


def test_rows_read_add_up_with_what_was_rejected_and_taken(built_warehouse):
    from cradle.report.pages.quarantine import outcomes

    with Marts(built_warehouse) as marts:
        rows = outcomes(marts)
        landed = {
            row["source_id"]: row["rows_landed"]
            for row in marts.rows("select source_id, rows_landed from marts.sources where origin = 'bundled'")
        }
        rejected = marts.rows(
            "select count(distinct (entity, file_sha256, row_number)) as n from marts.quarantine"
            " where severity = 'reject_row'"
        )
        staged = marts.rows("select count(*) as n from staging.stg_ipcc_gwp__potentials")
    for row in rows:
        assert row["rows_read"] == row["rejected"] + row["a_cell_left_empty"] + row["taken_whole"], row
    read = {source: sum(row["rows_read"] for row in rows if row["source_id"] == source) for source in landed}
    assert read == landed
    assert sum(row["rejected"] for row in rows) == rejected[0]["n"] > 0
    (potentials,) = [row for row in rows if row["source_id"] == "ipcc_gwp"]
    assert potentials["rows_read"] - potentials["rejected"] == staged[0]["n"]


def test_a_drawn_trace_keeps_every_sample_its_energy_and_its_peak(built_warehouse):
    from cradle.report.pages import traces

    with Marts(built_warehouse) as marts:
        sections = [section for section in traces.page(marts).sections if section.chart]
        landed = marts.rows(
            "select samples, mean_power_w, min_power_w, max_power_w, duration_s from marts.measured_energy"
            " where window_name = 'whole_trace' order by file_name"
        )
    assert len(sections) == len(landed) == 2
    for section, trace in zip(sections, landed, strict=True):
        assert sum(row["samples"] for row in section.rows) == trace["samples"]
        assert max(row["highest_w"] for row in section.rows) == trace["max_power_w"]
        assert min(row["lowest_w"] for row in section.rows) == trace["min_power_w"]
        # samples are even in time here, so that the mean over samples is that over time
        mean = sum(row["mean_w"] * row["samples"] for row in section.rows) / trace["samples"]
        assert mean == pytest.approx(trace["mean_power_w"], rel=2e-3)
        assert trace["duration_s"] - section.rows[-1]["at_s"] < trace["duration_s"] / 300


def test_pictures_in_the_docs_show_what_the_report_says(site):
    from cradle.report import pictures

    assert pictures.stale(site) == [], "run `make screenshots` and commit docs/pictures"
    for picture in pictures.PICTURES:
        assert 10_000 < (pictures.FOLDER / picture.name).stat().st_size < 150_000


def test_a_picture_is_stale_when_its_page_says_another_number_and_not_for_a_last_digit(site, tmp_path):
    from cradle.report.pictures import fingerprint

    shutil.copytree(site, tmp_path / "site")
    page = tmp_path / "site" / "meters.html"
    before, text = fingerprint(tmp_path / "site", "meters.html"), page.read_text(encoding="utf-8")
    share = re.search(r"0\.\d{12,}", text)[0]
    page.write_text(text.replace(share, share[:-1] + ("1" if share[-1] == "0" else "0")), encoding="utf-8")
    assert fingerprint(tmp_path / "site", "meters.html") == before
    page.write_text(text.replace("</nav>", "<p>another page</p></nav>"), encoding="utf-8")
    assert fingerprint(tmp_path / "site", "meters.html") == before
    page.write_text(text.replace(share, "0.9" + share[3:]), encoding="utf-8")
    assert fingerprint(tmp_path / "site", "meters.html") != before
