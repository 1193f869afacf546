"""A result beside the share of a person in what the planet allows, and beside everyday things."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.flagships import FLAGSHIPS, VIEW, of_what
from cradle.report.quantities import written


def page(marts: Marts) -> Page:
    """Yearly shares of a person, and equivalents, for each flagship."""
    return Page(
        "planetary",
        "How large is that?",
        "Interpretation",
        "A result beside the yearly share of one person in global limits (Sala et al. 2020, by the people of 2010), and"
        " beside everyday things. Equal shares are one principle of several, the limits are uncertain, and a partial"
        " total counts too few: nothing here says that a service is sustainable or is not.",
        [*_persons(marts), *_things(marts)],
        short="How large is that?",
    )


def _persons(marts: Marts) -> Iterator[Section]:
    for scenario, title in FLAGSHIPS.items():
        rows = marts.rows(
            """
            select impact_category, person_years, person_years_low, person_years_high, value, value_low, value_high,
                unit, budget_per_person, budget_unit, completeness, indicator_match, person_years_missing,
                person_years_note, budget_set, licence_set
            from marts.planetary_context
            where scenario_id = ? and electricity_view = ? and budget_set = 'sala_2020'
            order by person_years desc nulls last, impact_category
            """,
            scenario,
            VIEW,
        )
        known = [row for row in rows if row["person_years"] is not None]
        if not known:
            continue
        first = known[0]
        missing = [row for row in rows if row["person_years"] is None]
        text = (
            f"{first['impact_category']} weighs most: {written(first['value'])} {first['unit']} are the yearly share of"
            f" {written(first['person_years'])} persons."
        )
        if missing:
            text += f" {', '.join(row['impact_category'] for row in missing)}: no persons, as the table says why."
        yield Section(
            f"persons-{scenario}",
            f"{title}: yearly shares of a person",
            text,
            rows,
            "marts.planetary_context, location view, budgets sala_2020",
            charts.intervals(
                rows,
                "impact_category",
                "person_years",
                "person_years_low",
                "person_years_high",
                "persons whose share of a year it takes",
                unknown="not known",
            ),
            "Diamonds by impact category on a logarithmic axis: persons whose yearly share the result takes; the lines"
            " are the range of the result, not of the limit.",
        )


def _things(marts: Marts) -> Iterator[Section]:
    for scenario, title in FLAGSHIPS.items():
        rows: list[Row] = marts.rows(
            """
            select title, equivalents, equivalents_low, equivalents_high, equivalent_unit, equivalent_value, value,
                unit, impact_category, completeness, equivalent_source_id, note, licence_set
            from marts.impact_equivalents
            where scenario_id = ? and electricity_view = ?
            order by equivalent_id
            """,
            scenario,
            VIEW,
        )
        if rows:
            yield Section(
                f"things-{scenario}",
                f"{title}: beside everyday things",
                f"{written(rows[0]['value'])} {rows[0]['unit']} {of_what(rows[0]['completeness'])}, in the climate"
                " impact of other things."
                " Kilometres and telephones differ by country and year by more than the digits shown.",
                rows,
                "marts.impact_equivalents, location view",
            )
