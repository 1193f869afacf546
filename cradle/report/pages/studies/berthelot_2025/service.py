"""The service of the paper as the warehouse models it: a year of Stable Diffusion with open factors."""

from cradle.report.ask import Marts
from cradle.report.page import Row
from cradle.report.pages.studies import grid
from cradle.report.quantities import written

SCENARIO = "sd_service_2025_open"
CATEGORIES = ["GWP", "PE", "ADPe"]  # those of the paper
GRID_SOURCE = f"marts.impacts_by_part_stage_category, scenario {SCENARIO}, location view"
COMPUTED, PRINTED = "computed", "printed"
KINDS = {COMPUTED: "#0072B2", PRINTED: "print"}


def cells(marts: Marts) -> list[Row]:
    """The expected cells of the service in the paper's three categories."""
    return [row for row in grid.cells(marts, [SCENARIO]) if row["impact_category"] in CATEGORIES]


def results(marts: Marts, *cases: str) -> list[Row]:
    """What the paper's text prints, by published value, in the order asked."""
    return marts.rows(
        """
        select published_value_id, quantity, as_printed, print_relation, printed, computed, unit, residual_pct,
            inside_print_rounding, locator, note
        from marts.published_results
        where study_id = 'berthelot_2025' and list_contains(?, published_value_id)
        order by list_position(?, published_value_id)
        """,
        list(cases),
        list(cases),
    )


def beside(row: Row) -> Row:
    """One line of a table of printed and computed: both numbers, the residual, and why."""
    share = row["unit"] == "1" and row["printed"] <= 1
    bound = "more than " if row["print_relation"] == ">" else ""
    computed = row["computed"]
    return {
        "quantity": row["quantity"],
        "printed": bound + number(row["printed"], row["unit"], share),
        "computed": "not modelled" if computed is None else number(computed, row["unit"], share),
        "residual": residual(row),
        "where": row["locator"],
        "why": row["note"] or ("agrees" if row["inside_print_rounding"] else "not established"),
    }


def number(value: float, unit: str, share: bool) -> str:
    """A number with its unit, a share in per cent."""
    if share:
        return f"{100 * value:.3g} %"
    return written(value) if unit == "1" else f"{written(value)} {unit}"


def residual(row: Row) -> str:
    """The residual in words: none where there is nothing to compare, the side of a bound where a bound is printed."""
    if row["computed"] is None:
        return "none: ours is not modelled"
    if row["print_relation"] == ">":
        return "above the bound" if row["computed"] > row["printed"] else "below the bound"
    if row["residual_pct"] is None:
        return "none"
    rounding = ", inside print rounding" if row["inside_print_rounding"] else ""
    return f"{row['residual_pct']:+.2g} %{rounding}"
