"""What a page says of licences, from a warehouse made here: one source is private."""

import duckdb
import pytest

from cradle.report.ask import Marts
from cradle.report.page import Page, Section
from cradle.report.passing_on import notices


@pytest.fixture(scope="module")
def marts(tmp_path_factory):
    db = tmp_path_factory.mktemp("licences") / "cradle.duckdb"
    with duckdb.connect(str(db)) as con:
        con.execute(
            """
            create schema seeds;
            create schema marts;
            create table seeds.licences as
            select * from (values ('CC0-1.0', 'open', 'yes'), ('private', null, 'no'))
                as t(licence_id, pack, redistributable);
            create table marts.sources as
            select * from (values ('public', 'CC0-1.0', 'yes', 'dataset', 'open'),
                ('power:mine', 'private', 'no', 'user_table', null))
                as t(source_id, licence_id, redistributable, kind, licence_pack);
            create table marts.runs as
            select * from (values ('public', 'CC0-1.0', 1.0), ('power:mine', 'private', 2.0))
                as t(source_id, licence_set, energy_kwh);
            create table marts.open_runs as select * from marts.runs where source_id = 'public';
            create table marts.quarantine as select 'power:mine' as source_id, 'secret' as offending_text;
            """
        )
    with Marts(db) as opened:
        yield opened


def page(rows, source):
    return Page("p", "P", "G", "L", [Section("s", "S", "T", rows, source)])


def notice(marts, rows, source):
    return notices(marts, [page(rows, source)])["p"]


def test_rows_that_name_their_licence_are_judged_by_it(marts):
    may = notice(marts, [{"energy_kwh": 1.0, "licence_set": "CC0-1.0"}], "marts.runs")
    may_not = notice(marts, [{"energy_kwh": 2.0, "licence_set": "CC0-1.0; private"}], "marts.runs")
    assert may.licences == ["CC0-1.0"] and may.reasons == []
    assert may_not.licences == ["CC0-1.0", "private"] and len(may_not.reasons) == 1


def test_a_licence_that_nobody_knows_bars_a_page(marts):
    assert notice(marts, [{"licence_set": "unheard-of"}], "marts.runs").reasons


@pytest.mark.parametrize(("source", "barred"), [("marts.runs, summed", True), ("marts.open_runs", False)])
def test_rows_without_a_licence_are_judged_by_the_mart_they_come_from(marts, source, barred):
    assert bool(notice(marts, [{"total_kwh": 3.0}], source).reasons) is barred


def test_a_quoted_cell_of_a_private_source_bars_a_page(marts):
    assert notice(marts, [{"example": "secret"}], "marts.quarantine").reasons


def test_the_name_of_a_private_table_bars_a_page_and_the_list_of_licences_does_not(marts):
    mine = {"source_id": "power:mine", "kind": "user_table", "redistributable": "no", "licence_id": "private"}
    public = {"source_id": "public", "kind": "dataset", "redistributable": "no", "licence_id": "private"}
    assert notice(marts, [mine], "marts.sources").reasons
    assert notice(marts, [public], "marts.sources").reasons == []
