"""Figure 3: a year of the service by part, for climate, primary energy and metals."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Panel, Row, Section
from cradle.report.pages.studies import grid
from cradle.report.pages.studies.berthelot_2025 import service

_SHARES = {"GWP": "sd_service.08", "PE": "sd_service.10", "ADPe": "sd_service.09"}


def sections(marts: Marts) -> Iterator[Section]:
    """The year by part, and what the text prints of it beside ours."""
    yield by_part(service.cells(marts))
    yield printed(service.results(marts, "sd_service.07", *_SHARES.values(), "sd_service.18"))


def by_part(cells: list[Row]) -> Section:
    """One chart a category: the parts with their stages, and words for what is not modelled."""
    panels = [grid.by_part([row for row in cells if row["impact_category"] == one], one) for one in service.CATEGORIES]
    return Section(
        "figure-3",
        "Figure 3 in our numbers: a year of the service by part",
        "The caption of the paper's Figure 3 states 75 million visits and 150 million pictures in a year; its text"
        " speaks of the parts' shares in climate (GWP), primary energy (PE) and metals (ADP, here ADPe). Our chart"
        " shows the same year and parts from open factors. The picture was not at hand: no value is read off it.",
        cells,
        service.GRID_SOURCE,
        alt="Bars by service part, divided by life-cycle stage, for GWP, PE and ADPe. Terminals and networks have words"
        " in place of a bar in ADPe: they are not modelled.",
        panels=[panel for panel in panels if panel],
    )


def printed(results: list[Row]) -> Section:
    """What the text prints of the figure: the total in climate, and the shares of terminals and networks."""
    found = {row["published_value_id"]: row for row in results}
    total = found["sd_service.07"]
    shares = [(category, found[case]) for category, case in _SHARES.items()]
    panels = [
        Panel("GWP of the year", _chart([("Whole service", total)], f"GWP in {total['unit']}", share=False)),
        Panel("Share of terminals and networks", _chart(shares, "share of the modelled total", share=True)),
    ]
    return Section(
        "figure-3-printed",
        "Figure 3: what the text prints, beside ours",
        "Five numbers around this figure stand in the text. Ours rest on open factors and on estimates for what the"
        " paper does not state, so a residual measures the distance of two assessments and not an error of either."
        " Shares of ours are of the modelled total: what is not modelled would change them.",
        results,
        "marts.published_results",
        alt="Bars in pairs, computed filled and printed as an outline: GWP of the year, and the share of terminals and"
        " networks in GWP, PE and ADPe; ours in ADPe is not modelled and says so.",
        panels=panels,
        beside=[service.beside(row) for row in results],
    )


def _chart(named: list[tuple[str, Row]], title: str, share: bool) -> dict:
    rows = []
    for name, row in named:
        computed = row["computed"]
        text = "not modelled" if computed is None else service.number(computed, "1", share)
        bound = "more than " if row["print_relation"] == ">" else ""
        rows.append({"name": name, "kind": service.COMPUTED, "value": computed, "label": text})
        rows.append(
            {
                "name": name,
                "kind": service.PRINTED,
                "value": row["printed"],
                "label": bound + service.number(row["printed"], "1", share),
            }
        )
    return charts.beside(rows, "value", "name", "kind", "label", title, service.KINDS, percent=share)
