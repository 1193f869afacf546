"""Training spread over the requests that it serves."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Section


def page(marts: Marts) -> Page:
    """The page of amortised training."""
    rows = marts.rows(
        """
        select amortisation_id, lifetime_inferences, total_cost, fixed_cost_share, unit, per_unit, completeness,
            licence_set
        from marts.amortisation
        where alternative = 'by_inferences' and impact_category = 'GWP' and electricity_view = 'location'
            and total_cost is not null
        order by amortisation_id, lifetime_inferences
        """
    )
    shown = [row for row in rows if row["amortisation_id"].startswith("olmo_2_7b")]
    section = Section(
        "amortisation",
        "Cost of a request against the requests of a lifetime",
        "The impact of training and experiments spread over the requests served: each curve falls to the impact of a"
        " request alone.",
        rows,
        "marts.amortisation (position paper arXiv 2606.07632, equations for C_FU)",
        charts.curves(
            shown or rows[:60],
            "lifetime_inferences",
            "total_cost",
            "amortisation_id",
            "inferences in the lifetime of the model",
            "kgCO2e a request",
        ),
        "Lines that fall with the number of lifetime inferences, one for each request rate, on logarithmic axes.",
    )
    return Page("amortisation", "Amortised training", "Interpretation", "When does use outweigh training?", [section])
