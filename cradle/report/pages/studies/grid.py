"""The grid of parts, stages and categories of scenarios, as charts show it: what is modelled, and what is not."""

from collections.abc import Iterable

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Panel, Row
from cradle.report.quantities import readable, spelled

CATEGORIES = ["GWP", "PE", "ADPe", "WC"]
_STAGE_NAMES = {"embodied_unsplit": "embodied, not split", "end_of_life": "end of life"}
_STATES = {"withheld": "withheld", "included_elsewhere": "counted elsewhere", "below_cutoff": "below the cut-off"}


def cells(marts: Marts, scenarios: list[str]) -> list[Row]:
    """Every expected cell of the scenarios in the location view, largest part first, with its stage as a word."""
    rows = marts.rows(
        """
        select scenario_id, service_part, life_cycle_stage, phase, impact_category, electricity_basis, state,
            completeness, value, value_low, value_high, unit, flows_modelled, flows_expected, state_reason, licence_set
        from marts.impacts_by_part_stage_category
        where list_contains(?, scenario_id) and list_contains(?, impact_category) and electricity_basis != 'market'
            and flows_expected > 0
        order by
            list_position(?, scenario_id),
            list_position(?, impact_category),
            sum(value) over (partition by scenario_id, impact_category, service_part) desc nulls last,
            service_part,
            life_cycle_stage,
            electricity_basis
        """,
        scenarios,
        CATEGORIES,
        scenarios,
        CATEGORIES,
    )
    return [{**row, "stage": _STAGE_NAMES.get(row["life_cycle_stage"], row["life_cycle_stage"])} for row in rows]


def by_part(rows: list[Row], category: str) -> Panel | None:
    """The cells of one category by part, divided by stage, with words where something has no value; None: no bar."""
    bars, unit = drawn(rows, "service_part")
    if not bars:
        return None
    title = f"{category} in {unit}"
    words = valued(bars, said(rows, "service_part"))
    return Panel(title, charts.stacked_bars(bars, "amount", "name", "stage", title, colours=charts.STAGES, said=words))


def drawn(rows: list[Row], name: str) -> tuple[list[Row], str]:
    """What is modelled by `name` in words and stage, its `amount` in a unit to read, and that unit; 0 has no bar."""
    there = [row for row in rows if row["value"] is not None and row["state"] == "modelled"]
    ends: dict[str, float] = {}
    for row in there:
        ends[row[name]] = ends.get(row[name], 0.0) + row["value"]
    size, unit = readable(ends.values(), rows[0]["unit"] if rows else "")
    amounts: dict[tuple[str, str], float] = {}
    for row in there:
        amounts[row[name], row["stage"]] = amounts.get((row[name], row["stage"]), 0.0) + row["value"] / size
    bars = [
        {"name": spelled(of), "stage": stage, "amount": amount} for (of, stage), amount in amounts.items() if amount
    ]
    return bars, unit


def valued(bars: list[Row], words: list[Row]) -> list[Row]:
    """The words with the amount of each bar before them, so that a short bar can be read too."""
    amounts: dict[str, float] = {}
    for bar in bars:
        amounts[bar["name"]] = amounts.get(bar["name"], 0.0) + bar["amount"]
    lacking = {row["name"]: row["text"] for row in words}
    both = [
        {"name": name, "text": "; ".join([_three_digits(amount), *([lacking[name]] if name in lacking else [])])}
        for name, amount in amounts.items()
    ]
    return both + [row for row in words if row["name"] not in amounts]


def _three_digits(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 1000 else f"{amount:.3g}"


def said(rows: list[Row], name: str) -> list[Row]:
    """Words for each `name` that lacks a phase: not modelled, withheld, counted elsewhere."""
    words = []
    for which in dict.fromkeys(row[name] for row in rows):
        mine = [row for row in rows if row[name] == which]
        lacking = {
            phase: _why(row["state"] for row in mine if row["phase"] == phase)
            for phase in sorted({row["phase"] for row in mine})
            if not any(row["state"] == "modelled" for row in mine if row["phase"] == phase)
        }
        lacking = {phase: why for phase, why in lacking.items() if why}
        if lacking and len(lacking) == len({row["phase"] for row in mine}) and len(set(lacking.values())) == 1:
            words.append({"name": spelled(which), "text": next(iter(lacking.values()))})
        elif lacking:
            words.append(
                {"name": spelled(which), "text": "; ".join(f"{phase} {why}" for phase, why in lacking.items())}
            )
    return words


def _why(states: Iterable[str]) -> str:
    """One state in words; nothing where the stage does not apply."""
    found = set(states) - {"not_applicable"}
    if not found:
        return ""
    return _STATES.get(next(iter(found)), "not modelled") if len(found) == 1 else "not modelled"
