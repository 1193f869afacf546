"""How sure a result is, and what would narrow it."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Section
from cradle.report.pages.interpretation.flagships import FLAGSHIPS, VIEW, Result, not_modelled, results
from cradle.report.pages.interpretation.wording import called
from cradle.report.quantities import written

_LARGEST = 10  # inputs that are drawn by name


def page(marts: Marts) -> Page:
    """Ranges by part, what would narrow them, and the ranges of the scenarios compared with the flagships."""
    sections = [section for result in results(marts) for section in (_range(marts, result), _narrowed(marts, result))]
    return Page(
        "uncertainty",
        "How sure is a result?",
        "Interpretation",
        "Each result has the value of its inputs' values and a distribution drawn from theirs: a range that a source"
        " declares, or one that follows from the quality of the data. Sources that disagree are no distribution; they"
        f" have a page of their own. What is not modelled is in no range.{not_modelled(marts)}",
        [*sections, *_scenarios(marts)],
        short="How sure is a result?",
    )


def _range(marts: Marts, result: Result) -> Section:
    rows = marts.rows(
        """
        select service_part, value, median, value_low, value_high, unit, range_basis, draws_made, completeness,
            flows_modelled, flows_expected, licence_set
        from marts.uncertainty
        where scenario_id = ? and impact_category = ? and electricity_view = ? and life_cycle_stage = 'all'
        order by service_part = 'all' desc, value desc, service_part
        """,
        result.scenario,
        result.category,
        VIEW,
    )
    drawn = [
        {
            "part": "All parts" if row["service_part"] == "all" else called(row["service_part"]),
            **{key: row[key] / result.size for key in ("value", "median", "value_low", "value_high")},
        }
        for row in rows
    ]
    return Section(
        f"range-{result.slug}",
        result.heading,
        _in_words(result, rows),
        rows,
        "marts.uncertainty, location view; 2.5 and 97.5 % of the draws",
        charts.intervals(
            drawn,
            "part",
            "value",
            "value_low",
            "value_high",
            f"{result.category} in {result.unit}",
            middle="median",
        )
        if rows
        else None,
        "Lines by service part from the 2.5 to the 97.5 % quantile of the draws, with the value as computed and the"
        " median; on a logarithmic axis equal lengths are equal ratios. The ends of parts do not add up to those of"
        " the total.",
    )


def _in_words(result: Result, rows: list[dict]) -> str:
    total = next((row for row in rows if row["service_part"] == "all"), None)
    if total is None:
        return f"{result.said(result.value)} {result.of}; no range is in the warehouse."
    return (
        f"{result.said(total['value'])} as computed, {result.of}. Of {total['draws_made']:,} draws 95 % lie between"
        f" {result.said(total['value_low'])} and {result.said(total['value_high'])}, half of them above"
        f" {result.said(total['median'])}."
    )


def _narrowed(marts: Marts, result: Result) -> Section:
    rows = marts.rows(
        """
        select
            shares.variance_rank,
            coalesce(inputs.input_title, shares.parameter_name, shares.factor_id, shares.input_kind) as input,
            shares.input_kind,
            shares.uncertainty_basis,
            shares.variance_share,
            shares.share_method,
            shares.input_id,
            shares.licence_set
        from marts.variance_shares as shares
        left join marts.sensitivity as inputs
            using (scenario_id, impact_category, electricity_view, input_id)
        where shares.scenario_id = ? and shares.impact_category = ? and shares.electricity_view = ?
        order by shares.variance_rank nulls last, shares.input_id
        """,
        result.scenario,
        result.category,
        VIEW,
    )
    inputs = [row for row in rows if row["variance_rank"] is not None]
    together = [row for row in rows if row["variance_rank"] is None]
    drawn = [
        {"input": f"{called(row['input'])} ({row['uncertainty_basis']})", "share": row["variance_share"]}
        for row in inputs[:_LARGEST]
    ]
    rest = inputs[_LARGEST:]
    if rest:
        drawn.append(
            {"input": f"{len(rest)} other inputs together", "share": sum(row["variance_share"] for row in rest)}
        )
    drawn += [{"input": "Inputs acting together", "share": row["variance_share"]} for row in together]
    return Section(
        f"narrowed-{result.slug}",
        f"What would narrow it: {result.heading}",
        f"{_first(inputs)} If an input were known exactly, the variance would fall by about its share. Shares by"
        " correlation scatter: differences below 6 points are noise.",
        rows,
        "marts.variance_shares, location view",
        charts.shares(drawn, "input", "share", "share of the variance of the total") if drawn else None,
        "Bars of each input's share of the variance, largest first. Declared: by a range that a source states."
        " Pedigree: by the scores of data quality.",
    )


def _first(inputs: list[dict]) -> str:
    if not inputs:
        return "No input of this result is drawn."
    first = inputs[:3]
    named = ", ".join(f"{called(row['input'])} ({100 * row['variance_share']:.0f} %)" for row in first)
    return f"Of {len(inputs)} inputs that are drawn, the largest shares of the variance are those of {named}."


def _scenarios(marts: Marts) -> Iterator[Section]:
    for scenario, title in FLAGSHIPS.items():
        rows = marts.rows(
            """
            with variants as (
                select distinct other_scenario_id as scenario_id
                from marts.scenario_comparison_totals
                where base_scenario_id = ? and dimension != 'parent'
                union
                select ? as scenario_id
            )

            select scenario_id, value, value_low, value_high, unit, value_low / value as low_by_value,
                median / value as median_by_value, value_high / value as high_by_value, range_basis, completeness,
                licence_set
            from marts.uncertainty
            inner join variants using (scenario_id)
            where impact_category = 'GWP' and electricity_view = ? and service_part = 'all'
                and life_cycle_stage = 'all' and value > 0
            order by scenario_id = ? desc, scenario_id
            """,
            scenario,
            scenario,
            VIEW,
            scenario,
        )
        if len(rows) < 2:
            continue
        widest = max(rows, key=lambda row: (row["value_high"] / row["value_low"], row["scenario_id"]))
        yield Section(
            f"scenarios-{scenario}",
            f"{title}: the scenarios beside it, GWP",
            "Each range by its own value. A range does not grow with the result: what two scenarios share moves both"
            " alike, so that ranges that overlap do not say that the scenarios cannot be told apart. The widest is"
            f" {widest['scenario_id']}, {written(widest['value_high'] / widest['value_low'])} times from end to end.",
            rows,
            "marts.uncertainty, location view, total of all parts and stages",
            charts.intervals(
                [{**row, "one": 1.0} for row in rows],
                "scenario_id",
                "one",
                "low_by_value",
                "high_by_value",
                "end of the range by the value as computed",
                middle="median_by_value",
            ),
            "Lines by scenario from the low to the high end of the range, each divided by the scenario's own value.",
        )
