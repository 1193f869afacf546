"""One thing changes in a small warehouse, and the comparison names it with the right sum. Numbers are by hand.

Before: power 100 kWh x 1.2 x 0.05 = 6 kgCO2e (location), cards 4 / 5 x 0.9 x 150 = 108 kgCO2e and 0.0144 kgSbe.
"""

import math

import pytest

from cradle.diff.wanted import Wanted


def moved(found, category="GWP", view="location", scenario="service"):
    rows = [
        row
        for row in found.moved
        if (row["scenario_id"], row["impact_category"], row["electricity_view"]) == (scenario, category, view)
    ]
    assert len(rows) == 1
    return rows[0]


def causes(row):
    return {
        (cause["cause_kind"], cause["cause_id"]): pytest.approx(cause["part"], rel=1e-12) for cause in row["causes"]
    }


def whole(row):
    return sum(cause["part"] for cause in row["causes"])


def test_nothing_changed(compared):
    found = compared("")
    assert found.moved == found.causes == found.corrections == found.sources == found.published == []
    assert not found.differs
    assert found.counts == {"scenarios_in_both": 2, "totals_in_both": 8}


def test_floating_noise_is_no_change(compared):
    assert not compared("update given.parameters set value = value * (1 + 2e-13) where parameter_name = 'pue'").differs


def test_a_factor_with_another_value(compared):
    found = compared("update given.factors set value = 0.06 where factor_id = 'grid:fra:2022'")
    row = moved(found)
    assert (row["before"], row["after"], row["change"]) == pytest.approx((114, 115.2, 1.2))
    assert row["relative_change"] == pytest.approx(1.2 / 114)
    assert causes(row) == {("factor", "grid:fra:2022"): 1.2}
    assert row["causes"][0]["cause"] == "grid:fra:2022 0.05 → 0.06"
    assert {(r["scenario_id"], r["impact_category"], r["electricity_view"]) for r in found.moved} == {
        ("service", "GWP", "location"),
        ("still", "GWP", "location"),
    }
    assert [row["published_value_id"] for row in found.published] == ["printed"]


def test_another_factor_is_selected(compared):
    row = moved(compared("delete from given.factors where factor_id = 'grid:fra:2022'"))
    assert causes(row) == {("factor", "grid:fra:2019"): 1.2}
    assert row["causes"][0]["cause"] == "grid:fra:2022 (0.05) → grid:fra:2019 (0.06), the former is gone"


def test_a_new_factor_is_preferred(compared):
    change = "insert into given.factors values ('grid:a:2022', 'grid', 'power', 'GWP', 'FRA', 2022, 0.04, null)"
    row = moved(compared(change))
    assert causes(row) == {("factor", "grid:a:2022"): -1.2}
    assert row["causes"][0]["cause"] == "grid:fra:2022 (0.05) → grid:a:2022 (0.04), the latter is new"


def test_a_source_has_another_release(compared):
    found = compared(
        "update given.sources set release_id = '2' where source_id = 'grid';"
        "update given.factors set value = 0.055 where factor_id = 'grid:fra:2022'"
    )
    assert moved(found)["causes"][0]["cause"] == "grid:fra:2022 0.05 → 0.055; grid 1 → 2"
    assert [(row["source_id"], row["change"]) for row in found.sources] == [("grid", "changed")]


def test_a_parameter_inside_a_derived_one(compared):
    found = compared("update given.parameters set value = 1.5 where parameter_name = 'pue' and scenario_id = 'service'")
    row = moved(found)
    assert causes(row) == {("parameter", "service.pue"): 1.5}
    assert row["causes"][0]["cause"] == "pue 1.2 → 1.5"
    assert len(found.moved) == 1


def test_two_parameters_share_a_change_by_the_logarithmic_mean(compared):
    row = moved(
        compared(
            "update given.parameters set value = 1.5 where parameter_name = 'pue';"
            "update given.parameters set value = 200 where parameter_name = 'it_energy'"
        )
    )
    # power goes from 6 to 15: L = 9 / ln 2.5
    mean = 9 / math.log(2.5)
    assert causes(row) == {
        ("parameter", "service.it_energy"): mean * math.log(2),
        ("parameter", "service.pue"): mean * math.log(1.25),
    }
    assert whole(row) == pytest.approx(9, rel=1e-12)


def test_a_share_of_one_less_something(compared):
    # 1 - 0.1 becomes 1 - 0.55: half of the cards
    found = compared("update given.parameters set value = 0.55 where parameter_name = 'lost'")
    assert causes(moved(found)) == {("parameter", "service.lost"): -54}
    assert causes(moved(found, "ADPe")) == {("parameter", "service.lost"): pytest.approx(-0.0072)}


def test_an_exponent_below_zero(compared):
    row = moved(compared("update given.parameters set value = 10 where parameter_name = 'lifetime'"))
    assert causes(row) == {("parameter", "service.lifetime"): -54}


def test_what_goes_to_zero_carries_the_whole_change(compared):
    row = moved(
        compared(
            "update given.parameters set value = 0 where parameter_name = 'cards';"
            "update given.parameters set value = 10 where parameter_name = 'lifetime'"
        )
    )
    assert causes(row) == {("parameter", "service.cards"): -108}


def test_what_changes_its_sign_carries_the_whole_change(compared):
    row = moved(compared("update given.factors set value = -50 where factor_id = 'makers:card:gwp'"))
    assert causes(row) == {("factor", "makers:card:gwp"): -144}


def test_a_derivation_that_changed(compared):
    found = compared("update given.inputs set constant = 0.9 where parameter_name = 'own_share'")
    assert causes(moved(found)) == {("derivation", "own_share"): pytest.approx(-12)}


def test_a_minimum_moves_by_the_input_that_it_is(compared):
    given = (
        "delete from given.inputs where parameter_name = 'own_share';"
        "insert into given.inputs values ('own_share', 'lost', 'minimum', 0, 1, '1');"
        "insert into given.inputs values ('own_share', 'pue', 'minimum', 0, 1, '1');"
    )
    change = (
        "update given.parameters set value = 0.2 where parameter_name = 'lost';"
        "update given.parameters set value = 1.3 where parameter_name = 'pue'"
    )
    row = moved(compared(given + change, before=given), view="market")
    assert causes(row) == {("parameter", "service.lost"): 12}


def test_a_parameter_that_is_stated_now(compared):
    row = moved(
        compared(
            "delete from given.inputs where parameter_name = 'own_share';"
            "insert into given.parameters values ('service', 'own_share', 0.45, '1')"
        )
    )
    assert causes(row) == {("parameter", "service.own_share"): -54}
    assert row["causes"][0]["cause"] == "own_share 0.9 → 0.45 (sum → stated)"


def test_a_parameter_without_a_value_any_more(compared):
    found = compared("update given.parameters set value = null where parameter_name = 'cards'")
    assert causes(moved(found)) == {("parameter", "cards"): -108}
    gone = moved(found, "ADPe")
    assert (gone["before"], gone["after"], gone["change"]) == (pytest.approx(0.0144), None, None)
    assert gone["causes"][0]["cause"] == "cards has no value any more"


def test_a_place(compared):
    row = moved(compared("update given.scenarios set place = 'POL' where scenario_id = 'service'"))
    assert causes(row) == {("place", "FRA → POL"): 90}
    assert row["causes"][0]["cause"] == "FRA → POL: grid:fra:2022 (0.05) → grid:pol:2022 (0.8)"


def test_a_factor_that_both_places_share_moves_by_itself(compared):
    row = moved(
        compared(
            "update given.scenarios set place = 'POL', year = 2021 where scenario_id = 'service';"
            "update given.factors set value = 75 where factor_id = 'makers:card:gwp'"
        )
    )
    assert causes(row) == {("scenario", "place FRA → POL, period 2022 → 2021"): 90, ("factor", "makers:card:gwp"): -54}


def test_a_period(compared):
    row = moved(compared("update given.scenarios set year = 2019 where scenario_id = 'service'"))
    assert causes(row) == {("period", "2022 → 2019"): 1.2}


@pytest.mark.parametrize(
    "change, said",
    [
        (
            "insert into given.corrections values"
            " ('of_the_card', 'makers', 'card', 'gwp', 'set_value', '120', 'active', true)",
            "of_the_card (added)",
        ),
        ("update given.corrections set record_key = 'card', corrected_as = '120'", "of_a_screen (changed)"),
    ],
)
def test_a_correction(compared, change, said):
    found = compared(f"{change}; update given.factors set value = 120 where factor_id = 'makers:card:gwp'")
    row = moved(found)
    assert causes(row) == {("correction", said.split()[0]): pytest.approx(-21.6)}
    assert row["causes"][0]["cause"] == f"{said}: makers:card:gwp 150 → 120"
    assert len(found.corrections) == 1


def test_a_correction_of_something_else_is_not_named(compared):
    found = compared(
        "update given.corrections set status = 'withdrawn';"
        "update given.factors set value = 120 where factor_id = 'makers:card:gwp'"
    )
    assert causes(moved(found)) == {("factor", "makers:card:gwp"): pytest.approx(-21.6)}
    assert [row["change"] for row in found.corrections] == ["status active → withdrawn"]


def test_a_correction_that_excludes_a_factor(compared):
    found = compared(
        "insert into given.corrections values ('no_2022', 'grid', 'else', 'else', 'exclude', null, 'active', true);"
        "update given.factors set ineligible_reason = 'excluded by correction no_2022: wrong'"
        " where factor_id = 'grid:fra:2022'"
    )
    assert causes(moved(found)) == {("correction", "no_2022"): 1.2}


def test_a_term_that_is_new_and_one_that_is_gone(compared):
    row = moved(compared("insert into given.terms values ('power', 'lifetime', 1)"))
    assert causes(row) == {("structure", "lifetime"): 24}
    assert row["causes"][0]["cause"] == "the term lifetime is new"


def test_a_flow_that_is_gone(compared):
    row = moved(compared("delete from given.terms where flow_id = 'cards'"))
    assert causes(row) == {("structure", "cards"): -108}
    assert row["causes"][0]["cause"] == "the flow cards is gone"


def test_a_result_that_is_withheld(compared):
    found = compared(
        "",
        after="update marts.impacts set state = 'withheld', value = null, state_reason = 'withheld: a licence'"
        " where flow_id = 'cards' and scenario_id = 'service'; update marts.impact_totals set value = null,"
        " completeness = 'none' where scenario_id = 'service'",
    )
    row = moved(found)
    assert row["change"] is None
    assert causes(row) == {("state", "withheld"): -108}
    assert row["causes"][0]["cause"] == "modelled → withheld: a licence"


def test_what_the_exports_do_not_hold_is_said(compared):
    found = compared(
        "",
        after="update marts.impacts set amount = 240, value = 12 where flow_id = 'power' and value is not null;"
        "update marts.impact_totals set value = 120 where impact_category = 'GWP' and electricity_view = 'location'",
    )
    assert causes(moved(found)) == {("unexplained", "none"): 6}


def test_another_unit_is_not_subtracted(compared):
    found = compared(
        "",
        after="update marts.impacts set unit = 'gSbe', value = value * 1000 where impact_category = 'ADPe';"
        "update marts.impact_totals set unit = 'gSbe', value = value * 1000 where impact_category = 'ADPe'",
    )
    row = moved(found, "ADPe")
    assert row["change"] is None and row["relative_change"] is None
    assert [(c["cause_kind"], c["part"]) for c in row["causes"]] == [("unit", None)]


def test_scenarios_that_came_and_went(compared):
    found = compared(
        "update given.scenarios set scenario_id = 'new' where scenario_id = 'still';"
        "update given.parameters set scenario_id = 'new' where scenario_id = 'still'"
    )
    assert (found.new_scenarios, found.gone_scenarios, found.moved) == (["new"], ["still"], [])
    assert found.differs


def test_only_what_is_asked_for(compared):
    change = "update given.parameters set value = 4.1 where parameter_name = 'cards'"
    found = compared(change, Wanted(scenarios=("still",), categories=("ADPe",)))
    assert {(r["scenario_id"], r["impact_category"]) for r in found.moved} == {("still", "ADPe")}
    assert found.counts == {"scenarios_in_both": 1, "totals_in_both": 2}


def test_a_threshold_leaves_out_what_moved_less(compared):
    # GWP moves by 2.7 of 114, ADPe by a fortieth
    found = compared("update given.parameters set value = 4.1 where parameter_name = 'cards'", Wanted(threshold=0.0245))
    assert {(r["impact_category"], r["electricity_view"]) for r in found.moved} == {
        ("ADPe", "location"),
        ("ADPe", "market"),
        ("GWP", "market"),
    }


def test_cells_instead_of_totals(compared):
    found = compared("update given.parameters set value = 1.5 where parameter_name = 'pue'", Wanted(cells=True))
    assert [(r["scenario_id"], r["flow_id"], r["electricity_basis"]) for r in found.moved] == [
        ("service", "power", "location"),
        ("still", "power", "location"),
    ]
    assert causes(found.moved[0]) == {("parameter", "service.pue"): 1.5}
