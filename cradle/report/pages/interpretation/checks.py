"""Is a result complete and consistent?"""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.flagships import FLAGSHIPS, VIEW
from cradle.report.pages.interpretation.wording import called
from cradle.report.quantities import spelled, written

_NAMED = 4  # things that a finding lists

# how the warehouse counts cells, and how the page calls it; the last is what is missing
_STATES = {
    "cells_modelled": "modelled",
    "cells_included_elsewhere": "counted elsewhere",
    "cells_not_applicable": "not applicable",
    "cells_below_cutoff": "below the cut-off",
    "cells_withheld": "withheld",
    "cells_not_modelled": "not modelled",
}
_COLOURS = {
    "modelled": "#0072B2",
    "counted elsewhere": "#56B4E9",
    "not applicable": "#b8c4ce",
    "below the cut-off": "#CC79A7",
    "withheld": "#E69F00",
    "not modelled": "#ffffff",
}


def page(marts: Marts) -> Page:
    """The completeness and the consistency check of each flagship."""
    return Page(
        "checks",
        "Is a result complete and consistent?",
        "Interpretation",
        "Two checks that ISO 14044 asks for. Completeness: which cells of part and stage have a number, and which"
        " should have one. Consistency: what is mixed in one total. Differences are named and not judged.",
        [section for scenario in FLAGSHIPS for section in _of_scenario(marts, scenario)],
        short="Completeness and consistency",
    )


def _of_scenario(marts: Marts, scenario: str) -> Iterator[Section]:
    rows = marts.rows(
        """
        select impact_category, counted_part, cells_listed, cells_modelled, cells_included_elsewhere,
            cells_not_applicable, cells_below_cutoff, cells_withheld, cells_not_modelled, flows_modelled,
            flows_expected, modelled_flow_share, energy_covered_share, mass_covered_share, flows_without_amount,
            licence_set
        from marts.completeness_checks
        where scenario_id = ? and electricity_view = ?
            and (counted_part = 'all' or impact_category in ('GWP', 'ADPe', 'PE', 'WC'))
        order by list_position(['GWP', 'ADPe', 'PE', 'WC'], impact_category) nulls last, impact_category,
            counted_part = 'all' desc, counted_part
        """,
        scenario,
        VIEW,
    )
    if rows:
        yield _complete(scenario, rows)
    findings = marts.rows(
        """
        select check_id as "check", finding, what, affected_share, spread_ratio, why_it_matters, licence_set,
            compared_licence_set
        from marts.consistency_checks
        where scenario_id = ? and impact_category = 'GWP' and electricity_view = ?
        order by list_position(['found', 'not stated', 'none found'], finding) nulls last,
            affected_share desc nulls last, check_id
        """,
        scenario,
        VIEW,
    )
    if findings:
        yield _consistent(scenario, findings)


def _complete(scenario: str, rows: list[Row]) -> Section:
    whole = [row for row in rows if row["counted_part"] == "all"]
    drawn = [
        {"category": row["impact_category"], "state": state, "cells": row[column]}
        for row in whole
        for column, state in _STATES.items()
        if row[column]
    ]
    return Section(
        f"completeness-{scenario}",
        f"{FLAGSHIPS[scenario]}: is it complete?",
        _covered(whole),
        rows,
        "marts.completeness_checks, location view",
        charts.states(drawn, "cells", "category", "state", "cells of part and stage", _COLOURS),
        "Bars by impact category of all cells of part and stage, divided by state. The open end of a bar is what is not"
        " modelled.",
    )


def _covered(whole: list[Row]) -> str:
    none = [row["impact_category"] for row in whole if not row["cells_modelled"]]
    some = [row for row in whole if row["cells_modelled"]]
    said = []
    climate = next((row for row in whole if row["impact_category"] == "GWP"), None)
    if climate:
        said.append(
            f"Climate change: {climate['flows_modelled']} of {climate['flows_expected']} flows and stages have a value,"
            f" {climate['cells_modelled']} cells are modelled and {climate['cells_not_modelled']} are not."
        )
        if climate["energy_covered_share"] is not None:
            said.append(f"{100 * climate['energy_covered_share']:.0f} % of the electricity of known amount is counted.")
        if climate["flows_without_amount"]:
            said.append(f"Flows whose amount nobody knows: {climate['flows_without_amount']}.")
    complete = [
        row["impact_category"]
        for row in some
        # a cell is modelled as soon as one of its flows is
        if not row["cells_not_modelled"]
        and not row["cells_withheld"]
        and row["flows_modelled"] == row["flows_expected"]
    ]
    said.append(
        f"Of {len(whole)} impact categories {len(complete)} are complete, {len(some) - len(complete)} partial and"
        f" {len(none)} not modelled at all" + (f" ({', '.join(none)})." if none else ".")
    )
    return " ".join(said)


def _consistent(scenario: str, findings: list[Row]) -> Section:
    def checks_that(kind: str) -> list[str]:
        return [called(row["check"]).lower() for row in findings if row["finding"] == kind]

    found, silent, clear = (checks_that(kind) for kind in ("found", "not stated", "none found"))
    said = [f"Of {len(findings)} checks {len(found)} found something" + (f" ({', '.join(found)})" if found else "")]
    if clear:
        said.append(f"{len(clear)} found nothing ({', '.join(clear)})")
    if silent:
        said.append(f"{len(silent)} could not be made, as the sources do not say ({', '.join(silent)})")
    largest = max(
        (row for row in findings if row["affected_share"] is not None),
        key=lambda row: (row["affected_share"], row["check"]),
        default=None,
    )
    end = (
        f" Most of the total is touched by {called(largest['check']).lower()}: {100 * largest['affected_share']:.1f} %."
        if largest
        else ""
    )
    return Section(
        f"consistency-{scenario}",
        f"{FLAGSHIPS[scenario]}: is it consistent?",
        "; ".join(said) + "." + end,
        findings,
        "marts.consistency_checks, GWP, location view",
        facts=[(called(row["check"]), _finding(row)) for row in findings],
    )


def _finding(row: Row) -> str:
    members = (row["what"] or "").split("; ")
    shown = "; ".join(members[:_NAMED]) + (f" and {len(members) - _NAMED} more" if len(members) > _NAMED else "")
    said = [spelled(row["finding"]) + (f": {shown}" if shown else "") + "."]
    if row["affected_share"] is not None:
        said.append(f"It touches {100 * row['affected_share']:.1f} % of the total.")
    if row["spread_ratio"] is not None:
        said.append(f"The highest is {written(row['spread_ratio'])} times the lowest.")
    return " ".join([*said, f"{row['why_it_matters']}."])
