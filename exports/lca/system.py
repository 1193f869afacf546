"""The scenarios as a product system: a process a scenario, one a flow of it, and a factor for each modelled cell.

The functional unit of a scenario and electricity view takes `amount` of each flow; one unit of a flow gives off one
unit of each factor that was selected for it; a factor counts `factor_value` in its impact category. So the total of a
category is the sum of amount times factor over the modelled cells, which is `marts.impact_totals`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cradle.errors import ExportError
from exports.job import pack_of, sources_of_parts
from exports.licences import OPEN

if TYPE_CHECKING:
    from exports.job import Job
    from exports.part import Part

VIEWS = ("location", "market")
NEEDED = ("impacts", "impact_totals")
CELLS = (
    "scenario_id, flow_id, life_cycle_stage, impact_category, electricity_basis, state, state_reason, amount,"
    " amount_unit, factor_value, unit, factor_id, factor_source_id, licence_set, service_part, object_id, component"
)
TOTALS = (
    "scenario_id, electricity_view, impact_category, value, unit, completeness, is_method_mixed, cells_not_complete,"
    " licence_set"
)


@dataclass(frozen=True)
class Factor:
    """What one unit of something counts in one impact category."""

    code: str
    factor_id: str
    source_id: str | None
    amount_unit: str
    impact_category: str
    unit: str
    value: float


@dataclass
class Use:
    """One flow of a scenario in an electricity view: its amount, the cells with a factor, and those without."""

    flow_id: str
    amount: float | None
    unit: str
    service_part: str | None
    object_id: str | None
    component: str | None
    cells: list[dict] = field(default_factory=list)
    without_value: list[dict] = field(default_factory=list)


@dataclass
class Demand:
    """The functional unit of a scenario in an electricity view, with its totals as the mart says them."""

    scenario_id: str
    view: str
    uses: dict[str, Use] = field(default_factory=dict)
    totals: list[dict] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Names the process."""
        return f"{self.scenario_id}|{self.view}"

    def code_of(self, use: Use) -> str:
        """Names the process of one of its flows."""
        return f"{self.code}|{use.flow_id}"


@dataclass
class System:
    """All demands of one licence pack with the factors they use."""

    pack: str
    parts: "list[Part]"
    demands: list[Demand]
    factors: dict[tuple, Factor]
    rows: int


def read_systems(job: "Job") -> list[System]:
    """A system for each licence pack that has scenarios.

    A scenario stands whole in one file: in that of the share-alike pack where one of its rows is under it. Raises
    ExportError for an unknown scenario, one that rests on both share-alike packs, and where a mart is missing.
    """
    parts = {name: [part for part in job.parts if part.table.name == name] for name in NEEDED}
    if missing := [name for name in NEEDED if not parts[name]]:
        raise ExportError("a mart that this format needs is not there", where=", ".join(missing), todo="build anew")
    cells = [(pack_of(part), row) for part in parts["impacts"] for row in _rows(job, part, CELLS)]
    totals = [(pack_of(part), row) for part in parts["impact_totals"] for row in _rows(job, part, TOTALS)]
    packs = _pack_of_each_scenario(cells + totals, job.scenarios)
    return [_system(pack, parts, cells, totals, packs) for pack in sorted(set(packs.values()), key=_open_first)]


def _open_first(pack: str) -> tuple[bool, str]:
    return pack != OPEN, pack


def _rows(job: "Job", part: "Part", columns: str) -> list[dict]:
    wanted = "" if not job.scenarios else f" where scenario_id in ({', '.join('?' * len(job.scenarios))})"
    cursor = job.con.execute(f"select {columns} from ({part.select}){wanted} order by all", list(job.scenarios))
    names = columns.split(", ")
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _pack_of_each_scenario(rows: list[tuple[str, dict]], asked: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for pack, row in rows:
        found.setdefault(row["scenario_id"], set()).add(pack)
    if unknown := sorted(set(asked) - set(found)):
        raise ExportError(
            "there is no such scenario",
            where="--scenario",
            expected="a scenario_id of marts.impact_totals",
            got=", ".join(unknown),
            todo='see `cradle sql "select distinct scenario_id from marts.impact_totals order by all"`',
        )
    if mixed := sorted(name for name, packs in found.items() if len(packs - {OPEN}) > 1):
        raise ExportError(
            "these scenarios rest on data under ODbL and on data under CC BY-SA, and stand in one file each",
            where=", ".join(mixed),
            expected="one share-alike licence at most",
            todo="leave one pack out: --without-pack odbl (or by-sa)",
        )
    return {name: next(iter(sorted(packs - {OPEN})), OPEN) for name, packs in found.items()}


def _system(
    pack: str,
    parts: "dict[str, list[Part]]",
    cells: list[tuple[str, dict]],
    totals: list[tuple[str, dict]],
    packs: dict[str, str],
) -> System:
    demands: dict[tuple[str, str], Demand] = {}
    factors: dict[tuple, Factor] = {}
    rows = [row for _, row in cells if packs[row["scenario_id"]] == pack]
    for row in rows:
        for view in VIEWS:
            if row["electricity_basis"] in (view, "not_applicable"):
                key = row["scenario_id"], view
                _add(demands.setdefault(key, Demand(*key)), row, factors)
    for row in [row for _, row in totals if packs[row["scenario_id"]] == pack]:
        key = row["scenario_id"], row["electricity_view"]
        demands.setdefault(key, Demand(*key)).totals.append(row)
    behind = [part for name in NEEDED for part in parts[name] if pack_of(part) in (OPEN, pack)]
    return System(pack, behind, [demands[key] for key in sorted(demands)], factors, len(rows))


def _add(demand: Demand, row: dict, factors: dict[tuple, Factor]) -> None:
    about = row["amount_unit"], row["service_part"], row["object_id"], row["component"]
    use = demand.uses.setdefault(row["flow_id"], Use(row["flow_id"], None, *about))
    if row["state"] != "modelled":
        use.without_value.append(row)
        return
    if use.amount not in (None, row["amount"]):
        raise ExportError(
            "a flow has two amounts",
            where=demand.code_of(use),
            got=f"{use.amount} and {row['amount']}",
            todo=f"see its rows: cradle sql \"from marts.impacts where flow_id = '{use.flow_id}' order by all\"",
        )
    use.amount = row["amount"]
    use.cells.append({**row, "factor": _factor(row, factors)})


def _factor(row: dict, factors: dict[tuple, Factor]) -> Factor:
    """The factor of a cell; one that is used with several values (of several units) has a code for each."""
    key = row["factor_id"], row["amount_unit"], row["impact_category"], row["unit"], row["factor_value"]
    if key not in factors:
        others = sum(known[0] == row["factor_id"] for known in factors)
        code = row["factor_id"] if not others else f"{row['factor_id']}#{others + 1}"
        factors[key] = Factor(code, key[0], row["factor_source_id"], *key[1:])
    return factors[key]


def sources_used(system: System) -> list[dict]:
    """What must be said of the sources behind the system."""
    return [
        {
            "source_id": source.source_id,
            "title": source.title,
            "version": source.version,
            "page": source.landing_page,
            "licence_id": source.licence_id,
            "licence_url": source.licence_url,
            "citation": source.citation,
        }
        for source in sources_of_parts(system.parts)
    ]
