import csv
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import StudyError
from cradle.paths import PROJECT_ROOT
from cradle.study import adding, tables, templates, writing
from cradle.study.adding import add
from cradle.study.removing import remove

TEMPLATE = "luccioni_2023_bloom_pue"


def rows(seeds: Path, table: tables.Table) -> list[dict[str, str]]:
    with (seeds / table.path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(seeds: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(seeds.rglob("*")) if file.is_file()}


def test_a_copy_has_the_numbers_of_its_template_and_says_so(seeds):
    added = add(seeds, "mine", TEMPLATE, title="Mine", factor_set="open_default")
    copied = [row for row in rows(seeds, tables.PARAMETERS) if row["scenario_id"] == "mine"]
    origin = {row["parameter_name"]: row for row in rows(seeds, tables.PARAMETERS) if row["scenario_id"] == TEMPLATE}
    assert (
        {row["parameter_name"] for row in copied} == origin.keys() == {"accelerator_hours", "accelerator_power", "pue"}
    )
    for row in copied:
        there = origin[row["parameter_name"]]
        assert row["parameter_id"] == row["uncertainty_id"] == f"mine.{row['parameter_name']}"
        kept = ("value", "unit", "low", "high", "source_id", "locator", "as_printed")
        assert {column: row[column] for column in kept} == {column: there[column] for column in kept}
        assert row["kind"] == "estimated"
        assert row["note"].startswith(f"Copied from {TEMPLATE}, {there['kind']} there")
    (scenario,) = [row for row in rows(seeds, tables.SCENARIOS) if row["scenario_id"] == "mine"]
    assert scenario["title"] == "Mine"
    assert (scenario["factor_set_id"], scenario["functional_unit_id"]) == ("open_default", "mine")
    (source,) = [row for row in rows(seeds, tables.SOURCES) if row["source_id"] == "own_study__mine"]
    assert source["redistributable"] == "no"
    lines = (seeds / tables.PARAMETERS.path).read_text(encoding="utf-8").splitlines()
    first, count = added.rows[tables.PARAMETERS.path]
    assert count == 3 and lines[first - 1].startswith("mine.")


def test_only_the_ends_of_files_change(seeds):
    before = contents(seeds)
    added = add(seeds, "mine", "sd_service_2025_idle", with_model=True)
    after = contents(seeds)
    assert before.keys() == after.keys()
    assert all(after[file].startswith(content) for file, content in before.items())
    assert {file for file, content in before.items() if after[file] != content} == {seeds / path for path in added.rows}


def test_a_child_takes_what_its_parents_state_but_only_what_its_model_asks_for(seeds):
    add(seeds, "mine", "patterson_2021_nas_printed_energy")
    copied = [row["parameter_name"] for row in rows(seeds, tables.PARAMETERS) if row["scenario_id"] == "mine"]
    assert copied == ["site_energy"]
    (scenario,) = [row for row in rows(seeds, tables.SCENARIOS) if row["scenario_id"] == "mine"]
    assert scenario["parent_scenario_id"] == "" and scenario["model_id"] == "stated_energy"
    assert scenario["factor_set_id"] == "as_published__patterson_2021_nas"
    places = [row for row in rows(seeds, tables.PLACES) if row["scenario_id"] == "mine"]
    assert [row["geography_role"] for row in places] == ["data_centre"]


def test_the_nearest_of_several_rows_is_copied(seeds):
    add(seeds, "mine", "sd_service_2025_amortised")
    (own,) = [row for row in rows(seeds, tables.PARAMETERS) if row["scenario_id"] == "sd_service_2025_amortised"][:1]
    copied = {r["parameter_name"]: r for r in rows(seeds, tables.PARAMETERS) if r["scenario_id"] == "mine"}
    assert copied[own["parameter_name"]]["value"] == own["value"]
    assert len(copied) == len([r for r in rows(seeds, tables.PARAMETERS) if r["scenario_id"] == "sd_service_2025_open"])


def test_of_two_seeds_that_state_a_parameter_the_nearer_counts(seeds, monkeypatch):
    """A parameter that a child takes from measurements hides the number of its parent, and the other way round."""
    measured = tables.Table(
        "service_models/measured_for_test.csv", "scenario_id", "parameter_name", "parameter", note="note"
    )
    monkeypatch.setattr(tables, "OF_SCENARIOS", (*tables.OF_SCENARIOS, measured))
    monkeypatch.setattr(tables, "ALL", (*tables.ALL, measured))
    (seeds / measured.path).write_text(
        "scenario_id,parameter_name,statistic_id,note\nsd_service_2025_idle,pue,s,\nsd_service_2025_open,wue,t,\n"
        "sd_service_2025_idle,nothing_asks_for_it,s,\n",
        encoding="utf-8",
    )
    stated = [row for row in rows(seeds, tables.PARAMETERS) if row["scenario_id"] == "sd_service_2025_idle"]
    add(seeds, "mine", "sd_service_2025_idle")
    copied = [row for row in rows(seeds, measured) if row["scenario_id"] == "mine"]
    assert [(row["parameter_name"], row["statistic_id"]) for row in copied] == [("pue", "s"), ("wue", "t")]
    assert copied[0]["note"] == "Copied from sd_service_2025_idle"
    names = [row["parameter_name"] for row in rows(seeds, tables.PARAMETERS) if row["scenario_id"] == "mine"]
    assert "pue" not in names and {row["parameter_name"] for row in stated} <= set(names)
    assert len(names) == len(set(names))


def test_an_own_model_has_all_rows_of_the_model_under_its_id(seeds):
    add(seeds, "mine", "bloom_mlca_open", title="Mine", with_model=True)
    for table in tables.OF_MODELS:
        owner = {"bloom_mlca"}, {"mine"}
        if table is tables.FLOW_TERMS:
            flows = rows(seeds, tables.FLOWS)
            owner = tuple({row["flow_id"] for row in flows if row["model_id"] in ids} for ids in owner)
        old, new = ([row for row in rows(seeds, table) if row[table.owner] in ids] for ids in owner)
        assert len(old) == len(new) > 0, table.path
        for row in new:
            assert "bloom_mlca" not in " ".join(row[column] for column in (table.owner, *table.ids))


def test_the_seeds_are_as_they_were_after_removal(seeds):
    before = contents(seeds)
    added = add(seeds, "mine", "bloom_mlca_open", with_model=True)
    add(seeds, "other", TEMPLATE)
    between = contents(seeds)
    removed = remove(seeds, "mine")
    assert list(removed)[-1] == tables.SOURCES.path
    assert removed == {path: count for path, (_, count) in added.rows.items()}
    assert contents(seeds) != between
    remove(seeds, "other")
    assert contents(seeds) == before


@given(study=st.from_regex(adding.PATTERN, fullmatch=True).filter(lambda text: len(text) <= adding.LONGEST))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_good_id_goes_in_and_out(seeds, study):
    before = contents(seeds)
    try:
        add(seeds, study, TEMPLATE)
    except StudyError as error:
        assert "in use" in str(error)
        return
    remove(seeds, study)
    assert contents(seeds) == before


@given(study=st.text(max_size=80))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_other_id_is_refused(seeds, study):
    if re.fullmatch(adding.PATTERN, study):
        return
    with pytest.raises(StudyError, match="no id for a study"):
        add(seeds, study, TEMPLATE)


@pytest.mark.parametrize(
    "bad", ["", "My_service", "1st", "a b", "a-b", "a__b", "_a", "a_", "é", "a\n", "a;drop", "../x", "a" * 61, "all"]
)
def test_bad_ids(seeds, bad):
    before = contents(seeds)
    with pytest.raises(StudyError):
        add(seeds, bad, TEMPLATE)
    assert contents(seeds) == before


@pytest.mark.parametrize("used", ["sd_service", "sd_service_2025_open", "sd_service_year"])
def test_an_id_in_use_is_refused_with_its_row(seeds, used):
    with pytest.raises(StudyError, match="is in use") as refused:
        add(seeds, used, TEMPLATE)
    assert re.search(r"seeds/service_models/\w+\.csv:\d+, column \w+", refused.value.where)


def test_the_same_study_twice(seeds):
    add(seeds, "mine", TEMPLATE)
    with pytest.raises(StudyError, match="cradle study remove mine"):
        add(seeds, "mine", TEMPLATE)


@pytest.mark.parametrize("title", ["two\nlines", " blank", "tab\there", "x" * 201, "\x00"])
def test_bad_titles(seeds, title):
    with pytest.raises(StudyError, match="no title"):
        add(seeds, "mine", TEMPLATE, title=title)


@pytest.mark.parametrize("title", ['"quoted", with comma', "=1+1", "Größe; 'x'", "日本語"])
def test_any_other_title_comes_back(seeds, title):
    add(seeds, "mine", TEMPLATE, title=title)
    assert rows(seeds, tables.SCENARIOS)[-1]["title"] == title


def test_an_unknown_scenario_or_factor_set_names_those_that_are_like_it(seeds):
    with pytest.raises(StudyError, match="such as sd_service_2025_open"):
        add(seeds, "mine", "sd_service_2025_opne")
    with pytest.raises(StudyError, match="open_default"):
        add(seeds, "mine", TEMPLATE, factor_set="opne")


def test_a_circle_of_parents_ends(seeds):
    path = seeds / tables.SCENARIOS.path
    text = path.read_text(encoding="utf-8")
    text = text.replace("\nbloom_mlca,bloom_mlca,,", "\nbloom_mlca,bloom_mlca,bloom_mlca_open,", 1)
    path.write_text(text, encoding="utf-8")
    add(seeds, "mine", "bloom_mlca_open")


def test_a_broken_seed_stops_it_before_anything_is_written(seeds):
    path = seeds / tables.PARAMETERS.path
    path.write_bytes(path.read_bytes() + b"x,y\n")
    before = contents(seeds)
    with pytest.raises(StudyError, match="as many cells"):
        add(seeds, "mine", TEMPLATE)
    assert contents(seeds) == before


@pytest.mark.parametrize("failing", [0, 2, 4])
def test_all_files_are_written_or_none(seeds, monkeypatch, failing):
    before, calls, replace = contents(seeds), [], Path.replace

    def refuse(self, target):
        if self.suffix == ".new":
            calls.append(target)
            if len(calls) == failing + 1:
                raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        add(seeds, "mine", TEMPLATE)
    assert contents(seeds) == before
    assert sorted(file.name for file in seeds.parent.iterdir()) == ["seeds"]


def test_what_a_killed_process_left_can_be_removed(seeds, monkeypatch):
    before = contents(seeds)
    write = writing.write_all
    monkeypatch.setattr(adding, "write_all", lambda folder, texts: write(folder, dict(list(texts.items())[:2])))
    add(seeds, "mine", TEMPLATE)
    remove(seeds, "mine")
    assert contents(seeds) == before


def test_modes_and_line_ends_stay(seeds):
    path = seeds / tables.PARAMETERS.path
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    path.chmod(0o640)
    add(seeds, "mine", TEMPLATE)
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_study_of_cradle_is_not_removed(seeds):
    before = contents(seeds)
    for study in ("sd_service_2025_open", "bloom_mlca", "berthelot_2025", "nothing"):
        with pytest.raises(StudyError):
            remove(seeds, study)
    assert contents(seeds) == before


def test_a_study_that_others_need_is_not_removed(seeds):
    add(seeds, "mine", TEMPLATE)
    path = seeds / tables.SCENARIOS.path
    variant = "mine_in_sweden,accelerator_run,mine,,,,,The same in Sweden,\n"
    path.write_text(path.read_text(encoding="utf-8") + variant, encoding="utf-8")
    with pytest.raises(StudyError, match="other rows need 'mine'") as refused:
        remove(seeds, "mine")
    assert "seeds/service_models/scenarios.csv:" in refused.value.where and "parent_scenario_id" in refused.value.where


def test_each_template_is_there():
    scenarios = {row["scenario_id"] for row in rows(PROJECT_ROOT / "seeds", tables.SCENARIOS)}
    assert {template.scenario_id for template in templates.TEMPLATES} <= scenarios


OWNERS = {"scenario_id", "model_id", "flow_id", "functional_unit_id", "other_scenario_id", "new_scenario_id"}


def test_every_seed_with_rows_of_scenarios_or_models_is_listed():
    """A new seed that says something of a scenario, a model or a flow has a line in cradle/study/tables.py."""
    listed = {table.path for table in (*tables.ALL, *tables.ADDED_BY_HAND)}
    found = set()
    for file in sorted((PROJECT_ROOT / "seeds").rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            columns = set(next(csv.reader(handle)))
        if columns & OWNERS:
            found.add(file.relative_to(PROJECT_ROOT / "seeds").as_posix())
    assert found <= listed, "name them in cradle/study/tables.py"


def test_two_at_once_lose_nothing(seeds):
    pids = []
    for name in ("one", "two", "three"):
        pid = os.fork()
        if not pid:
            try:
                add(seeds, name, TEMPLATE)
                os._exit(0)
            except BaseException:
                os._exit(1)
        pids.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0, 0, 0]
    assert {"one", "two", "three"} <= {row["scenario_id"] for row in rows(seeds, tables.SCENARIOS)}


BY_HAND = {
    "published/model_facts.csv": "mine,1,is_public,yes,,,own_study__mine,repository",
    "published/published_values.csv": "mine:gwp,own_study__mine,,mine,GWP,1,1,equals,kgCO2e,total,GWP,,,,,,location,,,"
    "recompute,own_study__mine,report,",
    "published/standing_residuals.csv": "mine:gwp,1.0",
    "amortisation/amortisations.csv": "mine_by_use,Mine,mine,requests,,,own_study__mine,report,",
    "amortisation/amortisation_roles.csv": "mine_by_use,inference,mine,,,,",
    "allocation/allocation_pools.csv": "mine_shared,Mine,mine,,,,own_study__mine,report,",
    "allocation/allocation_keys.csv": "mine_shared,vcpu,one,used,4,,item,published,own_study__mine,report,",
}


def append(file: Path, row: str) -> None:
    with file.open("a", encoding="utf-8", newline="") as opened:
        opened.write(row + "\n")


def test_what_was_added_by_hand_for_a_study_goes_with_it(seeds):
    before = contents(seeds)
    add(seeds, "mine", TEMPLATE)
    for path, row in BY_HAND.items():
        append(seeds / path, row)
    removed = remove(seeds, "mine")
    assert {path: removed.get(path) for path in BY_HAND} == dict.fromkeys(BY_HAND, 1)
    assert contents(seeds) == before


@pytest.mark.parametrize(
    ("path", "row", "column"),
    [
        ("amortisation/amortisation_roles.csv", "olmo_1_1b_1_per_s,training,mine,,,,", "cost_scenario_id"),
        ("published/disclosure_bridges.csv", "b,electricity,Title,,mine,electricity,,,,,", "modelled_scenario_id"),
        ("published/model_card_links.csv", "bloom_mlca,inference,mine,,,luccioni_2023,x", "linked_scenario_id"),
        ("measurements/measured_points.csv", "p,s,1,1,1,own_study__mine,1", "source_id"),
    ],
)
def test_rows_anywhere_that_name_a_study_keep_it(seeds, path, row, column):
    add(seeds, "mine", TEMPLATE)
    append(seeds / path, row)
    before = contents(seeds)
    with pytest.raises(StudyError, match="other rows need 'mine'") as refused:
        remove(seeds, "mine")
    assert path in refused.value.where and f"column {column}" in refused.value.where
    assert contents(seeds) == before
