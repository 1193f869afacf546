"""The footprints of devices from the published file to factors: known counts, and the French file refused."""

import pytest

from cradle.errors import ParseError
from tests.integration.real_files import UPSTREAM, are_there

FRENCH_FILE = UPSTREAM / "boavizta-environmental-footprint-data/boavizta-data-fr.csv"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (are_there("boavizta_devices") and FRENCH_FILE.is_file()),
        reason="the published files are not in ../shared/upstream/boavizta-environmental-footprint-data",
    ),
]


def test_the_french_file_is_refused():
    from ingest.boavizta_devices.parse import parse

    with pytest.raises(ParseError, match="French file"):
        parse(FRENCH_FILE)


def test_violations(pulled):
    sql = """
        select found.check_name, found.column_name, count(*)
        from (select unnest(violations) as found from contracts.boavizta_devices__footprints) group by all
    """
    ratios = [f"gwp_{stage}_ratio" for stage in ("manufacturing", "transport", "use", "eol")]
    assert {row[:2]: row[2] for row in pulled.execute(sql).fetchall()} == {
        **{("stages_sum_to_one", ratio): 112 for ratio in ratios},
        ("not_filled_up_with_zero", "gwp_transport_ratio"): 103,
        ("not_filled_up_with_zero", "gwp_eol_ratio"): 103,
        ("less_than_or_equal_to(1)", "gwp_manufacturing_ratio"): 1,
        ("less_than_or_equal_to(2)", "gwp_error_ratio"): 1,
    }


@pytest.mark.parametrize(
    ("expected", "sql"),
    [
        ((1226, 1226), "select count(*), count(distinct device_key) from staging.stg_boavizta_devices__footprints"),
        ((329,), "select count(*) from staging.stg_boavizta_devices__footprints where is_split"),
        # every date that is printed has a year; 42 dates are a year alone
        (
            (1211, 1211, 1169),
            "select count(report_date_as_stated), count(report_year), count(report_month)"
            " from staging.stg_boavizta_devices__footprints",
        ),
        ((1226,), "select count(added_on) from staging.stg_boavizta_devices__footprints"),
        ((4,), "select count(*) from staging.stg_boavizta_devices__footprints where not is_latest_edition"),
        ((452,), "select count(*) from staging.stg_boavizta_devices__footprints where object_group = 'laptop'"),
        # the report of the PowerEdge R740 of 2019: 8,640 kg over the life of the server, unlike its later full study
        (
            (8640.0,),
            "select value from intermediate.int_factors__from_boavizta_devices"
            " where object_name = 'Dell PowerEdge R740' and life_cycle_stage = 'embodied_unsplit'",
        ),
        (
            (0,),
            "select count(*) from intermediate.int_factors__from_boavizta_devices"
            " where ineligible_reason is null and (includes_use_electricity or value <= 0)",
        ),
        # the stages of a device sum to its total within the tolerance of their ratios
        (
            (329, 0),
            "select count(*), count(*) filter (where abs(stages / gwp_total - 1) > 0.02) from ("
            " select object_id, sum(value) as stages from intermediate.int_factors__from_boavizta_devices"
            " where life_cycle_stage <> 'embodied_unsplit' group by all) as sums"
            " inner join staging.stg_boavizta_devices__footprints"
            " on object_id = 'boavizta_devices:' || device_key",
        ),
    ],
)
def test_known_counts(pulled, expected, sql):
    assert pulled.execute(sql).fetchall() == [expected]
