"""The cases of a study side by side: its trainings, its requests, each with what it uses and what it embodies."""

import re
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

        select
            parts.scenario_id,
            parts.parts,
            coalesce(scenarios.title, parts.scenario_id) as title,
            coalesce(amounts.functional_unit_id, 'not_stated') as functional_unit_id,
            coalesce(units.task, 'not stated') as task
        from parts
        left join (select distinct scenario_id, functional_unit_id from marts.flow_amounts) as amounts
            on parts.scenario_id = amounts.scenario_id
        left join seeds.functional_units as units on amounts.functional_unit_id = units.functional_unit_id
        left join seeds.scenarios on parts.scenario_id = scenarios.scenario_id
        where parts.parts_modelled = 1
        order by parts.parts, amounts.functional_unit_id, parts.largest desc nulls last, parts.scenario_id
        """,
        study,
    )
    for group in dict.fromkeys((row["parts"], row["functional_unit_id"]) for row in found):
        scenarios = [row for row in found if (row["parts"], row["functional_unit_id"]) == group]
        yield section(scenarios, grid.cells(marts, [row["scenario_id"] for row in scenarios]))


def section(scenarios: list[Row], cells: list[Row]) -> Section:
    """The cases that answer one question by one part: a chart a category, largest first, each bar with its value."""
    part, unit = scenarios[0]["parts"], scenarios[0]["functional_unit_id"]
    names = _short([row["title"] for row in scenarios])
    called = {row["scenario_id"]: name for row, name in zip(scenarios, names, strict=True)}
    panels = [
        panel
        for category in grid.CATEGORIES
        if (panel := _panel(category, [row for row in cells if row["impact_category"] == category], called))
    ]
    whole = f" The charts show the {_SHOWN} largest; the table has all." if len(scenarios) > _SHOWN else ""
    cases = "one case" if len(scenarios) == 1 else f"{len(scenarios)} cases"
    return Section(
        f"cases-{part.replace(', ', '-')}-{unit}",
        f"{spelled(part)}, {cases}: {scenarios[0]['task']}",
        f"Each bar is divided into what is embodied and what is used; what is not modelled is said.{whole}",
        [{"case": called[row["scenario_id"]]} | {n: c for n, c in row.items() if n != "stage"} for row in cells],
        "marts.impacts_by_part_stage_category, location view",
        alt="Bars by case with their values, divided by life-cycle stage, one chart an impact category; words where a"
        " phase has no value.",
        panels=panels,
        facts=_facts(cells),
    )


_WORN = re.compile(r"^(Training|Inference) of |^1,000 inferences: | (as published|by its card)(?=$|,)")

_RATE = re.compile(r" at (\d+) requests? per second")


def _short(titles: list[str]) -> list[str]:
    """Titles without the words that all of a study's have, where each stays different from the rest."""
    short = [_RATE.sub(r", \1/s", _WORN.sub("", title)) for title in titles]
    return short if len(set(short)) == len(short) else titles


def _panel(category: str, cells: list[Row], called: dict[str, str]) -> Panel | None:
    valued = list(dict.fromkeys(row["scenario_id"] for row in cells if row["value"]))[:_SHOWN]
    shown = [{**row, "called": called[row["scenario_id"]]} for row in cells if row["scenario_id"] in valued]
    bars, unit = grid.drawn(shown, "called")
    if not bars:
        return None
    said = grid.said(shown, "called")
    title = f"{category} in {unit}"
    # where all lack the same, one line of words under the chart says it better than thirty in it
    if len({row["text"] for row in said}) == 1 and len(said) == len(valued) > 3:
        title, said = f"{title} ({said[0]['text']})", []
    spec = charts.stacked_bars(
        bars, "amount", "name", "stage", title, colours=charts.STAGES, said=grid.valued(bars, said)
    )
    return Panel(f"{category} in {unit}", spec)


def _facts(rows: list[Row]) -> list[tuple[str, str]]:
    known = [row for row in rows if row["value"] is not None]
    categories = ", ".join(dict.fromkeys(row["impact_category"] for row in known)) or "none"
    looked_at = ", ".join(dict.fromkeys(row["impact_category"] for row in rows))
    partial = sum(row["completeness"] == "partial" for row in known)
    ranged = sum(row["value_low"] is not None for row in known)
    licences = "; ".join(sorted({one for row in known if row["licence_set"] for one in row["licence_set"].split("; ")}))
    return [
        ("Modelled", f"{categories}; {len(known)} of the {len(rows)} cells of {looked_at}, {partial} of them in part"),
        ("Ranges", f"{ranged} of {len(known)} values have a low and a high end" if ranged else "no value has a range"),
        ("Licences", licences or "none stated"),
    ]
