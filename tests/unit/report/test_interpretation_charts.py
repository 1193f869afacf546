"""The charts of interpretation on rows written by hand: the picture says what the rows say, and null is never 0."""

import pytest

from cradle.report import charts


def test_an_interval_has_its_ends_and_what_is_not_modelled_is_a_word(drawn):
    rows = [
        {"part": "a", "value": 2.0, "low": 1.0, "high": 4.0},
        {"part": "b", "value": None, "low": None, "high": None},
    ]
    found = drawn(charts.intervals(rows, "part", "value", "low", "high", "kg"))
    assert {"part": "a", "low": 1.0, "high": 4.0} in found
    assert [row for row in found if row["part"] == "b"] == [{"part": "b", "said": "not modelled"}]


@pytest.mark.parametrize(("low", "kind"), [(1.0, "log"), (-1.0, None)])
def test_the_axis_of_intervals_is_logarithmic_only_above_0(low, kind):
    spec = charts.intervals([{"p": "a", "v": 2.0, "l": low, "h": 4.0}], "p", "v", "l", "h", "kg")
    assert spec["layer"][0]["encoding"]["x"]["scale"].get("type") == kind


INPUT = {"input": "a", "value": 10.0, "at_low": 12.0, "at_high": 9.0, "low": "1", "high": "2"}


def test_a_tornado_draws_each_end_where_the_result_is(drawn):
    found = drawn(charts.tornado([INPUT], "input", "value", "at_low", "at_high", "low", "high", "kg"))
    ends = {(row["end"], row["result"], row["text"], row["side"]) for row in found if "end" in row}
    assert ends == {("input at its low end", 12.0, "1", "right"), ("input at its high end", 9.0, "2", "left")}


def test_a_tornado_draws_no_input_without_a_range():
    with pytest.raises(ValueError, match="without a range"):
        charts.tornado([{**INPUT, "at_low": None}], "input", "value", "at_low", "at_high", "low", "high", "kg")


def test_a_waterfall_starts_each_cause_where_the_last_ends(drawn):
    rows = [{"cause": "x", "amount": 5.0}, {"cause": "y", "amount": -2.0}]
    found = drawn(charts.waterfall(rows, "cause", "amount", 10.0, 13.0, "kg"))
    steps = {row["label"]: (row["start"], row["end"], row["kind"], row["text"]) for row in found}
    assert steps == {
        "before": (0.0, 10.0, "result", "10"),
        "x": (10.0, 15.0, "adds", "+5"),
        "y": (15.0, 13.0, "takes away", "\u22122"),
        "after": (0.0, 13.0, "result", "13"),
    }


def test_a_waterfall_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="add up"):
        charts.waterfall([{"cause": "x", "amount": 5.0}], "cause", "amount", 10.0, 14.0, "kg")


def test_ratios_are_said_and_an_unknown_one_is_a_word(drawn):
    rows = [
        {"name": "a", "ratio": 0.5, "why": "", "alike": True},
        {"name": "b", "ratio": 3.0, "why": "", "alike": False},
        {"name": "c", "ratio": None, "why": "unknown", "alike": False},
    ]
    found = drawn(charts.diverging(rows, "name", "ratio", "times", "why", "alike"))
    said = {(row["name"], row["text"], row["alike"]) for row in found if "ratio" in row}
    assert said == {("a", "\u221250 %", "like with like"), ("b", "\u00d7 3", "cells or methods differ")}
    assert [row for row in found if row["name"] == "c"] == [{"name": "c", "said": "unknown"}]


def test_a_ratio_of_0_has_no_bar():
    with pytest.raises(ValueError, match="logarithmic"):
        charts.diverging([{"n": "a", "r": 0.0, "w": "", "k": True}], "n", "r", "times", "w", "k")


def test_strips_span_what_is_compared_and_mark_every_value(drawn):
    rows = [
        {"of": "card", "by": "p", "v": 164.0, "kind": "stated", "ok": True},
        {"of": "card", "by": "q", "v": 575.1, "kind": "stated", "ok": True},
        {"of": "card", "by": "r", "v": 85.5, "kind": "not compared", "ok": False},
    ]
    found = drawn(charts.strips(rows, "of", "by", "v", "kg", kind="kind", compared="ok"))
    assert {"line": "card", "low": 164.0, "high": 575.1} in found
    assert {row["value"] for row in found if "kind" in row} == {164.0, 575.1, 85.5}


def test_shares_say_what_is_not_known(drawn):
    found = drawn(charts.shares([{"n": "a", "s": 0.25}, {"n": "b", "s": None}], "n", "s", "share"))
    assert any(row.get("text") == "25 %" for row in found)
    assert [row for row in found if row["n"] == "b"] == [{"n": "b", "said": "not known"}]


def test_a_score_that_is_not_there_is_a_word_in_an_empty_cell(drawn):
    rows = [{"i": "time", "r": "a", "s": 4.2, "t": "4.2"}, {"i": "time", "r": "b", "s": None, "t": ""}]
    found = drawn(charts.scores(rows, "i", "r", "s", "t", (1, 5), unknown="not modelled"))
    assert {"i": "time", "r": "b", "said": "not modelled"} in found
    assert all("s" not in row for row in found if row["r"] == "b")


def test_states_stack_to_the_count(drawn):
    rows = [{"c": "GWP", "s": "modelled", "n": 12}, {"c": "GWP", "s": "not modelled", "n": 18}]
    colours = {"modelled": "#0072B2", "withheld": "#E69F00", "not modelled": "#ffffff"}
    found = drawn(charts.states(rows, "n", "c", "s", "cells", colours))
    assert {(row["s"], row["from"], row["to"]) for row in found} == {("modelled", 0, 12), ("not modelled", 12, 30)}


def test_a_pareto_keeps_shares_and_sums(drawn):
    rows = [{"t": "a", "s": 0.7, "c": 0.7}, {"t": "b", "s": 0.3, "c": 1.0}]
    found = drawn(charts.pareto(rows, "t", "s", "c", "share", 0.8))
    assert [row for row in found if "t" in row][:2] == rows
