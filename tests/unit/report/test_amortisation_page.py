"""Amortised training and payback, on rows written here."""

import pytest

from cradle.report.pages import amortisation as page


def even(amortisation, title, rate, inferences, marginal=2e-6):
    return {
        "amortisation_id": amortisation,
        "title": title,
        "request_rate_per_s": rate,
        "break_even_inferences": inferences,
        "terms_missing": None,
        "cost_notes": None,
        "marginal_cost": marginal,
    }


def point(amortisation, title, rate, requests, cost):
    return {
        "amortisation_id": amortisation,
        "title": title,
        "request_rate_per_s": rate,
        "lifetime_inferences": requests,
        "total_cost": cost,
    }


@pytest.mark.parametrize(
    ("title", "rate", "named"),
    [
        ("OLMo 2 7B at 1 request per second", 1.0, ("OLMo 2 7B", "1/s")),
        ("Llama 3.1 8B at 8 requests per second, break-even as printed", 8.0, ("Llama 3.1 8B", "8/s")),
        ("OLMo 1 1B (3T), batched", None, ("OLMo 1 1B (3T)", "batched")),
    ],
)
def test_a_title_gives_the_model_and_the_rate_its_name(title, rate, named):
    assert page.model_and_rate(title, rate) == named


CURVES = [
    point("olmo_1_per_s", "OLMo at 1 request per second", 1.0, 1e6, 0.05),
    point("olmo_1_per_s", "OLMo at 1 request per second", 1.0, 1e9, 0.001),
    point("olmo_1_per_s_as_printed", "OLMo at 1 request per second, as printed", 1.0, 1e6, 0.07),
    point("llama_1_per_s_as_printed", "Llama at 1 request per second, as printed", 1.0, 1e6, 0.03),
]
EVENS = [
    even("olmo_1_per_s", "OLMo at 1 request per second", 1.0, 2e9),
    even("olmo_1_per_s_as_printed", "OLMo at 1 request per second, as printed", 1.0, 3e9),
    even("llama_1_per_s_as_printed", "Llama at 1 request per second, as printed", 1.0, None),
]


def values(spec, layer):
    return spec["layer"][layer]["data"]["values"]


def test_each_model_has_one_small_chart_of_its_own_record_where_there_is_one():
    section = page.falling_cost(CURVES, EVENS)
    assert [panel.title for panel in section.panels] == ["OLMo", "Llama"]
    lines = values(section.panels[0].chart, 0)
    assert [(row["requests"], row["grams"]) for row in lines] == [(1e6, 50.0), (1e9, 1.0)]
    assert len(section.rows) == len(CURVES)


def test_the_break_even_is_marked_at_twice_the_cost_of_use_and_none_where_there_is_none():
    olmo, llama = page.falling_cost(CURVES, EVENS).panels
    assert [(row["requests"], row["grams"]) for row in values(olmo.chart, 2)] == [(2e9, pytest.approx(0.004))]
    assert values(llama.chart, 2) == []


def test_small_charts_share_their_axes():
    olmo, llama = page.falling_cost(CURVES, EVENS).panels
    for axis in ("x", "y"):
        ours, theirs = (panel.chart["layer"][0]["encoding"][axis]["scale"]["domain"] for panel in (olmo, llama))
        assert ours == theirs


def test_break_evens_are_in_billions_and_a_model_without_one_has_no_point():
    spec = page.break_even(EVENS).chart
    assert [(row["model"], row["billions"]) for row in spec["data"]["values"]] == [("OLMo", 2.0)]


def test_break_evens_with_and_without_experiments_are_told_apart():
    def of(model, missing):
        return even(model, f"{model} at 1 request per second", 1.0, 2e9) | {"terms_missing": missing}

    lacking = "experimentation embodied; experimentation operational"
    both = page.break_even([of("OLMo", "training embodied"), of("Llama", lacking)]).text
    assert "That of OLMo counts the experiments before the training too" in both and "do not compare" in both
    assert "each break-even leaves them out" in page.break_even([of("Llama", lacking)]).text
    assert "experiments" not in page.break_even([of("OLMo", None)]).text


def test_what_a_record_notes_of_its_costs_stands_above_the_break_evens():
    bound = "The whole group of models: an upper bound for one of them"
    rows = [
        even("b", "B at 1 request per second", 1.0, 2e9) | {"cost_notes": f"Hours estimated; {bound}"},
        even("a", "A at 1 request per second", 1.0, 3e9) | {"cost_notes": bound},
        even("c", "C at 1 request per second", 1.0, None) | {"cost_notes": "not drawn"},
    ]
    text = page.break_even(rows).text
    assert text.endswith(f" B: Hours estimated. A, B: {bound}.") and "not drawn" not in text


def change(payback, outcome, years, category="GWP", life=3.0):
    return {
        "payback_id": payback,
        "question": "When?",
        "note": None,
        "impact_category": category,
        "outcome": outcome,
        "payback_years": years,
        "hardware_lifetime_years": life,
    }


def test_payback_is_a_bar_only_where_it_takes_years():
    section = page.payback(
        [
            change("new_cards", "pays_back", 0.6),
            change("old_cards", "never_pays_back", None),
            change("longer_life", "pays_back_at_once", 0.0),
            change("no_data", "not_modelled", None, life=None),
            change("no_volume", "pays_back", None),
            change("new_cards", "pays_back_at_once", 0.0, "PE"),
        ]
    )
    bars, words = (section.chart["layer"][index]["data"]["values"] for index in (0, 1))
    until = [(bar["name"], bar["value"]) for bar in bars if bar["kind"] == "until paid back"]
    assert until == [("New cards", 0.6)]
    said = {row["name"]: row["words"] for row in words if row["kind"] == "until paid back"}
    assert said == {
        "New cards": "0.6 years",
        "Old cards": "never: each use costs more",
        "Longer life": "at once: nothing is made",
        "No data": "not modelled",
        "No volume": "pays back; no volume of a year is stated",
    }
    assert "PE" in section.text
