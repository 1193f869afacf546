"""A measured run in a study: a meter inside of what the flow counts is found, with the row and the flows."""

import duckdb
import pytest

from cradle.study.boundaries import measured_inside
from cradle.study.findings import Places
from cradle.study.reading import read_seeds

STATISTIC = "jay_sd_256px_wall:slope"  # of a row that the seeds have


@pytest.fixture
def con():
    with duckdb.connect() as con:
        con.execute("create schema intermediate; create schema marts; create schema seeds")
        con.execute(
            "create table intermediate.int_parameters__inherit as select * from (values"
            f" ('one', 'energy', '{STATISTIC}'), ('two', 'energy', '{STATISTIC}'), ('two', 'duration', null))"
            " as r (scenario_id, parameter_name, statistic_id)"
        )
        con.execute(
            "create table marts.flow_amount_terms as select * from (values ('one', 'site', 'energy'),"
            " ('two', 'machines', 'energy'), ('two', 'machines', 'pue'), ('two', 'steel', 'energy'))"
            " as r (scenario_id, flow_id, parameter_name)"
        )
        con.execute(
            "create table marts.flow_amounts as select * from (values ('one', 'site', 'facility'),"
            " ('two', 'machines', 'facility'), ('two', 'steel', null)) as r (scenario_id, flow_id, energy_boundary)"
        )
        con.execute(
            "create table marts.scenario_list as select * from (values ('one', 'a'), ('two', 'b'))"
            " as r (scenario_id, model_id)"
        )
        con.execute(
            "create table seeds.boundary_terms as select * from (values ('a', 'energy', 'IT'), ('b', 'pue', 'IT'))"
            " as r (model_id, parameter_name, from_boundary)"
        )
        yield con


def found(con, seeds, boundary):
    con.execute(
        "create table intermediate.int_measurements__statistics as"
        f" select '{STATISTIC}' as statistic_id, cast(? as varchar) as boundary",
        [boundary],
    )
    read, _ = read_seeds(seeds)
    return measured_inside(con, ["one", "two"], Places(read, {}))


@pytest.mark.parametrize(
    ("boundary", "scenarios"),
    [
        ("card", ["one", "two"]),
        ("node_dc", ["one", "two"]),
        ("node_ac", ["one"]),  # a PUE leads from the plug to the site
        ("facility", []),
        (None, []),
    ],
)
def test_what_the_meter_leaves_out_is_found(con, seeds, boundary, scenarios):
    findings = found(con, seeds, boundary)
    assert [one.what for one in findings] == [
        f"parameter energy of {scenario} is measured at the boundary {boundary}" for scenario in scenarios
    ]
    assert {one.level for one in findings} <= {"gap"}


def test_the_row_and_the_flows_are_named(con, seeds):
    site, machines = found(con, seeds, "card")
    assert site.expected == "energy at the boundary facility, which site counts"
    assert machines.expected == "energy at the boundary IT, which machines counts"
    assert [place.rpartition(":")[0] for place in site.where] == ["seeds/service_models/parameter_measurements.csv"]
    assert site.got == f"{STATISTIC}: what lies between card and facility is in no number"
