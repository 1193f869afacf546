import csv
import hashlib
import json
import re
import shutil
from itertools import pairwise

import duckdb
import pytest

from cradle.cli import main
from cradle.dictionary.marts import load_marts
from cradle.diff.changelog import COLUMNS
from cradle.diff.needed import KEYS, NEEDED, OPTIONAL
from cradle.errors import ExportError
from exports.folder import DESCRIPTOR
from exports.kept import keep_export


@pytest.fixture
def two(q2_and_q3, kept, monkeypatch):
    shutil.copytree(q2_and_q3 / "kept", kept)
    monkeypatch.setenv("CRADLE_KEPT", str(kept))


def refused(capsys, *arguments):
    """The message of a command that ends with 2, and no traceback."""
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


def described_again(folder, change):
    file = folder / DESCRIPTOR
    package = json.loads(file.read_text(encoding="utf-8"))
    change(package)
    file.write_text(json.dumps(package), encoding="utf-8")


def hashed_again(folder, table):
    def change(package):
        for resource in package["resources"]:
            if resource["name"] == table:
                content = (folder / f"{table}.parquet").read_bytes()
                resource["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()

    described_again(folder, change)


def test_the_summary_comes_first_then_the_table(two, capsys):
    assert main(["diff", "q2", "q3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"q2 \(Cradle \S+\) → q3 \(Cradle \S+\)", lines[0])
    assert lines[1:] == [
        "1 total of 8 moved, in 1 of 2 scenarios",
        "because of:",
        "  parameter: pue 1.2 → 1.5 (1 total in 1 scenario)",
        "recomputed published results that moved: 1 (printed)",
        "",
        "scenario  impact_category  electricity_view  before  after  unit    change  relative  part  because of",
        "--------  ---------------  ----------------  ------  -----  ------  ------  --------  ----"
        "  ------------------------",
        "service   GWP              location          114     115.5  kgCO2e  1.5     +1.32 %   1.5"
        "   parameter: pue 1.2 → 1.5",
    ]


def test_json_has_the_exact_numbers(two, capsys):
    assert main(["diff", "q2", "q3", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["before"]["name"] == "q2"
    assert answer["totals"][0]["causes"][0]["part"] == pytest.approx(1.5, rel=1e-12)


@pytest.mark.parametrize(
    "options, first", [([], "service,GWP,location"), (["--cells"], "service,power,use,GWP,location")]
)
def test_csv_has_a_row_for_each_cause(two, capsys, options, first):
    assert main(["diff", "q2", "q3", "--format", "csv", *options]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert row.startswith(first) and "parameter,service.pue" in row
    assert head.startswith("scenario_id,")


def test_markdown_is_a_table(two, capsys):
    assert main(["diff", "q2", "q3", "--format", "markdown"]) == 0
    table = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in table} == {11} and len(table) == 3


def test_a_folder_is_compared_as_a_kept_one_is(two, kept, capsys):
    assert main(["diff", str(kept / "q2"), "q3"]) == 0
    assert "1 total of 8" in capsys.readouterr().out


@pytest.mark.parametrize("after, code", [("q2", 0), ("q3", 1)])
def test_the_exit_code_says_whether_anything_differs(two, after, code):
    assert main(["diff", "q2", after, "--exit-code"]) == code
    assert main(["diff", "q2", after]) == 0


def test_the_changelog_is_a_table_that_can_be_committed(two, tmp_path):
    file = tmp_path / "results.md"
    assert main(["diff", "q2", "q3", "--changelog", str(file), "--date", "2026-10-01"]) == 0
    assert file.read_text(encoding="utf-8").splitlines() == [
        "## q2 → q3",
        "",
        "| date | scenario | category | view | before | after | unit | change | cause |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| 2026-10-01 | service | GWP | location | 114 | 115.5 | kgCO2e | 1.5 (+1.32 %)"
        " | parameter: pue 1.2 → 1.5 (1.5) |",
    ]


def test_rows_of_the_changelog_are_added_once(two, keep, tmp_path):
    file = tmp_path / "changelog.csv"
    keep("q4")
    for before, after in [*pairwise(["q2", "q3", "q4"]), ("q2", "q3")]:
        assert main(["diff", before, after, "--changelog", str(file)]) == 0
    with file.open(encoding="utf-8", newline="") as content:
        rows = list(csv.DictReader(content))
    assert list(rows[0]) == COLUMNS
    assert sorted((row["old_export_name"], row["new_export_name"], row["cause_id"]) for row in rows) == [
        ("q2", "q3", "service.pue"),
        ("q3", "q4", "service.pue"),
    ]


def test_totals_of_a_new_scenario_are_rows_of_the_changelog(keep, kept, tmp_path, monkeypatch):
    monkeypatch.setenv("CRADLE_KEPT", str(kept))
    keep(
        "q2",
        "delete from given.scenarios where scenario_id = 'still';"
        "delete from given.parameters where scenario_id = 'still'",
    )
    keep("q3")
    file = tmp_path / "changelog.csv"
    assert main(["diff", "q2", "q3", "--category", "GWP", "--changelog", str(file)]) == 0
    with file.open(encoding="utf-8", newline="") as content:
        rows = list(csv.DictReader(content))
    assert [(r["scenario_id"], r["electricity_view"], r["value_before"], r["cause"]) for r in rows] == [
        ("still", "location", "", "the scenario is new"),
        ("still", "market", "", "the scenario is new"),
    ]
    assert [float(row["part_of_change"]) for row in rows] == pytest.approx([114, 108])


def test_both_views_in_one_row_where_they_moved_alike(keep, kept, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_KEPT", str(kept))
    keep("q2")
    keep("q3", "update given.parameters set value = 4.4 where parameter_name = 'cards' and scenario_id = 'service'")
    assert main(["diff", "q2", "q3", "--category", "ADPe"]) == 0
    assert re.findall(r"^service .*$", capsys.readouterr().out, re.MULTILINE) == [
        "service   ADPe             both              0.0144  0.01584  kgSbe  0.00144  +10 %     0.00144"
        "  parameter: cards 4 → 4.4 item"
    ]


def test_a_kept_export_is_the_same_bytes_again_and_nothing_replaces_it(keep, kept, tmp_path):
    def contents():
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (kept / "q2").iterdir()}

    keep("q2")
    first = contents()
    with pytest.raises(ExportError, match="never replaced"):
        keep_export(tmp_path / "q2.duckdb", kept, "q2")
    assert contents() == first
    (kept / "q2").rename(tmp_path / "moved")
    keep_export(tmp_path / "q2.duckdb", kept, "q2")
    assert contents() == first


def test_kept_exports_are_listed_and_a_broken_one_says_so(keep, kept, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CRADLE_KEPT", str(kept))
    keep("q2")
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "q2.duckdb"))
    assert main(["export", "--keep", "q3", "--date", "2026-09-30", "--commit", "abc123"]) == 0
    (kept / "broken").mkdir()
    assert main(["kept"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^broken +no export", out, re.MULTILINE)
    assert re.search(r"^q3 +2026-09-30 +\S+ +abc123 +own use +11 +\d+", out, re.MULTILINE)


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "x" * 65, "a b"])
def test_a_name_that_is_no_plain_one_is_refused(name, tmp_path, kept):
    with pytest.raises(ExportError, match="cannot be the name"):
        keep_export(tmp_path / "none.duckdb", kept, name)


@pytest.mark.parametrize(
    "options, said",
    [
        (["--keep", "q", "--date", "1.10.2026"], "this is no day"),
        (["--keep", "q", "--date", "2026-02-30"], "this is no day"),
        (["--date", "2026-10-01"], "give --keep NAME"),
        (["--keep", "q", "--out", "x"], "leave --out away"),
    ],
)
def test_options_of_keeping_that_do_not_fit(options, said, capsys):
    assert said in refused(capsys, "export", *options).replace("\n", " ").replace("│", "")


def test_a_kept_export_to_publish_withholds_and_the_comparison_says_so(keep, kept, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_KEPT", str(kept))
    keep("q2", publish=True)
    closed = "insert into given.sources values ('atlas', 'closed', 'no', '1');"
    keep(
        "q3", f"{closed} update given.factors set source_id = 'atlas' where factor_id = 'makers:card:gwp'", publish=True
    )
    assert "makers:card:gwp" not in (kept / "q3" / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert main(["diff", "q2", "q3", "--scenario", "service", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {(row["impact_category"], row["after"], row["change"]) for row in answer["totals"]} == {("GWP", None, None)}
    assert {(c["cause_kind"], c["cause_id"]) for row in answer["totals"] for c in row["causes"]} == {
        ("state", "withheld")
    }
    assert "150" not in json.dumps(answer["totals"])


def test_there_is_no_such_export(two, capsys):
    assert "q2, q3" in refused(capsys, "diff", "q1", "q3")


def test_a_folder_that_is_no_export(two, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert "holds no export of Cradle" in refused(capsys, "diff", str(tmp_path / "empty"), "q3")
    (tmp_path / "empty" / DESCRIPTOR).write_text('{"name": "other", "resources": []}', encoding="utf-8")
    assert "something else" in refused(capsys, "diff", str(tmp_path / "empty"), "q3")
    (tmp_path / "empty" / DESCRIPTOR).write_text('{"name": "cradle", "resources": [{}]}', encoding="utf-8")
    assert "no 'name'" in refused(capsys, "diff", str(tmp_path / "empty"), "q3")


def test_a_file_that_was_cut_off(two, kept, capsys):
    file = kept / "q3" / "impacts.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    assert "cut off or changed" in refused(capsys, "diff", "q2", "q3")
    file.unlink()
    assert "cannot be read" in refused(capsys, "diff", "q2", "q3")


def test_a_file_that_was_changed(two, kept, capsys):
    (kept / "q3" / "impacts.parquet").write_bytes((kept / "q2" / "impact_totals.parquet").read_bytes())
    said = refused(capsys, "diff", "q2", "q3")
    assert "cut off or changed" in said and "sha256:" in said


def test_a_truncated_file_whose_hash_was_written_anew(two, kept, capsys):
    file = kept / "q3" / "impacts.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    hashed_again(kept / "q3", "impacts")
    assert "cannot be read side by side" in refused(capsys, "diff", "q2", "q3")


@pytest.mark.parametrize("table", ["impacts", "factors", "parameter_inputs"])
def test_a_row_that_comes_twice_with_a_hash_written_anew(two, kept, capsys, table):
    file = kept / "q3" / f"{table}.parquet"
    with duckdb.connect() as con:
        con.execute(f"create table t as from '{file}'")
        con.execute(f"copy (from t union all (from t order by all limit 1)) to '{file}'")
    hashed_again(kept / "q3", table)
    said = refused(capsys, "diff", "q2", "q3")
    assert "holds a row twice" in said and str(file) in said and f"{KEYS[table][-1]} '" in said
    assert "cradle export" in said


def test_the_keys_of_a_comparison_are_those_of_the_marts():
    marts = load_marts()
    assert set(KEYS) == {*NEEDED, *OPTIONAL}
    assert {table: set(marts[table].key) for table in KEYS} == {table: set(key) for table, key in KEYS.items()}


def test_an_export_of_another_schema(two, kept, capsys):
    def without_a_column(package):
        for resource in package["resources"]:
            if resource["name"] == "impacts":
                resource["schema"]["fields"] = [f for f in resource["schema"]["fields"] if f["name"] != "selection_id"]

    described_again(kept / "q3", without_a_column)
    assert "impacts.selection_id" in refused(capsys, "diff", "q2", "q3")
    described_again(kept / "q3", lambda p: p.update(resources=[r for r in p["resources"] if r["name"] != "factors"]))
    assert "the table factors" in refused(capsys, "diff", "q2", "q3")


def test_an_older_export_without_the_inputs_stops_at_the_derived_parameter(two, kept, capsys):
    described_again(
        kept / "q2", lambda p: p.update(resources=[r for r in p["resources"] if r["name"] != "parameter_inputs"])
    )
    assert main(["diff", "q2", "q3"]) == 0
    assert "derivation: facility_energy 120 → 150 kWh (derived" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options, said",
    [
        (["--format", "xml"], "there is no such form"),
        (["--cells", "--changelog", "x.md"], "the changelog is of totals"),
        (["--changelog", "x.md", "--date", "soon"], "this is no day"),
        (["--threshold", "-1"], "--threshold"),
    ],
)
def test_options_that_do_not_fit(two, options, said, capsys):
    assert said in refused(capsys, "diff", "q2", "q3", *options)
