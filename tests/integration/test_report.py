"""The report as its readers meet it: written from a built warehouse and opened in a browser."""

import json
import re
import shutil
import subprocess

import pytest

from cradle.paths import PROJECT_ROOT
from cradle.report import ReportError, write_site
from cradle.report.ask import Marts
from cradle.report.pages.studies.berthelot_2025 import figure_5

# one of each kind, and the largest; all together take minutes
VISITED = [
    "uncertainty",
    "tornado",
    "what-if",
    "disagreement",
    "data-quality",
    "planetary",
    "index",
    "amortisation",
    "meters",
    "coverage",
    "quarantine",
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
        assert page["first_stop"] == "Skip to the content", page["page"]
