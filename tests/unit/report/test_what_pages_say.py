"""Sentences of pages beside the numbers they speak of, on rows written here."""

import pytest

from cradle.report.pages.interpretation import checks


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
