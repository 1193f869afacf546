import json

import pytest

from cradle.cli import main
from cradle.study import reporting
from cradle.study.checking import Report
from cradle.study.findings import Finding

TEMPLATE = "luccioni_2023_bloom_pue"
CELL = {
    "scenario_id": "mine",
    "service_part": "training",
    "life_cycle_stage": "use",
    "electricity_basis": "location",
    "impact_category": "GWP",
    "state": "modelled",
    "state_reason": None,
    "completeness": "complete",
    "value": 1.0,
    "unit": "kgCO2e",
}


def test_new_says_what_was_written_and_what_comes_next(project, capsys):
    assert main(["study", "new", "mine", "--like", TEMPLATE, "--factor-set", "open_default"]) == 0
    said = capsys.readouterr().out
    for text in ("seeds/service_models/parameters.csv:", "own_study__mine", "cradle study check mine", "remove mine"):
        assert text in said
    assert main(["study", "remove", "mine"]) == 0
    assert "seeds/factors/study_sources.csv: 1 row removed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["new"], ["new", "mine"], ["new", "--like", TEMPLATE], ["new", "mine", "--like", "x"]]
)
def test_without_a_template_the_choices_are_named(project, capsys, arguments):
    assert main(["study", *arguments]) == 2
    said = capsys.readouterr().err
    assert "cradle study new ID --like sd_service_2025_open" in said and "Traceback" not in said


def test_the_list_of_templates(project, capsys):
    assert main(["study", "new", "--list"]) == 0
    assert f"--like {TEMPLATE}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["new", "A", "--like", TEMPLATE], ["remove", "nothing"], ["remove"], ["check", "nothing"], ["frob"]]
)
def test_mistakes_are_said_without_a_traceback(project, capsys, arguments):
    assert main(["study", *arguments]) == 2
    said = capsys.readouterr().err
    assert said.strip() and "Traceback" not in said


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a;b\n1,5;2\n", b'a,b\n"open\n', b"a,b\n1\n"])
def test_check_of_a_broken_file_says_the_line_and_runs_nothing(project, capsys, content):
    (project / "seeds/service_models/parameters.csv").write_bytes(content)
    assert main(["study", "check"]) == 2
    said = capsys.readouterr().out
    assert "seeds/service_models/parameters.csv" in said and "would not build: 1 to mend" in said
    assert main(["study", "check", "--json"]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer["builds"] is False and answer["findings"][0]["level"] == "stops"
    assert not (project / "warehouse").exists()


def test_help_names_the_page_and_examples(capsys):
    assert main(["study", "--help"]) == 0
    assert "docs/how-to-add-a-study.md" in capsys.readouterr().out
    for command in ("new", "check", "remove"):
        assert main(["study", command, "--help"]) == 0
        assert f"cradle study {command}" in capsys.readouterr().out.split("Examples:")[1]


def test_a_report_with_gaps_builds_and_lists_the_states():
    gap = Finding("gap", "no value", ["seeds/x.csv:3", "seeds/y.csv:4"], got="none")
    without = CELL | {"impact_category": "ADPe", "state": "not_modelled", "state_reason": "no factor", "value": None}
    elsewhere = without | {"service_part": "networks", "state_reason": "the model has no flow here"}
    report = Report("mine", ["mine"], [gap], [CELL, without, elsewhere], True, 12.3)
    text = reporting.as_text(report)
    assert "seeds/x.csv:3: no value" in text and "also: seeds/y.csv:4" in text
    assert "use (location): modelled: GWP" in text
    assert "use (location): not_modelled: ADPe: no factor" in text
    assert "networks: not_modelled: the model has no flow there" in text
    assert "This would build (1 scenario)" in text
    assert json.loads(reporting.as_json(report))["cells"][0]["value"] == 1.0


def test_a_report_of_many_scenarios_counts_and_a_long_list_is_cut():
    findings = [Finding("stops", f"finding {number}") for number in range(50)]
    text = reporting.as_text(Report("", list("abcdef"), findings, [CELL] * 3, False, 1.0))
    assert "Cells: 3 modelled" in text and "and 10 more: --json has all" in text
    assert "50 to mend" in text
