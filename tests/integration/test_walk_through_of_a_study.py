"""docs/how-to-add-a-study.md, done as it is written in a copy of the project: the study is added, checked and built.

`CRADLE_UPDATE_PAGES=1` rewrites the outputs that the page prints; read the difference before it is committed.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from cradle.query import ask
from tests.integration.project_copy import copy_of_project
from tests.integration.walk_through import walk

PAGE = PROJECT_ROOT / "docs" / "how-to-add-a-study.md"
LINES = re.compile(r"(\.csv):\d+")


class Done:
    """The project after the walk, and what came of each step."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.warehouse = project / "warehouse" / "cradle.duckdb"
        self.before = {file: file.read_bytes() for file in sorted((project / "seeds").rglob("*.csv"))}
        self.codes: list[tuple[str, int]] = []
        self.hashes: list[tuple[str, str]] = []

    def run(self, words: list[str]) -> str:
        assert words[0] == ".venv/bin/cradle"
        done = subprocess.run(
            [sys.executable, "-m", "cradle.cli", *words[1:]],
            cwd=self.project,
            env={key: value for key, value in os.environ.items() if not key.startswith(("CRADLE_", "DBT_"))}
            | {"PYTHONPATH": str(self.project)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        self.codes.append((" ".join(words[1:3]), done.returncode))
        self.hashes.append((" ".join(words[1:3]), hashlib.sha256(self.warehouse.read_bytes()).hexdigest()))
        return done.stdout + done.stderr if done.returncode and words[1] == "build" else done.stdout


@pytest.fixture(scope="module")
def done(built_warehouse, lend, tmp_path_factory) -> Done:
    project = copy_of_project(tmp_path_factory.mktemp("walk"), built_warehouse)
    lend(project / "target")
    return Done(project)


@pytest.fixture(scope="module")
def answers(done) -> list[tuple[str, str, str]]:
    text = PAGE.read_text(encoding="utf-8")
    found = walk(text, done.project, done.run, lambda query: ask(done.warehouse, query))
    if os.environ.get("CRADLE_UPDATE_PAGES"):
        for question, printed, came in found:
            text = text.replace(f"{question}```\n\n```text\n{printed}```", f"{question}```\n\n```text\n{came}```", 1)
        PAGE.write_text(text, encoding="utf-8")
    return found


def test_each_step_prints_what_the_page_says(answers):
    assert len(answers) == 5
    if not os.environ.get("CRADLE_UPDATE_PAGES"):
        for question, printed, came in answers:
            assert LINES.sub(r"\1", came) == LINES.sub(r"\1", printed), question


def test_the_slip_would_stop_the_build_and_the_rest_passes(done, answers):
    assert done.codes == [
        ("study new", 0),
        ("study new", 0),
        ("study check", 2),
        ("study check", 0),
        ("build --no-export", 0),
    ]


def test_nothing_but_the_build_touches_the_warehouse(done, answers):
    *before, last = (content for _, content in done.hashes)
    assert len(set(before)) == 1 and last != before[0]
    assert not list(done.warehouse.parent.glob(".study-check-*"))


def test_its_impacts_are_amount_times_factor(done, answers):
    with duckdb.connect(str(done.warehouse), read_only=True) as con:
        amount, factor, value, geography, licences = con.execute(
            "select i.amount, f.value, i.value, f.geography_id, i.licence_set from marts.impacts i join marts.factors f"
            " using (factor_id) where scenario_id = 'my_training' and i.impact_category = 'GWP'"
            " and i.electricity_basis = 'location'"
        ).fetchone()
    assert amount == pytest.approx(8 * 14 * 24 * 0.65 * 1.3, rel=1e-12)
    assert value == pytest.approx(amount * factor, rel=1e-12)
    assert geography == "DEU" and 0.2 < factor < 0.6
    assert "LicenseRef-user-declared" in licences


def test_the_other_scenarios_are_as_they_were(done, answers, built_warehouse):
    query = "select scenario_id, impact_category, electricity_view, value from marts.impact_totals"
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        before = con.execute(f"{query} order by all").fetchall()
    with duckdb.connect(str(done.warehouse), read_only=True) as con:
        assert con.execute(f"{query} where scenario_id != 'my_training' order by all").fetchall() == before


def test_removed_the_seeds_are_as_they_were_to_the_byte(done, answers):
    done.run([".venv/bin/cradle", "study", "remove", "my_training"])
    assert {file: file.read_bytes() for file in sorted((done.project / "seeds").rglob("*.csv"))} == done.before


PARAMETERS = "seeds/service_models/parameters.csv"
PLACES = "seeds/service_models/scenario_geographies.csv"
ROW = "slip.{name},slip,{name},{value},{unit},,,,,slip.{name},estimated,{source},x,{value},\n"
# Slips that the seeds show by themselves, and slips that models show: text added, and what is said of it where
IN_SEEDS = [
    (PARAMETERS, ROW.format(name="duration", value=12, unit="furlong", source="luccioni_2023"), "unit 'furlong'"),
    (PLACES, "slip,users,XYZ,luccioni_2023,x\n", "geography_id 'XYZ' is not known"),
]
IN_MODELS = [
    (PARAMETERS, ROW.format(name="duraton", value=12, unit="h", source="luccioni_2023"), "parameter duraton of model"),
    (PARAMETERS, ROW.format(name="duration", value=12, unit="h", source="falk_2052"), "source_id 'falk_2052'"),
    (PLACES, "slip,users,FRA,nobody_2052,x\n", "geography roles match"),
    (PLACES, "", "source_id 'nobody_2052'"),
]


@pytest.mark.parametrize("slips", [IN_SEEDS, IN_MODELS], ids=["seeds", "models"])
def test_slips_are_named_with_file_and_line_and_the_warehouse_stays(done, answers, slips):
    files = {path: (done.project / path).read_bytes() for path in (PARAMETERS, PLACES)}
    sound = {file: file.read_bytes() for file in done.before}
    warehouse = done.warehouse.read_bytes()
    try:
        done.run([".venv/bin/cradle", "study", "new", "slip", "--like", "luccioni_2023_bloom_pue"])
        for path, text, _ in slips:
            with (done.project / path).open("a", encoding="utf-8") as file:
                file.write(text)
        answer = json.loads(done.run([".venv/bin/cradle", "study", "check", "slip", "--json"]))
        assert done.codes[-1] == ("study check", 2) and answer["builds"] is False
        for path, text, said in slips:
            (finding,) = [one for one in answer["findings"] if one["what"].startswith(said)]
            assert finding["level"] == "stops"
            lines = (done.project / path).read_text(encoding="utf-8").splitlines()
            places = [place.rpartition(":") for place in finding["where"]]
            assert any(file == path and (lines[int(line) - 1] + "\n").endswith(text) for file, _, line in places)
    finally:
        for file, content in sound.items():
            file.write_bytes(content)
    assert done.warehouse.read_bytes() == warehouse
    assert {path: (done.project / path).read_bytes() for path in files} == files


def test_a_copy_with_its_own_model_would_build(done, answers):
    sound = {file: file.read_bytes() for file in done.before}
    try:
        done.run([".venv/bin/cradle", "study", "new", "own", "--like", "luccioni_2023_bloom_pue", "--own-model"])
        places = done.project / PLACES
        text = places.read_text(encoding="utf-8")
        places.write_text(text.replace("own,data_centre,FRA,luccioni_2023,", "own,data_centre,FRA,own_study__own,"))
        answer = json.loads(done.run([".venv/bin/cradle", "study", "check", "own", "--json"]))
        assert [finding for finding in answer["findings"] if finding["level"] == "stops"] == []
        assert done.codes[-1] == ("study check", 0)
    finally:
        for file, content in sound.items():
            file.write_bytes(content)
