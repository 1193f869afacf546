import json

import duckdb
import frictionless
import pytest

from cradle import paths
from cradle.cli import main
from cradle.errors import ExportError
from exports.parquet import publish_parquet

# Every kind of table: rows of one licence, results with a state, results without, rows of a source, names only, and one
# that says nothing. `atlas` may not be passed on, `devices` is ODbL, `cards` is CC BY-SA, `grid` and `paper` are open.
WAREHOUSE = """
create schema seeds;
create table seeds.licences (licence_id varchar, name varchar, pack varchar, redistributable varchar);
insert into seeds.licences values
    ('etalab-2.0', 'Licence Ouverte', 'open', 'yes'), ('CC-BY-4.0', 'CC BY', 'open', 'yes'),
    ('ODbL-1.0', 'ODbL', 'odbl', 'share-alike'), ('CC-BY-SA-4.0', 'CC BY-SA', 'by-sa', 'share-alike'),
    ('LicenseRef-not-stated', 'none', null, 'no');
create schema marts;
create table marts.sources (
    source_id varchar primary key, title varchar, version varchar, landing_page varchar, licence_id varchar,
    licence_name varchar, licence_url varchar, redistributable varchar, citation varchar, file_sha256 varchar
);
insert into marts.sources values
    ('atlas', 'Atlas', '1', null, 'LicenseRef-not-stated', 'No licence', null, 'no', 'Atlas (2020).', 'a'),
    ('cards', 'Cards', '1', null, 'CC-BY-SA-4.0', 'CC BY-SA 4.0', 'https://example.org/sa', 'share-alike', 'C.', 'c'),
    ('devices', 'Devices', '2', 'https://example.org/d', 'ODbL-1.0', 'ODbL', 'https://example.org/odbl', 'share-alike',
        'Devices (2023).', 'd'),
    ('grid', 'Grid', '3', null, 'etalab-2.0', 'Licence Ouverte', 'https://example.org/lo', 'yes', 'Grid (2024).', 'e'),
    ('paper', 'A paper', null, null, 'CC-BY-4.0', 'CC BY 4.0', 'https://example.org/by', 'yes', 'Author (2023).', null);
create table marts.factors (factor_id varchar primary key, source_id varchar, value double, licence_id varchar);
insert into marts.factors values
    ('atlas:1', 'atlas', 11, 'LicenseRef-not-stated'), ('cards:1', 'cards', 12, 'CC-BY-SA-4.0'),
    ('devices:1', 'devices', 13, 'ODbL-1.0'), ('grid:1', 'grid', 14, 'etalab-2.0'), ('grid:2', 'grid', 15, null);
create table marts.factor_selection (selection_id varchar primary key, factor_id varchar, source_id varchar);
insert into marts.factor_selection values ('s1', 'atlas:1', 'atlas'), ('s2', 'grid:1', 'grid');
create table marts.impacts (
    flow_id varchar primary key, state varchar, state_reason varchar, completeness varchar, amount double,
    factor_value double not null, value double, value_low double, is_ranged boolean, summing_method varchar,
    factor_id varchar, factor_source_id varchar, licence_set varchar
);
insert into marts.impacts values
    ('on_atlas', 'modelled', 'rule 1', 'complete', 2, 11, 22, 21, true, 'x', 'atlas:1', 'atlas',
        'CC-BY-4.0; LicenseRef-not-stated'),
    ('on_atlas_without_amount', 'not_modelled', 'no amount', 'none', null, 11, null, null, false, null, 'atlas:1',
        'atlas', null),
    ('on_devices', 'modelled', 'rule 1', 'complete', 2, 13, 26, 25, true, 'x', 'devices:1', 'devices',
        'CC-BY-4.0; ODbL-1.0'),
    ('on_grid', 'modelled', 'rule 1', 'complete', 2, 14, 28, 27, true, 'x', 'grid:1', 'grid', 'CC-BY-4.0; etalab-2.0'),
    ('on_nothing', 'not_modelled', 'no factor', 'none', null, 0, null, null, false, null, null, null, null);
create table marts.impact_totals (scenario_id varchar primary key, value double, licence_set varchar);
insert into marts.impact_totals values
    ('open', 28, 'CC-BY-4.0; etalab-2.0'), ('cards', 40, 'CC-BY-SA-4.0; etalab-2.0'),
    ('atlas', 50, 'LicenseRef-not-stated; etalab-2.0'), ('empty', null, null);
create table marts.quarantine (source_id varchar, file_sha256 varchar, row_number integer, offending_text varchar);
insert into marts.quarantine values ('atlas', 'a', 1, 'secret'), ('devices', 'd', 1, '1,5'), ('grid', 'e', 1, 'x'),
    ('who', 'z', 1, 'y');
create table marts.findings (factor_id varchar, finding varchar);
insert into marts.findings values ('atlas:1', 'value 11 is odd'), ('grid:2', 'value 15 is odd'), (null, 'none');
create table marts.factor_disagreement (
    value_id varchar primary key, value double, lowest double, spread_ratio double, licence_id varchar,
    compared_licence_set varchar
);
insert into marts.factor_disagreement values
    ('atlas', 11, 11, 2, 'LicenseRef-not-stated', 'LicenseRef-not-stated; etalab-2.0'),
    ('beside_atlas', 22, 11, 2, 'etalab-2.0', 'LicenseRef-not-stated; etalab-2.0'),
    ('both', 5, 5, 1, 'etalab-2.0; CC-BY-4.0', 'CC-BY-4.0; etalab-2.0'),
    ('cards', 8, 7, 1.5, 'CC-BY-SA-4.0', 'CC-BY-SA-4.0; ODbL-1.0'),
    ('cards_alone', 8, 7, 1.5, 'CC-BY-SA-4.0', 'CC-BY-SA-4.0; etalab-2.0'),
    ('open_beside_cards', 9, 7, 1.5, 'etalab-2.0', 'CC-BY-SA-4.0; etalab-2.0');
create table marts.allocated_impacts (
    allocation_method varchar primary key, share double, share_lowest double, share_highest double,
    highest_by_lowest double, licence_set varchar, compared_licence_set varchar
);
insert into marts.allocated_impacts values
    ('by_atlas', 0.25, 0.25, 0.5, 2, 'LicenseRef-not-stated', 'LicenseRef-not-stated; etalab-2.0'),
    ('by_grid', 0.5, 0.25, 0.5, 2, 'etalab-2.0', 'LicenseRef-not-stated; etalab-2.0');
create table marts.silent (value double);
insert into marts.silent values (1), (2);
"""
MIX = "insert into marts.impact_totals values ('mixed', 66, 'CC-BY-SA-4.0; ODbL-1.0; etalab-2.0');"


@pytest.fixture
def publish(make_warehouse, tmp_path):
    """Publish a warehouse; returns a function that asks one of the files, what was held back, and the folder."""

    def run(more="", without=()):
        out = tmp_path / "published"
        _, held_back = publish_parquet(make_warehouse(WAREHOUSE + more), out, without)

        def ask(name, columns="*"):
            with duckdb.connect() as con:
                return con.execute(f"select {columns} from read_parquet('{out / name}.parquet')").fetchall()

        return ask, held_back, out

    return run


def counts(held_back):
    return {(held.table, held.rows_left_out, held.rows_withheld) for held in held_back}


def test_rows_of_one_licence_are_left_out_or_stand_with_their_pack(publish):
    ask, held_back, _ = publish()
    assert ask("factors", "factor_id") == [("grid:1",), ("grid:2",)]
    assert ask("factors.odbl", "factor_id") == [("devices:1",)]
    assert ask("factors.by-sa", "factor_id") == [("cards:1",)]
    assert ("factors", 1, 0) in counts(held_back)


def test_results_are_withheld_and_say_why(publish):
    ask, held_back, _ = publish()
    columns = "flow_id, state, state_reason, completeness, amount, factor_value, value, value_low, is_ranged, factor_id"
    reason = "withheld: licence LicenseRef-not-stated does not let the data be passed on"
    assert ask("impacts", columns)[:2] == [
        ("on_atlas", "withheld", reason, "none", None, None, None, None, False, "atlas:1"),
        ("on_atlas_without_amount", "not_modelled", "no amount", "none", None, None, None, None, False, "atlas:1"),
    ]
    assert ask("impacts", "flow_id, state, value")[2:] == [
        ("on_grid", "modelled", 28.0),
        ("on_nothing", "not_modelled", None),
    ]
    assert ask("impacts.odbl", "flow_id, value") == [("on_devices", 26.0)]
    assert ("impacts", 0, 2) in counts(held_back)


CARDS = """
create table marts.cards (
    answer_item varchar primary key, answer varchar not null, value double, state varchar, state_reason varchar,
    locator varchar, licence_set varchar
);
insert into marts.cards values
    ('comment', 'under contract 4711', null, 'stated', null, 'contract 4711', 'LicenseRef-not-stated'),
    ('energy', 'electricity of 12 nodes', 5, 'computed', 'partial', null, 'CC-BY-4.0; LicenseRef-not-stated'),
    ('place', 'Germany', null, 'stated', null, 'Table 1', 'CC-BY-4.0'),
    ('power', 'not stated', null, 'not_stated', 'needed: a parameter', null, null);
"""


def test_answers_in_words_are_withheld_as_numbers_are(publish):
    ask, held_back, _ = publish(CARDS)
    reason = "withheld: licence LicenseRef-not-stated does not let the data be passed on"
    assert ask("cards", "answer_item, answer, value, state, state_reason, locator") == [
        ("comment", None, None, "withheld", reason, None),
        ("energy", None, None, "withheld", reason, None),
        ("place", "Germany", None, "stated", None, "Table 1"),
        ("power", "not stated", None, "not_stated", "needed: a parameter", None),
    ]
    assert ("cards", 0, 2) in counts(held_back)


def test_totals_that_rest_on_a_withheld_value_are_left_out(publish):
    ask, held_back, _ = publish()
    assert ask("impact_totals", "scenario_id") == [("empty",), ("open",)]
    assert ask("impact_totals.by-sa", "scenario_id") == [("cards",)]
    assert ("impact_totals", 1, 0) in counts(held_back)


def test_rows_of_a_source_go_with_it_and_an_unknown_source_is_held_back(publish):
    ask, held_back, _ = publish()
    assert ask("quarantine", "source_id") == [("grid",)]
    assert ask("quarantine.odbl", "source_id") == [("devices",)]
    reasons = {held.reason for held in held_back if held.table == "quarantine"}
    assert "licence of source who is not in the vocabulary of licences" in reasons


def test_rows_that_name_a_factor_go_with_its_licence(publish):
    assert publish()[0]("findings", "factor_id") == [("grid:2",), (None,)]


def test_a_comparison_stands_only_where_all_compared_values_may(publish):
    ask, held_back, _ = publish()
    columns = "value_id, value, lowest, spread_ratio"
    assert ask("factor_disagreement", columns) == [
        ("beside_atlas", 22.0, None, None),
        ("both", 5.0, 5.0, 1.0),
        ("open_beside_cards", 9.0, None, None),
    ]
    assert ask("factor_disagreement.by-sa", columns) == [("cards", 8.0, None, None), ("cards_alone", 8.0, 7.0, 1.5)]
    assert {("factor_disagreement", 1, 0), ("factor_disagreement", 0, 3)} <= counts(held_back)


def test_a_method_of_allocation_does_not_tell_of_the_key_of_another(publish):
    columns = "allocation_method, share, share_lowest, share_highest, highest_by_lowest"
    assert publish()[0]("allocated_impacts", columns) == [("by_grid", 0.5, None, None, None)]


def test_names_and_keys_stay(publish):
    ask, _, _ = publish()
    assert ask("factor_selection", "factor_id") == [("atlas:1",), ("grid:1",)]
    assert len(ask("sources")) == 5


def test_a_table_that_does_not_say_whose_data_it_holds_is_left_out_whole(publish):
    _, held_back, out = publish()
    assert ("silent", 2, 0) in counts(held_back)
    assert not list(out.glob("silent*"))


def test_no_number_of_the_barred_source_is_in_any_file(publish):
    _, _, out = publish()
    for file in out.glob("*.parquet"):
        with duckdb.connect() as con:
            cells = [cell for row in con.execute(f"from read_parquet('{file}')").fetchall() for cell in row]
        assert not {11.0, 21.0, 50.0, "secret", "value 11 is odd"} & set(cells), file.name


def test_a_row_under_both_share_alike_licences_is_refused(publish, tmp_path):
    with pytest.raises(ExportError) as refused:
        publish(MIX)
    error = refused.value
    assert error.where == "marts.impact_totals (1 rows)"
    assert "CC-BY-SA-4.0 (pack by-sa: cards)" in error.got
    assert "ODbL-1.0 (pack odbl: devices)" in error.got
    assert "--without-pack odbl" in error.todo
    assert not (tmp_path / "published").exists()


@pytest.mark.parametrize(("pack", "stays", "goes"), [("odbl", "by-sa", "odbl"), ("by-sa", "odbl", "by-sa")])
def test_without_one_pack_the_other_is_published(publish, pack, stays, goes):
    ask, held_back, out = publish(MIX, [pack])
    assert ask(f"factors.{stays}", "count(*)") == [(1,)]
    assert not list(out.glob(f"*.{goes}.parquet"))
    assert ("mixed",) not in ask("impact_totals", "scenario_id")
    assert any(held.reason.startswith(f"pack {pack} (licence ") for held in held_back)


def test_a_result_on_a_pack_that_is_left_out_is_withheld(publish):
    ask, _, _ = publish("", ["odbl", "by-sa"])
    assert ("on_devices", "withheld", None) in ask("impacts", "flow_id, state, value")


def test_a_pack_that_is_none(publish):
    with pytest.raises(ExportError, match="no such pack") as refused:
        publish("", ["open"])
    assert refused.value.expected == "odbl or by-sa"


def test_the_stricter_of_source_and_licence_counts(publish):
    more = "update marts.sources set redistributable = 'no' where source_id = 'grid'"
    ask, held_back, _ = publish(more)
    assert ask("factors") == []
    assert any(held.reason == "source grid may not be passed on (licence etalab-2.0)" for held in held_back)


def test_a_licence_that_the_vocabulary_lacks_is_held_back(publish):
    ask, held_back, _ = publish("delete from seeds.licences where licence_id = 'etalab-2.0'")
    assert ask("factors") == []
    assert any(held.reason == "licence etalab-2.0 is not in the vocabulary of licences" for held in held_back)


def test_a_factor_under_a_licence_of_its_own_counts_with_that(publish):
    more = """
    insert into marts.factors values ('grid:3', 'grid', 16, 'LicenseRef-not-stated');
    insert into marts.findings values ('grid:3', 'odd'), ('grid:1', 'odd');
    """
    ask, _, _ = publish(more)
    assert ask("factors", "factor_id") == [("grid:1",)]  # grid:2 states none: it may be under either
    assert ask("findings", "factor_id") == [("grid:1",), (None,)]
    assert ask("quarantine") == []


def test_a_correction_goes_with_the_licence_of_the_value_that_it_corrects(publish):
    more = """
    create table marts.correction_checks (
        correction_id varchar primary key, source_id varchar, as_found varchar, licence_id varchar
    );
    insert into marts.correction_checks values
        ('open', 'paper', '2.5', 'CC-BY-4.0'), ('barred', 'paper', '9.75', 'LicenseRef-not-stated');
    """
    ask, held_back, _ = publish(more)
    assert ask("correction_checks", "correction_id") == [("open",)]
    assert ("correction_checks", 1) in {(held.table, held.rows_left_out) for held in held_back}


def test_a_warehouse_without_licences_is_refused(make_warehouse, tmp_path):
    db = make_warehouse(WAREHOUSE + "drop table seeds.licences")
    with pytest.raises(ExportError, match="does not say which licences") as refused:
        publish_parquet(db, tmp_path / "out")
    assert "seeds.licences.pack" in refused.value.got


def test_the_package_names_licences_and_what_was_held_back(publish):
    _, _, out = publish()
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    frictionless.Package.from_descriptor(package)
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert [licence["name"] for licence in resources["factors.odbl"]["licenses"]] == ["ODbL-1.0"]
    assert resources["factors.odbl"]["path"] == "factors.odbl.parquet"
    assert [licence["name"] for licence in resources["impacts"]["licenses"]] == ["CC-BY-4.0", "etalab-2.0"]
    assert "LicenseRef-not-stated" not in [licence["name"] for licence in package["licenses"]]
    reason = "licence LicenseRef-not-stated does not let the data be passed on"
    assert {"table": "factors", "reason": reason, "rows_left_out": 1, "rows_withheld": 0} in package["held_back"]
    fields = {field["name"]: field for field in resources["impacts"]["schema"]["fields"]}
    assert "constraints" not in fields["factor_value"]


def test_the_attribution_names_the_sources_in_the_files_and_no_others(publish):
    page = (publish()[2] / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert "## Devices, 2\n\nDevices (2023).\n" in page
    assert "* Licence: [ODbL](https://example.org/odbl) (`ODbL-1.0`)" in page
    assert "* In: factors.odbl.parquet, impacts.odbl.parquet, quarantine.odbl.parquet\n" in page
    assert "**factors.odbl.parquet, impacts.odbl.parquet, quarantine.odbl.parquet** rest on a database" in page
    assert "Changed by Cradle: " in page
    assert "## Atlas" not in page
    assert "* factors: 1 rows left out: licence LicenseRef-not-stated" in page


def test_published_again_the_folder_is_replaced_to_the_byte(publish, make_warehouse, tmp_path):
    _, _, out = publish()
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    publish_parquet(make_warehouse(""), out)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_the_command_says_what_it_holds_back(make_warehouse, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "PROJECT_ROOT", tmp_path)
    monkeypatch.setenv("CRADLE_DB", str(make_warehouse(WAREHOUSE + MIX)))
    assert main(["export", "--publish"]) == 2
    message = capsys.readouterr().err
    assert "would mix data under ODbL with data under CC BY-SA" in message
    assert "Traceback" not in message
    assert main(["export", "--publish", "--without-pack", "by-sa"]) == 0
    message = capsys.readouterr().err
    assert "impact_totals: 2 rows left out: pack by-sa (licence CC-BY-SA-4.0) is left out of this export" in message
    assert (tmp_path / "dist" / "published" / "ATTRIBUTION.md").is_file()


def test_a_pack_is_left_out_only_when_publishing(capsys):
    assert main(["export", "--without-pack", "odbl"]) == 2
    assert "--without-pack goes with --publish" in capsys.readouterr().err
