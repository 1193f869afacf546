"""Printed results of a study beside the computed ones."""

from collections import Counter

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Row, Section
from cradle.report.quantities import spelled

_SHOWN = 40  # residuals in the chart; the table has all
_KINDS = {
    "recompute": "recomputed from printed inputs",
    "own_arithmetic": "of the study's formula worked out here, which no text prints",
    "back_solved": "with a factor solved from the print itself, which proves nothing",
    "inputs_unavailable": "whose inputs are not published",
    "disclosure": "disclosed without inputs",
}


def section(marts: Marts, study: str) -> Section:
    """Every printed result, and a chart of how far the computed ones are from it where there are any."""
    rows = marts.rows(
        """
        select
            case_id,
            quantity,
            as_printed,
            printed,
            computed,
            unit,
            residual_pct,
            case
                when residual_pct is null then null
                when inside_print_rounding then 'inside print rounding'
                when abs(residual_pct) < 1 then 'within 1 %'
                else 'further off'
            end as agreement,
            kind,
            locator,
            note,
            published_boundary as boundary,
            source_grade,
            print_step,
            print_relation,
            licence_set
        from marts.published_results
        where study_id = ?
        order by published_value_id
        """,
        study,
    )
    compared = sorted(
        (row for row in rows if row["residual_pct"] is not None), key=lambda row: -abs(row["residual_pct"])
    )
    kinds = Counter(row["kind"] for row in rows)
    counted = "; ".join(f"{count} {_KINDS.get(kind, kind)}" for kind, count in sorted(kinds.items()))
    shown = f" The chart shows the {_SHOWN} furthest off; the table has all." if len(compared) > _SHOWN else ""
    without = len(rows) - len(compared)
    alone = f" {without} of the {len(rows)} without a residual: in the table alone." if without and compared else ""
    return Section(
        "printed",
        "Printed and computed",
        f"{len(rows)} printed results: {counted}.{alone}{shown}",
        rows,
        "marts.published_results",
        _chart(compared[:_SHOWN]) if compared else None,
        "Points by printed result: computed minus printed in per cent, shaped by agreement; the grey band is what the"
        " rounding of the print allows."
        if compared
        else "",
    )


def _chart(rows: list[Row]) -> dict:
    named, seen = [], Counter()
    one_case = len({row["case_id"] for row in rows}) == 1
    for row in rows:
        label = (
            row["quantity"]
            if one_case or row["case_id"].lower() in row["quantity"].lower()
            else f"{spelled(row['case_id'])}: {row['quantity']}"
        )
        seen[label] += 1
        name = label if seen[label] == 1 else f"{label} ({seen[label]})"
        named.append({**row, "name": name, "half_step": half_step_pct(row)})
    return charts.residuals(named, "residual_pct", "half_step", "name", "agreement")


def half_step_pct(row: Row) -> float | None:
    """Half of the last printed digit in % of the print: what rounding hides; None where it is not known."""
    if row["print_step"] is None or not row["printed"]:
        return None
    return 50 * row["print_step"] / abs(row["printed"])
