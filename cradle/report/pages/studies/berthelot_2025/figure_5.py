"""Figure 5: the service with training regarded as embodied in the model, by picture."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Panel, Row, Section
from cradle.report.pages.studies.berthelot_2025 import service
from cradle.report.quantities import readable

AS_USED, AS_EMBODIED = "Training as operation", "Training as embodied"
_TRAINING = ("training", "experimentation")


def section(marts: Marts) -> Section:
    """The two views of training, by picture."""
    (pictures,) = marts.rows(
        "select computed as pictures from marts.published_results"
        " where study_id = 'berthelot_2025' and published_value_id = 'sd_service.18'"
    )
    return two_views(service.cells(marts), pictures["pictures"])


def two_views(cells: list[Row], pictures: float) -> Section:
    """One chart a category: the modelled impact of a picture by phase, with training in use and as embodied."""
    rows = regrouped(cells, pictures)
    panels = []
    for category in service.CATEGORIES:
        mine = [row for row in rows if row["impact_category"] == category]
        there = [row for row in mine if row["per_picture"]]
        ends = [sum(r["per_picture"] for r in there if r["view"] == view) for view in (AS_USED, AS_EMBODIED)]
        size, unit = readable(ends, mine[0]["unit"])
        bars = [{**row, "amount": row["per_picture"] / size} for row in there]
        said = [
            {"view": row["view"], "text": f"{row['phase']} not modelled"} for row in mine if row["per_picture"] is None
        ]
        spec = charts.stacked_bars(
            bars, "amount", "view", "phase", f"{unit} a picture", colours=charts.PHASES, said=said
        )
        panels.append(Panel(f"{category} in {unit} a picture", spec))
    return Section(
        "figure-5",
        "Figure 5 in our numbers: training regarded as embodied",
        "The paper's Figure 5 counts the training of the model as embodied in it, as the making of a server is in the"
        " server. The sum stays the same, the phases change. The same view of the amortised service is in"
        " marts.amortisation, alternative training_as_embodied. The picture was not at hand and its percentages do not"
        " stand in the text, so nothing printed is set beside these bars.",
        rows,
        f"{service.GRID_SOURCE}; divided by the pictures of the year",
        alt="Two bars for each of GWP, PE and ADPe by picture, divided into embodied and operational: training as"
        " operation, and training as embodied; words where a phase is not modelled.",
        panels=panels,
        beside=_table(rows),
    )


def regrouped(cells: list[Row], pictures: float) -> list[Row]:
    """By category, view and phase: the modelled impact of the year and of a picture; None where nothing is modelled."""
    rows = []
    for category in dict.fromkeys(row["impact_category"] for row in cells):
        for view in (AS_USED, AS_EMBODIED):
            for phase in charts.PHASES:
                mine = [
                    row
                    for row in cells
                    if row["impact_category"] == category and _phase(row, view) == phase and row["value"] is not None
                ]
                value = sum(row["value"] for row in mine) if mine else None
                rows.append(
                    {
                        "impact_category": category,
                        "view": view,
                        "phase": phase,
                        "value": value,
                        "per_picture": None if value is None else value / pictures,
                        "unit": next(row["unit"] for row in cells if row["impact_category"] == category),
                    }
                )
    return rows


def _phase(row: Row, view: str) -> str:
    return "embodied" if view == AS_EMBODIED and row["service_part"] in _TRAINING else row["phase"]


def _table(rows: list[Row]) -> list[Row]:
    table = []
    for category in dict.fromkeys(row["impact_category"] for row in rows):
        line: Row = {"impact_category": category}
        for view in (AS_USED, AS_EMBODIED):
            mine = {
                row["phase"]: row["value"] for row in rows if (row["impact_category"], row["view"]) == (category, view)
            }
            whole = sum(value for value in mine.values() if value is not None)
            both = None not in mine.values()
            line[f"embodied share, {view.lower()}"] = (
                f"{100 * mine['embodied'] / whole:.3g} %" if both and whole else "no share: a phase is not modelled"
            )
        table.append({**line, "printed": "not in the text"})
    return table
