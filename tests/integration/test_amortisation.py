"""Costs before use spread over use: the curves rebuilt from the position paper, and the break-even of the tables.

The paper prints no number beside its curves. The rebuilt ones (`position_paper_fig2_curves.csv`) take printed costs, so
the amortisations whose costs are as printed give them to their digits, and the computed ones come close.
"""

import csv
from decimal import Decimal

import pytest

from cradle.paths import PROJECT_ROOT

CURVES = PROJECT_ROOT.parent / "shared/cases/position_paper_fig2_curves.csv"
RATES = {"inf": "unlimited", "8": "8_per_s", "1": "1_per_s"}
# our columns, added up -> theirs and what turns ours into theirs
COLUMNS = {
    "marginal_operational": ("marginal_operational_g", 1e3),
    "marginal_embodied": ("marginal_embodied_g", 1e3),
    "amortised_training_operational": ("amortised_training_g", 1e3),
    "amortised_experimentation_operational": ("amortised_experimentation_g", 1e3),
    "amortised_training_embodied + amortised_experimentation_embodied": ("amortised_embodied_training_g", 1e3),
    "total_cost": ("C_FU_g_per_inference", 1e3),
    "aggregate_cost": ("aggregate_t", 1e-3),
}
MODEL, MARKS = "olmo_2_7b", "impact_category = 'GWP' and electricity_view = 'location'"


def digits(printed: str) -> int:
    """Significant digits, of which the file has four or five and drops zeros at the end."""
    return max(4, len(Decimal(printed).normalize().as_tuple().digits))


def curve(con, rate: str, suffix: str, alternative: str = "by_inferences") -> list[tuple[float, ...]]:
    return con.execute(
        f"select lifetime_inferences, {', '.join(COLUMNS)} from marts.amortisation"
        f" where amortisation_id = ? and alternative = ? and {MARKS} order by lifetime_inferences",
        [f"{MODEL}_{RATES[rate]}{suffix}", alternative],
    ).fetchall()


@pytest.mark.skipif(not CURVES.is_file(), reason=f"the rebuilt curves are not there: {CURVES}")
@pytest.mark.parametrize("rate", RATES)
class TestCurves:
    def expected(self, rate: str) -> list[dict[str, str]]:
        with CURVES.open(encoding="utf-8", newline="") as file:
            return [row for row in csv.DictReader(file) if row["serving"] == rate]

    def test_printed_costs_give_each_point_to_its_digits(self, bundled, rate):
        points = curve(bundled, rate, "_as_printed")
        wanted = self.expected(rate)
        assert len(points) == len(wanted) == 27
        for (lifetime, *costs), row in zip(points, wanted, strict=True):
            assert float(f"{lifetime:.4g}") == float(row["lifetime_inferences"])
            for cost, (column, factor) in zip(costs, COLUMNS.values(), strict=True):
                assert float(f"{cost * factor:.{digits(row[column])}g}") == float(row[column]), (lifetime, column)

    def test_computed_costs_come_within_the_rounding_of_the_printed_energies(self, bundled, rate):
        for (_, *costs), row in zip(curve(bundled, rate, ""), self.expected(rate), strict=True):
            for cost, (column, factor) in zip(costs, COLUMNS.values(), strict=True):
                assert cost * factor == pytest.approx(float(row[column]), rel=5e-3), column


@pytest.mark.parametrize(("rate", "billions"), [("inf", 46.8448), ("8", 16.9923), ("1", 2.3189)])
def test_uses_until_the_cost_before_use_is_half(bundled, rate, billions):
    """(52 + 65 + 6.4394 t) by the grams of one request; 47, 17 and 2.3 billion in the text of the rebuild."""
    found = bundled.execute(
        "select distinct break_even_inferences, near_asymptote_inferences from marts.amortisation_break_even"
        f" where amortisation_id = ? and {MARKS}",
        [f"{MODEL}_{RATES[rate]}_as_printed"],
    ).fetchall()
    assert found == [pytest.approx((billions * 1e9, billions * 1e10), rel=1e-4)]


def test_training_by_use_is_the_published_break_even(bundled):
    compared = bundled.execute(
        "select published.quantity, published.computed, mart.training_break_even_inferences"
        " from marts.published_results as published"
        " inner join seeds.amortisations as costs on published.scenario_id = costs.inference_scenario_id"
        " inner join marts.amortisation_break_even as mart on costs.amortisation_id = mart.amortisation_id"
        " where published.quantity like 'breakeven %' and costs.amortisation_id like '%_as_printed'"
        f" and mart.alternative = 'by_inferences' and mart.impact_category = 'GWP' and mart.{MARKS.split(' and ')[1]}"
    ).fetchall()
    assert len({quantity for quantity, *_ in compared}) == 30
    for quantity, published, amortised in compared:
        assert amortised == pytest.approx(published, rel=1e-12), quantity


def test_alternatives_report_the_same_total_in_other_phases(bundled):
    by_inferences, as_embodied = (
        bundled.execute(
            "select total_cost, aggregate_cost, operational_cost + embodied_cost from marts.amortisation"
            f" where alternative = ? and {MARKS} and terms_missing is null order by amortisation_id, lifetime_id",
            [alternative],
        ).fetchall()
        for alternative in ("by_inferences", "training_as_embodied")
    )
    assert len(by_inferences) > 100
    for one, other in zip(by_inferences, as_embodied, strict=True):
        assert one == pytest.approx(other, rel=1e-12)
    of_use = bundled.execute(
        f"select operational_cost - marginal_operational from marts.amortisation where {MARKS}"
        " and alternative = 'training_as_embodied' and marginal_operational is not null"
    ).fetchall()
    assert {difference for (difference,) in of_use} == {0.0}


def test_what_nobody_models_is_named_and_is_no_zero(bundled):
    missing = dict(
        bundled.execute(
            "select impact_category, terms_missing from marts.amortisation_break_even where alternative = 'by_years'"
            " and amortisation_id = 'stable_diffusion_images' and electricity_view = 'location'"
        ).fetchall()
    )
    assert missing["GWP"] == "experimentation embodied; experimentation operational"
    assert missing["ADPe"] == f"{missing['GWP']}; inference operational; training operational"
    found = bundled.execute(
        "select count(*) from marts.amortisation_break_even where completeness = 'none'"
        " and coalesce(marginal_cost, fixed_cost, break_even_inferences) is not null"
    ).fetchall()
    assert found == [(0,)]


@pytest.mark.parametrize(("years", "scenario"), [(1, "sd_service_2025_open"), (3, "sd_service_2025_amortised")])
def test_a_training_spread_over_years_is_the_year_of_the_service(bundled, years, scenario):
    """All images of a year cost what the scenario costs that charges all, or a third, of the training to its year."""
    compared = bundled.execute(
        "select mart.impact_category, mart.aggregate_cost / mart.model_years, total.value"
        " from marts.amortisation as mart"
        " inner join marts.impact_totals as total using (impact_category, electricity_view)"
        " where mart.amortisation_id = 'stable_diffusion_images' and mart.model_years = ? and total.scenario_id = ?",
        [years, scenario],
    ).fetchall()
    assert {"GWP", "ADPe", "PE", "WC"} <= {category for category, *_ in compared}
    for category, amortised, of_the_year in compared:
        assert amortised == pytest.approx(of_the_year, rel=1e-12), category
