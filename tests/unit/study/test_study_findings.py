import duckdb
import pytest

from cradle.errors import StudyError
from cradle.study.adding import add, lineage
from cradle.study.checking import _as_copied, _asked_for, _without_value
from cradle.study.dbt_steps import Failure, _rule
from cradle.study.failing import findings_of
from cradle.study.findings import Places
from cradle.study.reading import read_seeds

TEMPLATE = "luccioni_2023_bloom_pue"


def change(seeds, path, old, new):
    file = seeds / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    file.write_text(text.replace(old, new), encoding="utf-8")


def places(seeds) -> Places:
    found, findings = read_seeds(seeds)
    assert findings == []
    rows = [row.cells["scenario_id"] for row in found["scenarios"].rows]
    return Places(found, {name: [r["scenario_id"] for r in lineage(found["scenarios"], name)[1:]] for name in rows})


def failure(**parts) -> Failure:
    empty = Failure("a_test", "test", "parameters", "", {}, "", "", [])
    return empty._replace(**parts)


def test_the_seeds_as_they_are_can_be_read(seeds):
    assert read_seeds(seeds)[1] == []


CELLS = {
    "a decimal comma": ("pue,1.2,", 'pue,"1,2",', "a number", "a point and not a comma"),
    "a word": ("pue,1.2,", "pue,high,", "a number", ""),
    "nan": ("pue,1.2,", "pue,nan,", "a number", ""),
    "infinite": ("pue,1.2,", "pue,inf,", "a number", ""),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_of_another_type_is_said_with_its_line(seeds, name):
    old, new, expected, todo = CELLS[name]
    add(seeds, "mine", TEMPLATE)
    change(seeds, "service_models/parameters.csv", f"mine.pue,mine,{old}", f"mine.pue,mine,{new}")
    lines = (seeds / "service_models/parameters.csv").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith("mine.pue"))
    (finding,) = read_seeds(seeds)[1]
    assert finding.where == [f"seeds/service_models/parameters.csv:{line}"]
    assert finding.expected == expected and todo in finding.todo


def test_every_broken_file_is_said_and_not_the_first_alone(seeds):
    (seeds / "service_models/flows.csv").write_bytes(b"")
    (seeds / "service_models/parameters.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (seeds / "service_models/scenarios.csv").unlink()
    said = [(finding.what, finding.where[0]) for finding in read_seeds(seeds)[1]]
    assert ("a seed is empty", "seeds/service_models/flows.csv") in said
    assert ("a seed has other cells than columns", "seeds/service_models/parameters.csv:1") in said
    assert ("a seed is missing", "scenarios") in said


def test_an_unknown_unit_names_the_row_and_what_is_like_it(seeds):
    add(seeds, "mine", TEMPLATE)
    change(
        seeds,
        "service_models/parameters.csv",
        "mine,accelerator_power,0.4,kW/item",
        "mine,accelerator_power,0.4,kW/itme",
    )
    found = failure(
        kind="relationships",
        column="unit",
        arguments={"to": "ref('units')", "field": "unit"},
        rows=[{"from_field": "kW/itme"}],
    )
    (finding,) = findings_of(found, places(seeds), duckdb.connect())
    assert finding.level == "stops" and "kW/item" in finding.expected
    assert len(finding.where) == 1 and finding.where[0].startswith("seeds/service_models/parameters.csv:")


def test_a_misspelt_parameter_names_its_row_and_the_right_one(seeds):
    add(seeds, "mine", TEMPLATE)
    change(seeds, "service_models/parameters.csv", "mine.pue,mine,pue,", "mine.pue,mine,peu,")
    found = failure(test="stated_parameters_are_used", rows=[{"model_id": "accelerator_run", "parameter_name": "peu"}])
    (finding,) = findings_of(found, places(seeds), duckdb.connect())
    assert finding.expected == "such as pue"
    assert len(finding.where) == 1


def test_units_that_do_not_multiply_name_every_term_with_its_unit_and_row(seeds):
    add(seeds, "mine", TEMPLATE)
    con = duckdb.connect()
    con.execute("create schema intermediate; create schema seeds")
    con.execute(
        "create table intermediate.int_flows__evaluate_terms as from (values ('mine', 'accelerator_run.electricity',"
        " 'pue', 1, '1'), ('mine', 'accelerator_run.electricity', 'accelerator_hours', 2, 'h'))"
        " t (scenario_id, flow_id, parameter_name, exponent, unit)"
    )
    con.execute("create table seeds.flows as select 'accelerator_run.electricity' as flow_id, 'kWh' as unit")
    row = {"scenario_id": "mine", "flow_id": "accelerator_run.electricity", "base_unit": "h"}
    found = failure(test="units_of_terms_give_the_unit_of_their_flow", rows=[row, row | {"base_unit": "item"}])
    (finding,) = findings_of(found, places(seeds), con)
    assert finding.got == "accelerator_hours [h]^2 x pue [1]" and finding.expected == "kWh"
    assert len(finding.where) == 3


OTHER = [
    (
        {
            "kind": "accepted_values",
            "column": "kind",
            "arguments": {"values": ["a", "b"]},
            "rows": [{"value_field": "c"}],
        },
        "a, b",
    ),
    (
        {"kind": "accepted_values", "column": "kind", "arguments": {"values": ["a"]}, "rows": [{"value_field": None}]},
        "a",
    ),
    ({"kind": "not_null", "column": "locator", "rows": [{"locator": None}]}, "a value in every row"),
    ({"kind": "unique", "column": "parameter_id", "rows": [{"unique_field": "x"}]}, "each once"),
    ({"test": "some_rule", "rule": "What must hold.", "rows": [{"scenario_id": "s", "o": None}]}, "What must hold."),
    ({"test": "some_model", "kind": "model", "message": "Constraint Error"}, ""),
]


@pytest.mark.parametrize(("parts", "said"), OTHER)
def test_any_other_failure_is_said_without_a_traceback(seeds, parts, said):
    (finding,) = findings_of(failure(**parts), places(seeds), duckdb.connect())
    assert finding.level == "stops" and finding.expected == said


UNSOUND = [
    ("not_null", "unit locator", None, ["unit of parameters is empty", "locator of parameters is empty"]),
    ("unique", "parameter_id", "x", ["parameter_id 'x' stands more than once"]),
    ("accepted_values", "kind", "guessed", ["kind is 'guessed'"]),
    ("finite", "value", "nan", ["value of parameters is not finite"]),
]


@pytest.mark.parametrize(("check", "column", "value", "said"), UNSOUND)
def test_the_test_of_all_columns_is_said_as_if_each_were_asked_alone(seeds, check, column, value, said):
    rows = [{"check_name": check, "column_name": column, "value_found": value, "occurrences": 1, "first_key": None}]
    found = failure(kind="sound_columns", arguments={"accepted_values": {"kind": ["a", "b"]}}, rows=rows)
    findings = findings_of(found, places(seeds), duckdb.connect())
    assert [finding.what for finding in findings] == said
    if check == "accepted_values":
        assert findings[0].expected == "a, b"


def test_the_rule_of_a_test_is_its_first_comment():
    assert _rule("-- One.\n-- Two.\nselect 1 -- no") == "One. Two."
    assert _rule("select 1") == _rule("") == ""


def test_the_place_of_a_row_is_found_through_the_parents(seeds):
    found = places(seeds).of_row({"scenario_id": "sd_service_2025_table2", "parameter_name": "pue", "value": 1})
    lines = (seeds / "service_models/parameters.csv").read_text(encoding="utf-8").splitlines()
    assert [lines[int(place.rpartition(":")[2]) - 1].split(",")[0] for place in found] == ["sd_service_2025_open.pue"]


def test_what_is_still_as_copied(seeds):
    add(seeds, "mine", TEMPLATE)
    path = "service_models/parameters.csv"
    change(seeds, path, "mine,pue,1.2,1", "mine,pue,1.3,1")
    change(seeds, path, "mine,accelerator_power,0.4,kW/item,,,,,mine.accelerator_power,estimated,luccioni_2023",
           "mine,accelerator_power,650,W/item,,,,,mine.accelerator_power,published,own_study__mine")  # fmt: skip
    found = places(seeds)
    said = {finding.what for finding in _as_copied(["mine"], found.seeds, found.parents)}
    assert said == {
        "1 parameter of mine as copied from its template",
        "pue is changed and still cites where the old number is from",
        "accelerator_power is changed and its note still says that it is copied",
        "the functional unit of mine is that of its template",
        "the period of mine is that of its template",
        "the place of data_centre of mine is that of its template",
    }


def test_a_study_is_its_scenario_and_its_variants(seeds):
    add(seeds, "mine", "bloom_mlca_open", with_model=True)
    path = seeds / "service_models/scenarios.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "mine_later,mine,mine,,,,,Later,\nelse,mine,,,,,,Else,\n", encoding="utf-8"
    )
    found = places(seeds)
    assert _asked_for("", found.seeds, found.parents) == ["mine", "mine_later", "else"]
    assert _asked_for("mine_later", found.seeds, found.parents) == ["mine_later"]
    assert len(_asked_for("all", found.seeds, found.parents)) == len(found.parents)
    with pytest.raises(StudyError, match="such as mine"):
        _asked_for("mien", found.seeds, found.parents)


def test_a_study_whose_scenario_was_renamed_is_said(seeds):
    add(seeds, "mine", TEMPLATE)
    change(seeds, "service_models/scenarios.csv", "\nmine,accelerator_run,", "\nother,accelerator_run,")
    found = places(seeds)
    with pytest.raises(StudyError, match="the study 'mine' has no scenario"):
        _asked_for("mine", found.seeds, found.parents)


def test_a_missing_value_is_named_at_its_root(seeds):
    add(seeds, "mine", "patterson_2021_nas")
    con = duckdb.connect()
    con.execute("create schema intermediate")
    con.execute(
        "create table intermediate.int_flows__evaluate_terms as from (values ('mine', 'accelerator_hours',"
        " 'accelerator_run.electricity', null)) t (scenario_id, parameter_name, flow_id, value)"
    )
    con.execute(
        "create table intermediate.int_parameters__derive as from (values ('mine', 'accelerators', 200))"
        " t (scenario_id, parameter_name, value)"
    )
    found = places(seeds)
    (finding,) = _without_value(con, ["mine"], found, found.seeds)
    assert finding.what == "parameter duration of mine has no value"
    assert "accelerator_run.electricity needs it" in finding.got
