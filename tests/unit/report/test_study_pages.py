"""The sections of a study's page, on rows written here."""

import pytest

from cradle.report.page import Link
from cradle.report.pages import overview
from cradle.report.pages.interpretation.flagships import Result
from cradle.report.pages.studies import cases, grid, printed
from cradle.report.pages.studies.berthelot_2025 import figure_3, figure_4, figure_5, figure_6, service
from cradle.report.pages.studies.index import Study


def cell(part, stage, value, category="GWP", unit="kgCO2e", state=None):
    return {
        "service_part": part,
        "life_cycle_stage": stage,
        "stage": stage,
        "phase": "operational" if stage == "use" else "embodied",
        "impact_category": category,
        "state": state or ("not_modelled" if value is None else "modelled"),
        "value": value,
        "unit": unit,
    }


CELLS = [
    cell("inference", "manufacturing", 1000.0),
    cell("inference", "use", 2000.0),
    cell("inference", "use", 1000.0),  # two flows of one stage
    cell("training", "manufacturing", 500.0),
    cell("training", "use", 1500.0),
    cell("networks", "use", None),
    cell("networks", "manufacturing", None),
    cell("inference", "manufacturing", 2.0, "ADPe", "kgSbe"),
    cell("inference", "use", None, "ADPe", "kgSbe"),
    cell("end_user_terminals", "manufacturing", None, "ADPe", "kgSbe"),
    cell("inference", "use", 3e6, "PE", "MJ"),
    cell("inference", "manufacturing", 1e6, "PE", "MJ"),
]


def result(case, printed_value, computed, unit="1", relation="=", residual=None, step=0.01):
    return {
        "published_value_id": case,
        "quantity": case,
        "as_printed": str(printed_value),
        "print_relation": relation,
        "printed": printed_value,
        "computed": computed,
        "unit": unit,
        "residual_pct": residual,
        "inside_print_rounding": False,
        "locator": "section 4.1",
        "note": "because",
        "print_step": step,
    }


@pytest.fixture
def bars_of(marks):
    return lambda panel: marks(panel.chart, "bar")


@pytest.fixture
def words_of(marks):
    return lambda panel: {row["name"]: row["text"] for row in marks(panel.chart, "text")}


def test_flows_of_one_stage_are_one_bar_in_a_unit_to_read():
    bars, unit = grid.drawn([row for row in CELLS if row["impact_category"] == "GWP"], "service_part")
    assert unit == "tCO2e"
    assert {(bar["name"], bar["stage"]): bar["amount"] for bar in bars} == {
        ("Inference", "manufacturing"): 1.0,
        ("Inference", "use"): 3.0,
        ("Training", "manufacturing"): 0.5,
        ("Training", "use"): 1.5,
    }


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([cell("a", "use", None), cell("a", "manufacturing", None)], "not modelled"),
        ([cell("a", "use", 1.0), cell("a", "manufacturing", None)], "embodied not modelled"),
        ([cell("a", "use", None, state="withheld"), cell("a", "manufacturing", 1.0)], "operational withheld"),
        ([cell("a", "use", 1.0), cell("a", "manufacturing", None, state="not_applicable")], None),
        ([cell("a", "use", 0.0), cell("a", "manufacturing", 1.0)], None),  # a modelled 0 is a result
        (
            [cell("a", "use", None, state="withheld"), cell("a", "manufacturing", None)],
            "embodied not modelled; operational withheld",
        ),
    ],
)
def test_words_say_which_phase_is_missing_and_why(cells, words):
    assert [row["text"] for row in grid.said(cells, "service_part")] == ([words] if words else [])


def test_figure_3_says_what_is_not_modelled_where_its_bar_would_be(bars_of, words_of):
    section = figure_3.by_part(CELLS)
    gwp, pe, adpe = section.panels
    assert [panel.title for panel in section.panels] == ["GWP in tCO2e", "PE in TJ", "ADPe in kgSbe"]
    assert words_of(gwp)["Networks"] == "not modelled"
    assert words_of(adpe) == {"End user terminals": "not modelled", "Inference": "2; operational not modelled"}
    assert "End user terminals" not in {bar["name"] for bar in bars_of(adpe)}
    assert {bar["name"] for bar in bars_of(pe)} == {"Inference"}


def test_printed_numbers_of_figure_3_stand_beside_ours_with_the_residual_and_why(bars_of):
    section = figure_3.printed(
        [
            result("sd_service.07", 463.0, 396.65, "tCO2e", residual=-14.33),
            result("sd_service.08", 0.45, 0.383, residual=-14.9),
            result("sd_service.10", 0.30, 0.204, relation=">"),
            result("sd_service.09", 0.85, None, relation=">"),
        ]
    )
    table = {row["quantity"]: row for row in section.beside}
    assert table["sd_service.07"] | {"why": ""} == {
        "quantity": "sd_service.07",
        "printed": "463 tCO2e",
        "computed": "396.6 tCO2e",
        "residual": "-14 %",
        "where": "section 4.1",
        "why": "",
    }
    assert (table["sd_service.10"]["printed"], table["sd_service.10"]["residual"]) == (
        "more than 30 %",
        "below the bound",
    )
    assert (table["sd_service.09"]["computed"], table["sd_service.09"]["residual"]) == (
        "not modelled",
        "none: ours is not modelled",
    )
    assert all(row["why"] == "because" for row in section.beside)
    shares = bars_of(section.panels[1])
    assert [(bar["name"], bar["kind"]) for bar in shares if bar["name"] == "ADPe"] == [("ADPe", "printed")]


def test_a_bound_that_ours_meets_is_said_to_be_met():
    assert service.residual(result("x", 0.3, 0.31, relation=">")) == "above the bound"


def test_figure_4_gives_shares_of_a_part_and_none_where_a_phase_is_missing(bars_of, words_of):
    rows = {
        (row["impact_category"], row["service_part"], row["phase"]): row["share_of_part"]
        for row in figure_4.shares(CELLS)
    }
    assert rows["GWP", "inference", "embodied"] == 0.25 and rows["GWP", "training", "operational"] == 0.75
    assert rows["GWP", "networks", "operational"] is None
    assert rows["ADPe", "inference", "embodied"] is None  # its use is not modelled: 100 % would be no finding
    gwp, _, adpe = figure_4.by_phase(CELLS).panels
    assert words_of(gwp) == {"Networks": "not modelled"}
    assert words_of(adpe)["Inference"] == "embodied alone is modelled: no share" and bars_of(adpe) == []


def test_figure_5_moves_training_to_the_embodied_and_keeps_the_sum():
    rows = {(r["impact_category"], r["view"], r["phase"]): r for r in figure_5.regrouped(CELLS, pictures=1000)}
    as_used = [rows["GWP", figure_5.AS_USED, phase]["value"] for phase in ("embodied", "operational")]
    as_embodied = [rows["GWP", figure_5.AS_EMBODIED, phase]["value"] for phase in ("embodied", "operational")]
    assert as_used == [1500.0, 4500.0] and as_embodied == [3000.0, 3000.0]
    assert rows["GWP", figure_5.AS_EMBODIED, "embodied"]["per_picture"] == 3.0
    assert rows["ADPe", figure_5.AS_USED, "operational"]["per_picture"] is None


def test_figure_5_states_no_share_of_half_a_result():
    table = {row["impact_category"]: row for row in figure_5.two_views(CELLS, 1000).beside}
    assert table["GWP"]["embodied share, training as operation"] == "25 %"
    assert table["GWP"]["embodied share, training as embodied"] == "50 %"
    assert table["ADPe"]["embodied share, training as operation"].startswith("no share")
    assert {row["printed"] for row in table.values()} == {"not in the text"}


def reading(stage, instrument, energy, tdp=None, run="stable_diffusion_v1_1"):
    return {
        "planned_run_id": run,
        "planned_stage": stage,
        "nodes": 32.0,
        "instrument": instrument,
        "predicted_energy": energy,
        "tdp_energy": tdp,
        "predicted_run_energy": 32 * energy,
    }


def test_figure_6_sets_each_meter_beside_the_others_and_says_what_has_no_duration(bars_of):
    rows = [
        reading("256 px", "wattmeter", 100.0, 106.0),
        reading("256 px", "software meter", 74.0, 106.0),
        reading("512 px", "wattmeter", 200.0),
        reading("512 px", "software meter", 150.0),
    ]
    section = figure_6.by_meter(
        rows,
        [
            result("sd_service.04", 15000.0, 15040.0, "kWh", residual=0.27),
            result("sd_service.05", 12800.0, 12816.0, "kWh", residual=0.13),
            result("sd_service.06", 33900.0, 33892.0, "kWh", residual=-0.02),
            result("sd_service.20", 1.06, None),
            result("sd_service.21", 0.25, None),
        ],
    )
    stages, versions = section.panels
    assert {(bar["name"], bar["kind"]): bar["value"] for bar in bars_of(stages)} == {
        ("v1-1 at 256 px", figure_6.METER): 3.2,
        ("v1-1 at 256 px", figure_6.RATED): pytest.approx(3.392),
        ("v1-1 at 256 px", figure_6.SOFTWARE): pytest.approx(2.368),
        ("v1-1 at 512 px", figure_6.METER): 6.4,
        ("v1-1 at 512 px", figure_6.SOFTWARE): 4.8,
    }
    assert {(bar["name"], bar["kind"]): bar["value"] for bar in bars_of(versions)}["v1-4", "printed"] == 12.8
    ratios = [row for row in section.beside if row["quantity"].startswith(("sd_service.20", "sd_service.21"))]
    assert [(row["printed"], row["computed"]) for row in ratios] == [
        ("1.06", "1.06"),
        ("25 %", "26 %"),
        ("25 %", "25 %"),
    ]


def test_what_rounding_hides_is_half_of_the_last_printed_digit():
    assert printed.half_step_pct(result("x", 463.0, 1.0, step=1.0)) == pytest.approx(0.10799, rel=1e-4)
    assert printed.half_step_pct(result("x", 463.0, 1.0, step=None)) is None
    assert printed.half_step_pct(result("x", 0.0, 1.0, step=1.0)) is None


def test_the_index_leads_to_each_study_and_a_study_without_inputs_is_no_failure():
    section = overview.reproduced_results(
        [Study("strubell_2019", "NLP", "S", 16, 16, 14, 16), Study("wu_2021", "Sustainable AI", "W", 2, 0, 0, 0)]
    )
    rows = {row["study"].text: row for row in section.rows}
    assert rows["Strubell 2019"]["study"].href == "study-strubell_2019.html"
    assert rows["Strubell 2019"]["share_reproduced"] == "100 %"
    assert rows["Wu 2021"]["share_reproduced"] == "nothing to recompute"
    bars = section.chart["layer"][0]["data"]["values"]
    assert {(bar["study"], bar["computed"]): bar["printed_results"] for bar in bars} == {
        ("Strubell 2019", "inside print rounding"): 14,
        ("Strubell 2019", "within 1 %"): 2,
    }


def test_the_overview_begins_with_a_service_by_part_and_stage(marks):
    cell = {"impact_category": "GWP", "unit": "kgCO2e", "completeness": "complete", "state_reason": None}
    use = {**cell, "life_cycle_stage": "use", "stage": "use", "phase": "operational"}
    rows = [
        {**use, "service_part": "inference", "state": "modelled", "value": 3000.0},
        {**use, "service_part": "idle_capacity", "state": "not_modelled", "value": None},
    ]
    result = Result("mine", "My service", "GWP", 3000.0, 1000.0, "tCO2e", "partial")
    section = overview.service(result, "One year of it", rows)
    assert section.text.startswith("One year of it. In all 3 tCO2e of the modelled part, electricity by the grid")
    assert [(bar["name"], bar["amount"]) for bar in marks(section.chart, "bar")] == [("Inference", 3.0)]
    assert "not modelled" in [word["text"] for word in marks(section.chart, "text") if word["name"] == "Idle capacity"]
    assert overview.service(result, "One year of it", rows[1:]).chart is None
    page = Link("All of it", "study-mine.html")
    assert overview.service(result, "One year of it", rows, page).more == page


def test_versions_in_the_name_of_a_study_keep_their_points():
    assert Study("ecologits_0_9_3", "", "", 0, 0, 0, 0).short == "Ecologits 0.9.3"


def case(scenario, title, functional_unit="one_training_run"):
    return {
        "scenario_id": scenario,
        "title": title,
        "parts": "training",
        "functional_unit_id": functional_unit,
        "task": "One training",
    }


def of_case(scenario, row):
    return row | {
        "scenario_id": scenario,
        "completeness": "none" if row["value"] is None else "complete",
        "value_low": None,
        "licence_set": None if row["value"] is None else "MIT",
    }


def test_each_case_has_a_bar_with_its_value_and_the_table_has_what_is_not_modelled(bars_of, words_of):
    cells = [
        of_case("a", cell("training", "use", 2000.0)),
        of_case("a", cell("training", "manufacturing", 500.0)),
        of_case("b", cell("training", "use", 4.0)),
        of_case("b", cell("training", "manufacturing", None)),
        of_case("c", cell("training", "use", None)),
        of_case("c", cell("training", "manufacturing", None)),
    ]
    section = cases.section([case("a", "Training of A as published"), case("b", "B"), case("c", "C")], cells)
    (panel,) = section.panels
    assert panel.title == "GWP in tCO2e" and section.title == "Training, 3 cases: One training"
    assert {(bar["name"], bar["stage"]): bar["amount"] for bar in bars_of(panel)} == {
        ("A", "use"): 2.0,
        ("A", "manufacturing"): 0.5,
        ("B", "use"): 0.004,
    }
    assert words_of(panel) == {"A": "2.5", "B": "0.004; embodied not modelled"}
    assert [row["state"] for row in section.rows if row["case"] == "C"] == ["not_modelled", "not_modelled"]
    assert dict(section.facts)["Modelled"] == "GWP; 3 of the 6 cells of GWP, 0 of them in part"


def test_the_cells_of_categories_without_a_value_are_not_counted_as_those_of_the_one_that_has_one():
    cells = [
        of_case("a", cell("training", "use", 1.0)),
        of_case("a", cell("training", "use", None, "PE", "MJ")),
        of_case("b", cell("training", "use", 2.0)) | {"licence_set": "CC0-1.0; MIT"},
    ]
    facts = dict(cases.section([case("a", "A"), case("b", "B")], cells).facts)
    assert facts["Modelled"] == "GWP; 2 of the 3 cells of GWP, PE, 0 of them in part"
    assert facts["Licences"] == "CC0-1.0; MIT"


def test_titles_keep_their_words_where_they_would_be_the_same_without():
    cells = [of_case("a", cell("training", "use", 1.0)), of_case("b", cell("training", "use", 2.0))]
    section = cases.section([case("a", "Training of A"), case("b", "A as published")], cells)
    assert {row["case"] for row in section.rows} == {"Training of A", "A as published"}


def test_cases_without_any_value_have_a_table_and_no_chart():
    section = cases.section([case("a", "A")], [of_case("a", cell("training", "use", None))])
    assert section.panels == [] and len(section.rows) == 1
