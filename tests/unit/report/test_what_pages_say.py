"""Sentences of pages beside the numbers they speak of, on rows written here."""

import pytest

from cradle.report.pages import coverage, meters, overview
from cradle.report.pages.interpretation import allocation, checks, disagreement, quality
from cradle.report.pages.interpretation.flagships import Result


class OneAnswer:
    """Marts that answer every question with the same rows."""

    def __init__(self, rows):
        self.answer = rows

    def rows(self, *_):
        return self.answer


def counted(category="GWP", **other):
    return {
        "impact_category": category,
        "cells_modelled": 2,
        "cells_not_modelled": 0,
        "cells_withheld": 0,
        "flows_modelled": 4,
        "flows_expected": 4,
        "energy_covered_share": None,
        "flows_without_amount": 0,
    } | other


@pytest.mark.parametrize(
    "lacking", [{"flows_modelled": 3}, {"cells_withheld": 1}, {"cells_not_modelled": 1, "flows_modelled": 3}]
)
def test_a_category_with_a_cell_in_part_is_not_complete(lacking):
    said = checks._covered([counted(), counted("PE", **lacking)])
    assert "Of 2 impact categories 1 are complete, 1 partial and 0 not modelled at all" in said


def test_a_flow_counts_once_a_stage_and_the_sentence_says_so():
    assert "Climate change: 4 of 4 flows and stages have a value" in checks._covered([counted()])


def test_an_empty_cell_of_scores_does_not_deny_the_parameters_that_are_not_the_worst():
    row = {
        "quality_indicator": "reliability",
        "input_kind": "parameter",
        "score": 4,
        "value_share": 1.0,
        "inputs": 1,
        "largest_input_id": "m.pue",
        "largest_input_share": 0.5,
        "licence_set": "MIT",
    }
    alt = quality._scored(Result("s", "S", "GWP", 1.0, 1.0, "kgCO2e", "partial"), [row]).alt
    assert "no input has that score" not in alt
    assert "a parameter that is not the worst of its amount has no cell" in alt


def reading(tool, note=None):
    return {
        "comparison_id": "c",
        "tool": tool,
        "tool_kind": "software meter",
        "benchmark": "EP",
        "tool_energy": 2.0,
        "reference_energy": 10.0,
        "energy_unit": "kJ",
        "tool_over_reference": 0.2,
        "reference_instrument": "wattmeter",
        "reference_slope": None,
        "reference_intercept": None,
        "reference_r_squared": None,
        "note": note,
        "licence_set": "MIT",
    }


def test_what_readings_note_stands_above_their_chart():
    share, _ = meters._comparison("c", [reading("A", "Its own PUE is inside"), reading("A"), reading("B")])
    assert share.text.endswith("A: Its own PUE is inside.")
    share, _ = meters._comparison("c", [reading("A", "Eight cards idle"), reading("B", "Eight cards idle")])
    assert share.text.endswith("All tools: Eight cards idle.")
    share, _ = meters._comparison("c", [reading("A")])
    assert share.text.endswith("no mark for it.")


def test_the_middle_of_two_values_is_said_to_be_the_lower():
    marts = OneAnswer([{"object_group": "cards", "lowest": 1.0, "middle": 1.0, "highest": 5.0, "ratio": 5.0}])
    assert "of an even number the lower of the two" in overview._disagreement(marts).text


def test_a_cell_with_and_without_electricity_is_one_square_and_two_rows():
    def water(basis, completeness):
        return {
            "cell": "inference / use",
            "impact_category": "WC",
            "electricity_basis": basis,
            "completeness": completeness,
            "flows_modelled": 0,
            "flows_expected": 1,
            "state": "modelled",
            "state_reason": None,
        }

    rows = [water("location", "complete"), water("not_applicable", "none")]
    section = coverage._cells(OneAnswer(rows))
    assert [row["electricity_basis"] for row in section.rows] == ["location", "not_applicable"]
    assert [square["completeness"] for square in section.chart["data"]["values"]] == ["partial"]


def intensity(place, source, value, scope):
    return {
        "group": f"Electricity, {place} \u00d7 9",
        "source_id": source,
        "value_id": f"{source}:{place}",
        "value": value,
        "amount_unit": "kgCO2e",
        "electricity_scope": scope,
        "is_eligible": True,
    }


def test_combustion_beside_a_life_cycle_is_not_the_widest_disagreement():
    rows = [
        intensity("MOZ", "ademe", 0.001, "combustion_only"),
        intensity("MOZ", "ecologits", 0.1, "generation_life_cycle"),
        intensity("MOZ", "codecarbon", 0.2, "generation_life_cycle"),
        intensity("SWE", "ecologits", 0.03, "generation_life_cycle"),
        intensity("SWE", "codecarbon", 0.04, "generation_life_cycle"),
    ]
    said = disagreement._in_words(rows)
    assert (
        "Furthest apart by one scope: Electricity, MOZ, from 0.1 (ecologits) to 0.2 kgCO2e (codecarbon), 2 times."
        in said
    )
    assert "200 times, of different scopes or of one that is not stated" in said
    assert disagreement._in_words(rows[3:]).endswith(
        "Furthest apart: Electricity, SWE, from 0.03 (ecologits) to 0.04 kgCO2e (codecarbon), 1.333 times."
    )
    assert "Furthest apart: Electricity, MOZ" in disagreement._in_words(rows[:2])
    assert "different scopes" in disagreement._in_words(rows[:2])


def part(recipient, method, share, lowest, highest, completeness="complete"):
    return {
        "recipient": recipient,
        "allocation_method": method,
        "idle_treatment": "own_part",
        "share": share,
        "share_lowest": lowest,
        "share_highest": highest,
        "pool_value": 100.0,
        "unit": "kgCO2e",
        "scenario_id": "s",
        "is_idle_known": True,
        "completeness": completeness,
        "title": "Hosts without their cards",
        "note": "The electricity of waiting is an upper bound",
    }


def test_nothing_by_one_method_and_something_by_another_differs_most():
    rows = [
        part("training", "time_share", 0.85, 0.85, 1.0),
        part("training", "gpu_count", 1.0, 0.85, 1.0),
        part("idle", "gpu_count", 0.0, 0.0, 0.15),
        part("idle", "time_share", 0.15, 0.0, 0.15),
    ]
    assert "The methods differ most for Idle: 0 to 15 %" in allocation._section("hosts", rows).text


def test_a_pool_says_what_is_in_it_and_that_it_is_of_the_modelled_part():
    said = allocation._section("hosts", [part("images", "requests", 1.0, 1.0, 1.0, "partial")]).text
    assert said.startswith("Hosts without their cards. The electricity of waiting is an upper bound. 100 kgCO2e of the")
    assert "of the modelled part to divide (s)" in said
