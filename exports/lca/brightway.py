"""The scenarios as two Brightway databases with methods, in a JSON file, and the script that imports it."""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cradle import __version__
from exports.job import file_name
from exports.joined import joined
from exports.lca import import_into_brightway
from exports.lca.import_into_brightway import DATABASE, FACTORS, FORM
from exports.lca.system import Demand, Factor, System, Use, read_systems, sources_used
from exports.written import Written

if TYPE_CHECKING:
    from exports.job import Job


def write_job(job: "Job") -> list[Written]:
    """Write a file for each licence pack, and the script beside them."""
    written = []
    for system in read_systems(job):
        path = job.folder / file_name("cradle-brightway", system.pack, "json")
        path.write_text(json.dumps(content(system), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        said = "Databases and methods for Brightway 2.5; import_into_brightway.py imports them."
        written.append(joined(path, "brightway", system.rows, system.parts, said))
    script = job.folder / "import_into_brightway.py"
    shutil.copyfile(Path(import_into_brightway.__file__), script)
    written.append(joined(script, "brightway", 0, [], "Imports the files beside it with bw2data."))
    return written


def content(system: System) -> dict[str, Any]:
    """What stands in the file."""
    factors = [system.factors[key] for key in sorted(system.factors)]
    return {
        "form": FORM,
        "cradle_version": __version__,
        "note": "A cell without a factor has no value, which is not 0: its state stands in `without_value` of its"
        " process, and the totals of the mart, null where there is none, in `totals` of the functional unit.",
        "sources": sources_used(system),
        "databases": {
            DATABASE: [process for demand in system.demands for process in _processes(demand)],
            FACTORS: [_emission(factor) for factor in factors],
        },
        "methods": _methods(factors),
    }


def _processes(demand: Demand) -> list[dict]:
    uses = [demand.uses[flow_id] for flow_id in sorted(demand.uses)]
    itself = {
        "code": demand.code,
        "name": f"{demand.scenario_id}, functional unit, electricity by {demand.view}",
        "unit": "functional unit",
        "type": "process",
        "scenario_id": demand.scenario_id,
        "electricity_view": demand.view,
        "totals": [
            {key: value for key, value in total.items() if key not in ("scenario_id", "electricity_view")}
            for total in demand.totals
        ],
        "exchanges": [
            _exchange("production", DATABASE, demand.code, 1.0, "functional unit"),
            *(
                _exchange("technosphere", DATABASE, demand.code_of(use), use.amount, use.unit)
                for use in uses
                if use.amount is not None
            ),
        ],
    }
    return [itself, *(_process(demand, use) for use in uses)]


def _process(demand: Demand, use: Use) -> dict:
    code = demand.code_of(use)
    return {
        "code": code,
        "name": f"{use.flow_id} of {demand.scenario_id}, electricity by {demand.view}",
        "unit": use.unit,
        "type": "process",
        "service_part": use.service_part,
        "object_id": use.object_id,
        "component": use.component,
        "without_value": _by_state(use),
        "exchanges": [
            _exchange("production", DATABASE, code, 1.0, use.unit),
            *(
                {
                    **_exchange("biosphere", FACTORS, cell["factor"].code, 1.0, use.unit),
                    **{name: cell[name] for name in ("life_cycle_stage", "state", "state_reason", "licence_set")},
                }
                for cell in use.cells
            ),
        ],
    }


def _by_state(use: Use) -> list[dict]:
    """The cells without a value: state and reason with the stages and categories they hold for."""
    found: dict[tuple, list[str]] = {}
    for cell in use.without_value:
        key = cell["state"], cell["state_reason"], cell["life_cycle_stage"]
        found.setdefault(key, []).append(cell["impact_category"])
    return [
        {"state": state, "state_reason": reason, "life_cycle_stage": stage, "impact_categories": sorted(set(names))}
        for (state, reason, stage), names in found.items()
    ]


def _exchange(kind: str, database: str, code: str, amount: float, unit: str) -> dict:
    return {"type": kind, "input": [database, code], "amount": amount, "unit": unit}


def _emission(factor: Factor) -> dict:
    return {
        "code": factor.code,
        "name": f"one {factor.amount_unit} under factor {factor.code}",
        "unit": factor.amount_unit,
        "type": "emission",
        "categories": ["Cradle factors", factor.impact_category],
        "factor_id": factor.factor_id,
        "source_id": factor.source_id,
    }


def _methods(factors: list[Factor]) -> list[dict]:
    found: dict[tuple[str, str], list] = {}
    for factor in factors:
        found.setdefault((factor.impact_category, factor.unit), []).append([[FACTORS, factor.code], factor.value])
    return [
        {"name": ["Cradle", category], "unit": unit, "factors": values}
        for (category, unit), values in sorted(found.items())
    ]
