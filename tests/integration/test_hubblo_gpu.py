"""The graphics cards from the published files to factors: known sums by card, and what the files' zeros become."""

import pytest

from tests.integration.real_files import are_there

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not are_there("hubblo_gpu"),
        reason="the published files are not in ../shared/upstream/hubblo-gpu-calculator",
    ),
]

# every stage that the card has, from sums of the published file made elsewhere: GWP, ADPe, ADPf, WU, e-waste
KNOWN = {
    "nvidia_geforce_gtx_1080_ti": (74.289, 0.0052243, 937.83, 455.88, 0.881),
    "nvidia_rtx_a4500": (100.91, 0.0043238, 1366.3, 483.88, 1.06),
    "nvidia_titan_rtx": (124.77, 0.0056769, 1807.0, 1308.1, 0.936),
    "nvidia_p100_pcie_16gb": (66.628, 0.0046537, 906.87, 674.96, 0.888),
    "nvidia_l4": (57.735, 0.0024826, 681.70, 158.29, 0.142),
    "nvidia_a100_pcie_40gb": (122.02, 0.0034774, 1639.0, 576.75, 1.23),
    "nvidia_a100_sxm4_40gb": (113.51, 0.0080664, 1493.9, 1115.8, 1.56),
    "nvidia_gh200": (211.76, 0.026231, 2708.2, 800.81, 1.42),
    "nvidia_h100_pcie_80gb": (170.13, 0.0058112, 2367.0, 1300.2, 1.69),
}
INDICATORS = ("ef_unstated_gwp", "ef_unstated_adpe", "ef_unstated_adpf", "ef_unstated_wu", "e_waste_mass")


@pytest.mark.parametrize("object_id", KNOWN)
def test_known_sums(pulled, object_id):
    sql = """
        select indicator_id, sum(value) from intermediate.int_factors__from_hubblo_gpu
        where object_id = ? and is_total and ineligible_reason is null group by all
    """
    sums = dict(pulled.execute(sql, [object_id]).fetchall())
    assert [sums[indicator] for indicator in INDICATORS] == pytest.approx(KNOWN[object_id], rel=6e-5)


@pytest.mark.parametrize("object_id", KNOWN)
def test_the_weight_of_the_card_is_its_e_waste(pulled, object_id):
    sql = """
        select cards.total_weight_g / 1000, factors.value
        from staging.stg_hubblo_gpu__cards as cards
        inner join intermediate.int_factors__from_hubblo_gpu as factors using (object_id)
        where object_id = ? and is_total and indicator_id = 'e_waste_mass' and life_cycle_stage = 'end_of_life'
    """
    ((weight, waste),) = pulled.execute(sql, [object_id]).fetchall()
    assert waste == pytest.approx(weight)


@pytest.mark.parametrize(
    ("expected", "sql"),
    [
        ([(73,)], "select count(*) from contracts.hubblo_gpu__impact_factors"),
        ([(9,)], "select count(*) from staging.stg_hubblo_gpu__cards"),
        ([(57,)], "select count(*) from staging.stg_hubblo_gpu__transport_impacts where cell_state = 'stated'"),
        (
            [("gwpb", -0.000297), ("gwpb", -0.000695), ("lu", -0.0226)],
            "select source_category, value from staging.stg_hubblo_gpu__impacts where cell_state = 'corrected'",
        ),
        (
            [("empty", 56), ("stated", 3), ("zero_not_modelled", 14)],
            "select cell_state, count(*) from staging.stg_hubblo_gpu__impacts"
            " where source_category = 'mips' group by all",
        ),
        (
            [("corrected", 3), ("stated", 1456), ("zero_not_modelled", 74)],
            "select cell_state, count(*) from staging.stg_hubblo_gpu__impacts"
            " where source_category <> 'mips' group by all",
        ),
        (
            [],
            "select * from intermediate.int_factors__from_hubblo_gpu where value = 0 and indicator_id <> 'e_waste_mass'"
            " and not (object_id = 'nvidia_l4' and component = 'casing')"
            " and not (object_id = 'nvidia_gh200' and component = 'heatsink') and component <> 'transport_plane'",
        ),
        (
            [("ef_unstated_gwp_biogenic",), ("ef_unstated_gwp_land_use",), ("ef_unstated_lu",)],
            "select distinct indicator_id from intermediate.int_factors__from_hubblo_gpu"
            " where is_total and ineligible_reason is not null order by all",
        ),
    ],
)
def test_known_counts(pulled, expected, sql):
    found = pulled.execute(sql).fetchall()
    assert sorted(found) == sorted(expected)
