"""What changes if something about a service changes, and why."""

from collections.abc import Iterator
from typing import Any

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.wording import called
from cradle.report.quantities import readable, written

# what is taken apart on the page, largest questions first; the overview above has all that are declared
_TAKEN_APART = [
    "sd_poland",
    "sd_poland_market",
    "sd_poland_basis",
    "request_b200",
    "measured_batch_8",
    "request_batch_8",
]


def page(marts: Marts) -> Page:
    """All declared comparisons, and some of them taken apart."""
    return Page(
        "what-if",
        "What if?",
        "Interpretation",
        "Another country, busier nodes, a longer life, another batch, a newer card, the other electricity view: two"
        " scenarios side by side, and their difference split into what causes it. The parts add up to it. Where what"
        " changes is modelled on neither side the answer is unknown, and not nothing.",
        [*_overview(marts), *(section for one in _TAKEN_APART for section in _apart(marts, one))],
        short="What if?",
    )


def _overview(marts: Marts) -> Iterator[Section]:
    for view, title in (("location", "on the grid's mix"), ("market", "with a market view on one side or both")):
        rows = marts.rows(
            """
            select question, dimension, base_scenario_id, base_electricity_view, other_scenario_id,
                other_electricity_view, base_value, other_value, difference, other_by_base, unit, base_completeness,
                other_completeness, not_comparable_because, cells_of_base_alone, cells_of_other_alone, changes_left_out,
                note, comparison_id, licence_set
            from marts.scenario_comparison_totals as totals
            where dimension != 'parent' and impact_category = 'GWP'
                and not exists (
                    select 1
                    from marts.scenario_comparison_totals as back
                    where back.dimension != 'parent' and back.impact_category = 'GWP'
                        and back.base_scenario_id = totals.other_scenario_id
                        and back.base_electricity_view = totals.other_electricity_view
                        and back.other_scenario_id = totals.base_scenario_id
                        and back.other_electricity_view = totals.base_electricity_view
                        and back.comparison_id < totals.comparison_id
                )
                and (case
                    when base_electricity_view = 'location' and other_electricity_view = 'location' then 'location'
                    else 'market'
                end) = ?
            order by other_by_base desc nulls last, comparison_id
            """,
            view,
        )
        if rows:
            yield _compared(rows, view, title)


def _compared(rows: list[Row], view: str, title: str) -> Section:
    unknown = [row for row in rows if not is_answered(row)]
    known = [row for row in rows if is_answered(row)]
    alike = [row for row in known if row["not_comparable_because"] is None]
    said = [f"{len(rows)} comparison{'s' if len(rows) != 1 else ''}."]
    if len(alike) > 1:
        more, less = alike[0], alike[-1]
        said.append(
            f"Of those that compare like with like, highest against its base: {more['question']}"
            f" ({written(more['other_by_base'])} times); lowest: {less['question']}"
            f" ({written(less['other_by_base'])} times)."
        )
    limited = len(known) - len(alike)
    if limited:
        verb = "compares" if limited == 1 else "compare"
        said.append(f"{limited} {verb} cells or methods that are not the same; the table says which.")
    if unknown:
        said.append(f"{len(unknown)} ha{'s' if len(unknown) == 1 else 've'} no answer: {_reasons(unknown)}.")
    return Section(
        f"all-{view}",
        f"Climate change, {title}",
        " ".join(said),
        rows,
        "marts.scenario_comparison_totals, GWP; the declared comparisons without their ways back",
        _ratios(rows, "question", "question"),
        "Bars to the right: the other scenario has more; to the left: less. The axis is logarithmic, so that twice and"
        " half are equally long. Open bars do not compare like with like. Words stand where the answer is unknown.",
    )


def is_answered(row: Row) -> bool:
    """Whether the difference of a comparison is one of the two sides.

    Cells that one electricity view of a scenario has and the other lacks are not modelled there: what is left of the
    total is no change of the service.
    """
    one_scenario = row["base_scenario_id"] == row["other_scenario_id"]
    return row["difference"] is not None and not (
        one_scenario and (row["cells_of_base_alone"] or row["cells_of_other_alone"])
    )


def _ratios(rows: list[Row], column: str, name: str) -> dict[str, Any]:
    drawn = [
        {
            name: row[column],
            "ratio": row["other_by_base"] if is_answered(row) else None,
            "why": "unknown",
            "alike": row["not_comparable_because"] is None,
        }
        for row in rows
    ]
    return charts.diverging(drawn, name, "ratio", "the other scenario by its base (1: no change)", "why", "alike")


def _reasons(rows: list[Row]) -> str:
    return "; ".join(sorted({_reason(row) for row in rows}))


def _reason(row: Row) -> str:
    if row["difference"] is not None:
        return "what one view models is not modelled in the other"
    return row["not_comparable_because"] or "no reason is stated"


def _apart(marts: Marts, comparison: str) -> Iterator[Section]:
    totals = marts.rows(
        """
        select question, impact_category, unit, base_value, other_value, difference, other_by_base,
            not_comparable_because, cells_of_base_alone, cells_of_other_alone, changes_left_out, base_scenario_id,
            base_electricity_view, other_scenario_id, other_electricity_view, note, licence_set
        from marts.scenario_comparison_totals
        where comparison_id = ? and (base_value is not null or other_value is not null)
        order by list_position(['GWP', 'ADPe', 'PE', 'WC'], impact_category) nulls last, impact_category
        """,
        comparison,
    )
    if not totals:
        return
    question = totals[0]["question"]
    yield Section(
        f"categories-{comparison}",
        f"{question} By impact category",
        _sides(totals),
        totals,
        f"marts.scenario_comparison_totals, comparison {comparison}",
        _ratios(sorted(totals, key=lambda row: not is_answered(row)), "impact_category", "category"),
        "Bars by impact category, to the right where the other scenario has more and to the left where it has less."
        " Words stand where the answer is unknown.",
    )
    for total in totals:
        if total["impact_category"] == "GWP" and is_answered(total):
            yield _causes(marts, comparison, total)


def _sides(totals: list[Row]) -> str:
    first = totals[0]
    known = [row for row in totals if is_answered(row)]
    said = [
        f"{first['base_scenario_id']} ({first['base_electricity_view']}) against {first['other_scenario_id']}"
        f" ({first['other_electricity_view']})."
    ]
    for verb, members in (
        ("More", [row for row in known if row["difference"] > 0]),
        ("Less", [row for row in known if row["difference"] < 0]),
        ("Unknown", [row for row in totals if not is_answered(row)]),
    ):
        if members:
            why = f" ({_reasons(members)})" if verb == "Unknown" else ""
            said.append(f"{verb}: {', '.join(row['impact_category'] for row in members)}{why}.")
    left_out = [set((row["changes_left_out"] or "").split("; ")) - {""} for row in known]
    everywhere = sorted(set.intersection(*left_out)) if left_out else []
    if everywhere:
        said.append(f"Changed, modelled in no category and so left out: {', '.join(everywhere)}.")
    if any(one - set(everywhere) for one in left_out):
        said.append("What else is left out of a category stands in the table.")
    if first["note"]:
        said.append(f"{first['note']}.")
    return " ".join(said)


def _causes(marts: Marts, comparison: str, total: Row) -> Section:
    rows = marts.rows(
        """
        select contribution_kind, contribution_id, contribution, contribution_by_base, unit, base_input, other_input,
            input_unit, differs_in, cells_moved, licence_set
        from marts.scenario_comparison
        where comparison_id = ? and impact_category = ?
        order by abs(contribution) desc, contribution_kind, contribution_id
        """,
        comparison,
        total["impact_category"],
    )
    size, unit = readable([total["base_value"], total["other_value"]], total["unit"])
    drawn = [
        {
            "cause": f"{called(row['contribution_kind'])}: {row['contribution_id'].replace('_', ' ')}",
            "amount": row["contribution"] / size,
        }
        for row in rows
    ]
    largest = rows[0] if rows else None
    text = (
        f"From {written(total['base_value'] / size)} to {written(total['other_value'] / size)} {unit}:"
        f" {total['difference'] / size:+,.4g} {unit}."
    )
    if largest:
        which = f"The largest of {len(rows)} causes" if len(rows) > 1 else "The one cause"
        text += f" {which} is {drawn[0]['cause']} ({largest['contribution'] / size:+,.4g} {unit})."
    if total["not_comparable_because"]:
        text += f" This does not compare like with like: {total['not_comparable_because']}."
    mixed = sorted({row["differs_in"] for row in rows if row["differs_in"] and row["differs_in"] != "place"})
    if mixed:
        text += f" The factors differ in more than was asked: {'; '.join(mixed)}."
    return Section(
        f"causes-{comparison}",
        f"{total['question']} {total['impact_category']} by cause",
        text,
        rows,
        f"marts.scenario_comparison, comparison {comparison}; LMDI-I (Ang 2005)",
        charts.waterfall(
            drawn,
            "cause",
            "amount",
            total["base_value"] / size,
            total["other_value"] / size,
            f"{total['impact_category']} in {unit}",
        ),
        "Bars from the result before to the result after; each cause starts where the one above it ends.",
    )
