import json
import zipfile

import pytest

from cradle.errors import ExportError
from exports.lca.openlca import FOLDERS
from exports.write import write_export

# two scenarios; 'half' has a category without a total, a flow without an amount, and a factor for both views
TABLES = """
create schema marts;
create schema seeds;
create table seeds.licences as from (values
    ('CC-BY-4.0', 'open', 'yes'), ('ODbL-1.0', 'odbl', 'share-alike'), ('CC-BY-SA-4.0', 'by-sa', 'share-alike')
) as l(licence_id, pack, redistributable);
create table marts.sources as from (values
    ('maker', 'A maker', 'CC-BY-4.0', 'yes'), ('base', 'A base', 'ODbL-1.0', 'share-alike'),
    ('wiki', 'A wiki', 'CC-BY-SA-4.0', 'share-alike')
) as s(source_id, title, licence_id, redistributable);
create table marts.impacts as from (values
    ('half', 'server', 'manufacturing', 'GWP', 'not_applicable', 'modelled', 'rule 1', 2.0, 'item', 100.0, 'kgCO2e',
        'f1', 'maker', 'CC-BY-4.0'),
    ('half', 'server', 'manufacturing', 'WU', 'not_applicable', 'not_modelled', 'no factor', 2.0, 'item', null, 'm3',
        null, null, 'CC-BY-4.0'),
    ('half', 'power', 'use', 'GWP', 'location', 'modelled', 'rule 2', 10.0, 'kWh', 0.5, 'kgCO2e', 'f2', '{0}', '{1}'),
    ('half', 'power', 'use', 'GWP', 'market', 'modelled', 'rule 2', 10.0, 'kWh', 0.25, 'kgCO2e', 'f3', 'maker',
        'CC-BY-4.0'),
    ('half', 'idle', 'use', 'GWP', 'not_applicable', 'not_modelled', 'no amount', null, 'kWh', null, 'kgCO2e', null,
        null, null),
    ('other', 'server', 'manufacturing', 'GWP', 'not_applicable', 'modelled', 'rule 1', 3.0, 'item', 100.0, 'kgCO2e',
        'f1', 'maker', 'CC-BY-4.0')
) as i(scenario_id, flow_id, life_cycle_stage, impact_category, electricity_basis, state, state_reason, amount,
    amount_unit, factor_value, unit, factor_id, factor_source_id, licence_set);
alter table marts.impacts alter amount type double;
alter table marts.impacts alter factor_value type double;
alter table marts.impacts add column service_part varchar default 'inference';
alter table marts.impacts add column object_id varchar;
alter table marts.impacts add column component varchar;
create table marts.impact_totals as from (values
    ('half', 'location', 'GWP', 205.0, 'kgCO2e', 'partial', false, 'inference use', '{1}'),
    ('half', 'market', 'GWP', 202.5, 'kgCO2e', 'partial', false, 'inference use', 'CC-BY-4.0'),
    ('half', 'location', 'WU', null, 'm3', 'none', false, 'all', null),
    ('other', 'location', 'GWP', 300.0, 'kgCO2e', 'complete', false, null, 'CC-BY-4.0')
) as t(scenario_id, electricity_view, impact_category, value, unit, completeness, is_method_mixed, cells_not_complete,
    licence_set);
alter table marts.impact_totals alter value type double;
"""
OPEN = TABLES.format("maker", "CC-BY-4.0")


@pytest.fixture
def export(make_warehouse, tmp_path):
    def write(form, sql=OPEN, **options):
        done = write_export(make_warehouse(sql), tmp_path / "out", form, **options)
        return {file.path.name: file.path for file in done.written}

    return write


def brightway(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    return content, {process["code"]: process for process in content["databases"]["cradle"]}


def test_a_scenario_takes_its_flows_and_each_flow_its_factors(export):
    content, processes = brightway(export("brightway")["cradle-brightway.json"])
    takes = {e["input"][1]: e["amount"] for e in processes["half|market"]["exchanges"] if e["type"] == "technosphere"}
    assert takes == {"half|market|server": 2.0, "half|market|power": 10.0}
    gives = [e for e in processes["half|market|power"]["exchanges"] if e["type"] == "biosphere"]
    assert [(e["input"], e["amount"], e["unit"], e["state"]) for e in gives] == [
        (["cradle factors", "f3"], 1.0, "kWh", "modelled")
    ]
    assert gives[0]["licence_set"] == "CC-BY-4.0"
    assert content["methods"] == [
        {
            "name": ["Cradle", "GWP"],
            "unit": "kgCO2e",
            "factors": [
                [["cradle factors", "f1"], 100.0],
                [["cradle factors", "f2"], 0.5],
                [["cradle factors", "f3"], 0.25],
            ],
        }
    ]


def test_what_is_not_modelled_is_said_and_never_0(export):
    content, processes = brightway(export("brightway")["cradle-brightway.json"])
    [said] = processes["half|location|server"]["without_value"]
    assert (said["state"], said["state_reason"], said["impact_categories"]) == ("not_modelled", "no factor", ["WU"])
    assert processes["half|location|idle"]["without_value"][0]["state_reason"] == "no amount"
    totals = {total["impact_category"]: total["value"] for total in processes["half|location"]["totals"]}
    assert totals == {"GWP": 205.0, "WU": None}
    amounts = [e["amount"] for p in processes.values() for e in p["exchanges"]]
    assert 0 not in amounts and None not in amounts
    assert ["Cradle", "WU"] not in [method["name"] for method in content["methods"]]


def test_scenarios_can_be_chosen(export):
    _, processes = brightway(export("brightway", scenarios=["other"])["cradle-brightway.json"])
    assert {code.split("|")[0] for code in processes} == {"other"}


@pytest.mark.parametrize("form", ["brightway", "openlca"])
def test_an_unknown_scenario_is_named(export, form):
    with pytest.raises(ExportError, match="no such scenario") as error:
        export(form, scenarios=["other", "nobody"])
    assert error.value.got == "nobody"


def test_a_scenario_on_share_alike_data_stands_whole_in_a_file_of_its_own(export):
    files = export("brightway", TABLES.format("base", "ODbL-1.0"), publish=True)
    _, there = brightway(files["cradle-brightway.json"])
    _, apart = brightway(files["cradle-brightway.odbl.json"])
    assert {code.split("|")[0] for code in there} == {"other"}
    assert {code.split("|")[0] for code in apart} == {"half"}
    assert {total["value"] for total in apart["half|market"]["totals"]} == {202.5}


def test_withheld_cells_have_no_factor_and_say_so(export):
    files = export("brightway", TABLES.format("base", "ODbL-1.0"), publish=True, without_packs=["odbl"])
    content, processes = brightway(files["cradle-brightway.json"])
    assert [said["state"] for said in processes["half|location|power"]["without_value"]] == ["withheld"]
    assert "f2" not in [flow["code"] for flow in content["databases"]["cradle factors"]]
    assert "half|location|power" not in [e["input"][1] for e in processes["half|location"]["exchanges"]]
    assert [total["impact_category"] for total in processes["half|location"]["totals"]] == ["WU"]


def test_a_scenario_on_both_share_alike_licences_is_refused(export):
    sql = TABLES.format("base", "ODbL-1.0") + (
        "update marts.impacts set licence_set = 'CC-BY-SA-4.0' where factor_id = 'f3';"
        "update marts.impact_totals set licence_set = 'CC-BY-SA-4.0' where electricity_view = 'market'"
    )
    with pytest.raises(ExportError, match="ODbL and on data under CC BY-SA") as error:
        export("brightway", sql, publish=True)
    assert error.value.where == "half"


def test_a_factor_with_two_values_is_two(export):
    sql = OPEN + "update marts.impacts set factor_value = 101 where scenario_id = 'other'"
    content, _ = brightway(export("brightway", sql)["cradle-brightway.json"])
    codes = [flow["code"] for flow in content["databases"]["cradle factors"]]
    assert sorted(codes) == ["f1", "f1#2", "f2", "f3"]


def test_every_reference_of_the_openlca_file_is_there(export):
    with zipfile.ZipFile(export("openlca")["cradle-openlca.zip"]) as archive:
        assert json.loads(archive.read("olca-schema.json")) == {"version": 2}
        entities = [json.loads(archive.read(name)) for name in archive.namelist() if "/" in name]
    there = {(entity["@type"], entity["@id"]) for entity in entities}
    units = {("Unit", unit["@id"]) for entity in entities for unit in entity.get("units", [])}
    assert {entity["@type"] for entity in entities} == set(FOLDERS)

    def references(value):
        if isinstance(value, list):
            return [found for item in value for found in references(item)]
        if not isinstance(value, dict):
            return []
        own = [(value["@type"], value["@id"])] if "@id" in value else []
        return own + [found for item in value.values() for found in references(item)]

    assert set(references(entities)) <= there | units


@pytest.mark.parametrize("form", ["brightway", "openlca"])
def test_the_same_content_gives_the_same_bytes(export, make_warehouse, tmp_path, form):
    first = {name: path.read_bytes() for name, path in export(form).items()}
    again = write_export(tmp_path / "warehouse" / "cradle.duckdb", tmp_path / "again", form)
    assert {file.path.name: file.path.read_bytes() for file in again.written} == first
