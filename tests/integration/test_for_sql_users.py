"""What whoever opens the published file finds in it: what each table and column means, and saved views that answer."""

import re
import shutil

import duckdb
import pytest

from cradle.dictionary import Field, load
from cradle.paths import PROJECT_ROOT

READ = ("marts", "answers")


@pytest.fixture(scope="module")
def relations(bundled):
    """Each table and view that a user reads, with its comment."""
    rows = bundled.execute(
        "select schema_name, table_name, comment from duckdb_tables() where database_name = current_database()"
        " union all "
        "select schema_name, view_name, comment from duckdb_views() where database_name = current_database()"
    ).fetchall()
    return {f"{schema}.{name}": comment for schema, name, comment in rows if schema in READ}


def saved_views(con):
    rows = con.execute("select view_name from duckdb_views() where schema_name = 'answers' order by all").fetchall()
    return [name for (name,) in rows]


def test_each_table_and_view_says_what_one_row_is(relations):
    assert len(relations) > 50
    assert [name for name, comment in relations.items() if "one row" not in (comment or "")] == []


def test_each_column_says_what_the_dictionary_says_of_it(bundled, relations):
    dictionary = load()
    columns = bundled.execute(
        "select schema_name || '.' || table_name, column_name, comment from duckdb_columns()"
        " where database_name = current_database() and list_contains(?, schema_name)",
        [list(READ)],
    ).fetchall()
    assert {relation for relation, _, _ in columns} == set(relations)
    wrong = [
        f"{relation}.{name}"
        for relation, name, comment in columns
        if not comment or Field.from_doc(name, comment) != dictionary[name]
    ]
    assert wrong == []


def test_what_to_read_first_names_every_saved_view_and_nothing_that_is_not_there(bundled, relations):
    named = [name for (name,) in bundled.execute("select relation_name from answers.start_here").fetchall()]
    assert set(named) <= set(relations)
    assert {name for name in relations if name.startswith("answers.")} - set(named) == {"answers.start_here"}


def test_saved_views_are_made_of_marts_alone():
    """Else they could not go with an export of the marts."""
    marts = {file.stem for file in (PROJECT_ROOT / "models" / "marts").rglob("*.sql")}
    views = list((PROJECT_ROOT / "models" / "answers").glob("*.sql"))
    used = {name for file in views for name in re.findall(r"ref\('(\w+)'\)", file.read_text(encoding="utf-8"))}
    assert len(views) > 10 and used and used <= marts


def test_saved_views_answer_under_any_name_of_the_file(built_warehouse, bundled, tmp_path):
    """The work file is called otherwise too: a view whose text named its database would answer nowhere else."""
    file = tmp_path / "another name.duckdb"
    shutil.copy(built_warehouse, file)
    with duckdb.connect() as con:
        con.execute(f"attach '{file}' as of_mine (read_only)")
        # tables of the same names in the database in use are others
        con.execute("create schema marts; create table marts.impact_totals as select 'mine' as scenario_id")
        for name in saved_views(bundled):
            one_scenario = "where scenario_id = 'bloom_mlca'" if name == "service_impacts" else ""
            query = f"select count(*) from {{}}answers.{name} {one_scenario}"
            rows = con.execute(query.format("of_mine.")).fetchall()
            assert rows == bundled.execute(query.format("")).fetchall() and rows[0][0] > 0, name


def test_a_service_by_part_and_stage_adds_up_to_its_totals(bundled):
    """In each view of electricity: who adds the rows of one view has the total, and nothing twice."""
    differing = bundled.execute(
        """
        with parts as (
            select scenario_id, impact_category, electricity_view, sum(value) as value
            from answers.service_impacts
            where scenario_id in ('sd_service_2025_open', 'google_2025_gemini', 'bloom_mlca')
            group by all
        )

        select *
        from parts
        inner join answers.service_totals as totals using (scenario_id, impact_category, electricity_view)
        where (parts.value is null) != (totals.value is null) or abs(parts.value - totals.value) > 1e-9 * totals.value
        """
    ).fetchall()
    assert differing == []


def test_each_cell_without_a_value_is_said_or_has_its_flow_in_another_basis(bundled):
    (lines,) = bundled.execute("select sum(cells_listed) from answers.not_modelled").fetchall()
    (cells,) = bundled.execute(
        """
        with cells as (
            select
                count(*) filter (where value is null and state != 'not_applicable') as without,
                count(*) filter (where state = 'not_modelled' and flows_expected = 0) as without_flow,
                max(flows_expected) as flows_expected
            from marts.impacts_by_part_stage_category
            group by scenario_id, service_part, life_cycle_stage, impact_category
        )

        select sum(case when flows_expected > 0 then without - without_flow else without end) from cells
        """
    ).fetchall()
    assert lines == cells and lines[0] > 100_000


def test_each_total_says_what_it_is_stated_for(bundled):
    without = "select count(*) from answers.service_totals where functional_unit is null or task is null"
    assert bundled.execute(without).fetchall() == [(0,)]
