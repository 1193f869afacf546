"""What the page of comparisons says of rows made here."""

import pytest

from cradle.report.pages.interpretation import what_if


def compared(question, ratio, **said):
    return {
        "question": question,
        "base_scenario_id": "base",
        "base_electricity_view": "location",
        "other_scenario_id": "other",
        "other_electricity_view": "location",
        "impact_category": "GWP",
        "difference": None if ratio is None else ratio - 1,
        "other_by_base": ratio,
        "not_comparable_because": None,
        "cells_of_base_alone": None,
        "cells_of_other_alone": None,
        "changes_left_out": None,
        "note": None,
    } | said


def test_cells_that_one_view_of_a_scenario_lacks_are_no_drop(marks):
    """Market electricity without a residual mix is not modelled: what is left of the total is no saving."""
    view = compared(
        "And on market basis?",
        0.27,
        other_scenario_id="base",
        other_electricity_view="market",
        not_comparable_because="cells of the base alone",
        cells_of_base_alone="servers use",
    )
    assert not what_if.is_answered(view)
    assert what_if.is_answered(view | {"other_scenario_id": "other"})
    assert what_if.is_answered(view | {"cells_of_base_alone": None})
    section = what_if._compared([compared("A?", 2.0), compared("B?", 0.5), view], "market", "with a market view")
    assert "highest against its base: A? (2 times); lowest: B? (0.5 times)" in section.text
    assert "1 has no answer: what one view models is not modelled in the other." in section.text
    assert {row["question"].strip("?") for row in marks(section.chart, "bar")} == {"A", "B"}
    assert "Less" not in what_if._sides([view]) and "Unknown: GWP" in what_if._sides([view])


def test_what_does_not_compare_like_with_like_is_neither_highest_nor_lowest():
    odd = compared("Odd?", 9.7, not_comparable_because="cells of different methods")
    text = what_if._compared([odd, compared("A?", 2.0), compared("B?", 0.5)], "location", "on the grid's mix").text
    assert "highest against its base: A?" in text and "1 compares cells or methods that are not the same" in text
    assert "ighest" not in what_if._compared([odd, compared("A?", 2.0)], "location", "on the grid's mix").text


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (["a use; b use", "b use"], "so left out: b use. What else is left out"),
        (["a use", None], "What else is left out of a category stands in the table."),
        (["a use; a use", "a use"], "so left out: a use."),
    ],
)
def test_what_is_left_out_of_all_categories_is_named_once(left_out, said):
    rows = [compared("A?", 2.0, changes_left_out=one) for one in left_out]
    text = what_if._sides(rows)
    assert said in text and text.count("a use") <= 1
