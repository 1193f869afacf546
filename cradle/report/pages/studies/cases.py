"""The cases of a study side by side: its trainings, its requests, each with what it uses and what it embodies."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Panel, Row, Section
from cradle.report.pages.studies import grid
from cradle.report.quantities import spelled

_SHOWN = 30  # cases in a chart; the table has all


def sections(marts: Marts, study: str) -> Iterator[Section]:
    """For each kind of service that the study has one part of: a chart of its cases a category."""
    found = marts.rows(
        """
        with printed as (
            select distinct scenario_id from marts.published_results where study_id = ? and scenario_id is not null
        ),

        parts as (
            select
                printed.scenario_id,
                string_agg(distinct cells.service_part, ', ' order by cells.service_part) as parts,
                count(distinct cells.service_part) as parts_modelled,
                max(cells.value) filter (where cells.impact_category = 'GWP') as largest
            from printed
            inner join marts.impacts_by_part_stage_category as cells
                on printed.scenario_id = cells.scenario_id and cells.state = 'modelled'
            group by all
        )

        select parts.scenario_id, parts.parts, coalesce(units.task, 'not stated') as task
        from parts
        left join (select distinct scenario_id, functional_unit_id from marts.flow_amounts) as amounts
            on parts.scenario_id = amounts.scenario_id
        left join seeds.functional_units as units on amounts.functional_unit_id = units.functional_unit_id
        where parts.parts_modelled = 1
        order by parts.parts, parts.largest desc nulls last, parts.scenario_id
        """,
        study,
    )
    for part in dict.fromkeys(row["parts"] for row in found):
        mine = [row for row in found if row["parts"] == part]
        yield _section(marts, study, part, mine)


def _section(marts: Marts, study: str, part: str, scenarios: list[Row]) -> Section:
    tasks = {row["scenario_id"]: row["task"] for row in scenarios}
    rows = [
        {"case": row["scenario_id"], "service": tasks[row["scenario_id"]]}
        | {name: cell for name, cell in row.items() if name not in ("scenario_id", "stage")}
        | {"stage": row["stage"]}
        for row in grid.cells(marts, list(tasks))
    ]
    panels = []
    for category in grid.CATEGORIES:
        mine = [row for row in rows if row["impact_category"] == category]
        with_value = [
            case
            for case in dict.fromkeys(r["case"] for r in mine)
            if any(r["value"] for r in mine if r["case"] == case)
        ]
        shown = _named([row for row in mine if row["case"] in with_value[:_SHOWN]], study)
        bars, unit = grid.drawn(shown, "short")
        if bars:
            panels.append(Panel(f"{category} in {unit}", _spec(bars, unit, shown)))
    whole = f" The charts show the {_SHOWN} largest; the table has all." if len(scenarios) > _SHOWN else ""
    table = [{name: cell for name, cell in row.items() if name != "stage"} for row in rows]
    return Section(
        f"cases-{part}",
        f"{spelled(part)}: each case, operational and embodied",
        "Every case of the study that has this part alone. Cases do not all answer the same question: the table names"
        f" the service of each.{whole}",
        table,
        "marts.impacts_by_part_stage_category, location view",
        alt="Bars by case, divided by life-cycle stage, one chart an impact category; words where a phase has"
        " no value.",
        panels=panels,
        facts=_facts(rows),
    )


def _named(rows: list[Row], study: str) -> list[Row]:
    named = []
    for row in rows:
        short = row["case"].removeprefix(f"{study}_").removeprefix(f"{row['service_part']}_")
        named.append({**row, "short": short or row["case"]})
    return named


def _spec(bars: list[Row], unit: str, shown: list[Row]) -> dict:
    said = grid.said(shown, "short")
    # where all lack the same, one line of words above the chart says it better than thirty in it
    if len({row["text"] for row in said}) == 1 and len(said) == len({row["short"] for row in shown}) > 3:
        return charts.stacked_bars(
            bars, "amount", "name", "stage", f"{unit} ({said[0]['text']})", colours=charts.STAGES
        )
    return charts.stacked_bars(bars, "amount", "name", "stage", unit, colours=charts.STAGES, said=said)


def _facts(rows: list[Row]) -> list[tuple[str, str]]:
    known = [row for row in rows if row["value"] is not None]
    categories = ", ".join(dict.fromkeys(row["impact_category"] for row in known))
    partial = sum(row["completeness"] == "partial" for row in known)
    ranged = sum(row["value_low"] is not None for row in known)
    licences = "; ".join(sorted({row["licence_set"] for row in known if row["licence_set"]}))
    services = list(dict.fromkeys(row["service"] for row in rows))
    return [
        (
            "Service",
            services[0] if len(services) == 1 else f"{len(services)} services: the table names that of each case",
        ),
        ("Modelled", f"{categories}: {len(known)} of {len(rows)} cells, {partial} of them in part"),
        ("Ranges", f"{ranged} of {len(known)} values have a low and a high end" if ranged else "no value has a range"),
        ("Licences", licences or "none stated"),
    ]
