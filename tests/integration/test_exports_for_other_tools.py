"""The real warehouse in each format, opened by the tool that the format is for."""

import json
import math
import os
import re
import subprocess
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest
import python_calamine

from cradle.paths import PROJECT_ROOT
from cradle.query import ask
from exports.excel.sheets import MARTS
from exports.write import write_export

READ_OPENLCA = Path(__file__).with_name("read_openlca.py")
QUERIES = PROJECT_ROOT / "docs" / "queries.md"
LARGE = 15_000  # rows; larger files are compared with the marts, and not read cell by cell in Python as well


@pytest.fixture(scope="module")
def export(built_warehouse, tmp_path_factory):
    def write(form, **options):
        out = tmp_path_factory.mktemp(form) / form
        return out, write_export(built_warehouse, out, form, **options)

    return write


@pytest.fixture(scope="module")
def totals(bundled):
    rows = bundled.execute(
        "select scenario_id, electricity_view, impact_category, unit, value from marts.impact_totals"
    ).fetchall()
    assert sum(row[-1] is not None for row in rows) > 1000 and any(row[-1] is None for row in rows)
    return {row[:4]: row[4] for row in rows}


def counts(con):
    names = con.execute("select table_name from duckdb_tables() where schema_name = 'marts' order by all").fetchall()
    return {name: con.execute(f"select count(*) from marts.{name}").fetchall()[0][0] for (name,) in names}


def test_csv_is_a_package_that_frictionless_validates_and_holds_every_row(export, bundled):
    out, _ = export("csv")
    package = frictionless.Package.from_descriptor(str(out / "datapackage.json"))
    there = counts(bundled)
    assert {resource.name for resource in package.resources} == set(there)
    for resource in package.resources:
        if there[resource.name] < LARGE:
            report = resource.validate()
            assert report.valid, (resource.name, report.flatten(["type", "note"])[:3])
            assert report.tasks[0].stats.get("rows", 0) == there[resource.name]
        types = dict(
            bundled.execute(
                "select column_name, data_type from duckdb_columns() where schema_name = 'marts' and table_name = ?",
                [resource.name],
            ).fetchall()
        )
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        file = f"read_csv('{out / resource.path}', header = true, columns = {{{columns}}})"
        assert bundled.execute(f"from marts.{resource.name} except all from {file}").fetchall() == []
        assert bundled.execute(f"from {file} except all from marts.{resource.name}").fetchall() == []


def test_the_workbook_holds_the_marts_an_analyst_wants(export, bundled):
    out, done = export("excel")
    assert done.notes == []
    book = python_calamine.CalamineWorkbook.from_path(out / "cradle.xlsx")
    assert book.sheet_names == ["README", "data_dictionary", *MARTS]
    for name, shown in MARTS.items():
        rows = book.get_sheet_by_name(name).to_python()
        columns = [row[0] for row in bundled.execute(f"describe marts.{name}").fetchall()]
        assert rows[0] == columns
        where = f"from marts.{name} where {shown or 'true'}"
        assert len(rows) - 1 == bundled.execute(f"select count(*) {where}").fetchall()[0][0], name
        if "value" in columns:
            value = columns.index("value")
            numbers = [row[value] for row in rows[1:] if row[value] != ""]
            count, total = bundled.execute(f"select count(value), fsum(value) {where}").fetchall()[0]
            assert len(numbers) == count and math.isclose(math.fsum(numbers), total, rel_tol=1e-12), name
    read = openpyxl.load_workbook(out / "cradle.xlsx", read_only=True)
    described = {row[:2] for row in read["data_dictionary"].iter_rows(min_row=2, values_only=True) if row[5]}
    assert {("impact_totals", "value"), ("factors", "licence_id")} <= described
    totals = list(read["impact_totals"].iter_rows(values_only=True))
    value, completeness = totals[0].index("value"), totals[0].index("completeness")
    assert all((row[value] is None) == (row[completeness] == "none") for row in totals[1:])


def test_the_duckdb_file_opens_and_keeps_rows_and_comments(export, bundled):
    out, _ = export("duckdb")
    with duckdb.connect(str(out / "cradle.duckdb"), read_only=True) as con:
        assert counts(con) == counts(bundled)
        said = (
            "select table_name, column_name, comment from duckdb_columns()"
            " where schema_name in ('marts', 'answers') order by all"
        )
        commented = con.execute(said).fetchall()
        assert [_without_unit(row) for row in commented] == [
            _without_unit(row) for row in bundled.execute(said).fetchall()
        ]
        # of the units of the dictionary only those that the columns of the table give
        units = {(table, column): comment for table, column, comment in commented}
        assert "- Unit: in unit\n" in units["allocated_impacts", "value"]
        assert "- Unit: in amount_unit per reference_unit\n" in units["factors", "value"]
        query = "select count(*), count(value), fsum(value) from marts.impacts"
        assert con.execute(query).fetchall() == bundled.execute(query).fetchall()
        assert con.execute("select count(*) from about.sources where licence_id is null").fetchall() == [(0,)]
        saved = "select view_name, comment from duckdb_views() where schema_name = 'answers' order by all"
        views = con.execute(saved).fetchall()
        assert views == bundled.execute(saved).fetchall() and len(views) > 10
        for name, _ in views:
            described = f"describe answers.{name}"
            assert con.execute(described).fetchall() == bundled.execute(described).fetchall()
    page = QUERIES.read_text(encoding="utf-8")
    answered = re.findall(r"```sql\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert len(answered) > 10
    for query, answer in answered:
        assert ask(out / "cradle.duckdb", query) == answer, query


def _without_unit(row):
    return *row[:-1], re.sub(r"\n- Unit: .*", "", row[-1])


def test_brightway_computes_the_totals_of_the_mart(export, totals, peers_python, tmp_path):
    out, _ = export("brightway")
    done = _run(peers_python, tmp_path, out / "import_into_brightway.py", "cradle", out / "cradle-brightway.json")
    rows = [line.split("\t") for line in done.splitlines() if line.count("\t") == 5]
    assert len(rows) == len(totals)
    for scenario, view, category, score, unit, _ in rows:
        expected = totals[scenario, view, category, unit]
        if expected is None:
            assert score == "not modelled"
        else:
            assert math.isclose(float(score), expected, rel_tol=1e-9, abs_tol=0), (scenario, view, category)


def test_olca_schema_reads_the_processes_that_give_the_totals_of_the_mart(export, totals, peers_python, tmp_path):
    out, _ = export("openlca")
    found = json.loads(_run(peers_python, tmp_path, READ_OPENLCA, out / "cradle-openlca.zip").splitlines()[-1])
    for (scenario, view, category, unit), expected in totals.items():
        total = found[f"{scenario}, functional unit, electricity by {view}"].get(f"{category}|{unit}")
        if expected is None:
            assert total is None, (scenario, view, category)
        else:
            assert math.isclose(total, expected, rel_tol=1e-9, abs_tol=0), (scenario, view, category)


@pytest.mark.parametrize("form", ["duckdb", "openlca"])
def test_a_format_withholds_what_may_not_be_passed_on(export, form):
    out, done = export(form, publish=True, without_packs=["odbl"])
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert package["attribution"] == "ATTRIBUTION.md" and (out / "ATTRIBUTION.md").is_file()
    assert done.held_back and len(package["held_back"]) == len(done.held_back)
    named = {licence["name"] for resource in package["resources"] for licence in resource.get("licenses", [])}
    assert named and "ODbL-1.0" not in named


def _run(python, folder, script, *arguments):
    done = subprocess.run(
        [str(python), str(script), *map(str, arguments)],
        env={**os.environ, "BRIGHTWAY2_DIR": str(folder), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
