"""Figure 4: what of each part is operation and what is embodied."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Panel, Row, Section
from cradle.report.pages.studies.berthelot_2025 import service
from cradle.report.quantities import spelled


def section(marts: Marts) -> Section:
    """The parts of the service by phase."""
    return by_phase(service.cells(marts))


def by_phase(cells: list[Row]) -> Section:
    """One chart a category: of each part, the share that is operational and the share that is embodied."""
    rows = shares(cells)
    panels = []
    for category in service.CATEGORIES:
        mine = [row for row in rows if row["impact_category"] == category]
        lacking = {row["service_part"] for row in mine if row["value"] is None}
        bars = [{**row, "name": spelled(row["service_part"])} for row in mine if row["service_part"] not in lacking]
        said = _words([row for row in mine if row["service_part"] in lacking])
        spec = charts.stacked_bars(
            bars,
            "share_of_part",
            "name",
            "phase",
            "share of what is modelled of the part",
            colours=charts.PHASES,
            said=said,
            percent=True,
        )
        panels.append(Panel(category, spec))
    return Section(
        "figure-4",
        "Figure 4 in our numbers: operational and embodied by part",
        "By the description that this page follows, Figures 4 and 5 of the paper split its impacts into operation and"
        " what is embodied. The pictures were not at hand and the text says no more: that Figure 4 leaves training"
        " where it is used is our reading. No percentage of it stands in the text, so nothing printed is set beside"
        " these bars. A part with one phase alone has no bar: its share would be no finding.",
        rows,
        service.GRID_SOURCE,
        alt="Bars by service part for GWP, PE and ADPe, divided into embodied and operational; words where a phase or a"
        " whole part is not modelled.",
        panels=panels,
    )


def _words(rows: list[Row]) -> list[Row]:
    words = []
    for part in dict.fromkeys(row["service_part"] for row in rows):
        there = [row["phase"] for row in rows if row["service_part"] == part and row["value"] is not None]
        text = f"{there[0]} alone is modelled: no share" if there else "not modelled"
        words.append({"name": spelled(part), "text": text})
    return words


def shares(cells: list[Row]) -> list[Row]:
    """By category, part and phase: the sum of the modelled cells (None without any) and its share of the part.

    A part that lacks a phase has no share: all of what is modelled is not all of the part.
    """
    keys = list(dict.fromkeys((row["impact_category"], row["service_part"], row["phase"]) for row in cells))
    rows = []
    for category, part, phase in keys:
        of_part = [row for row in cells if (row["impact_category"], row["service_part"]) == (category, part)]
        mine = [row for row in of_part if row["phase"] == phase]
        by_phase_of_part = [
            _sum([row for row in of_part if row["phase"] == other]) for other in {row["phase"] for row in of_part}
        ]
        whole = None if None in by_phase_of_part else _sum(of_part)
        value = _sum(mine)
        rows.append(
            {
                "impact_category": category,
                "service_part": part,
                "phase": phase,
                "state": "not modelled" if value is None else "modelled",
                "value": value,
                "unit": mine[0]["unit"],
                "share_of_part": value / whole if value is not None and whole else None,
            }
        )
    return rows


def _sum(cells: list[Row]) -> float | None:
    there = [row["value"] for row in cells if row["value"] is not None]
    return sum(there) if there else None
