"""The scenarios as a zip of openLCA JSON-LD (openLCA schema, version 2)."""

import json
import uuid
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cradle import __version__
from exports.job import file_name, sources_of_parts
from exports.joined import joined
from exports.lca.system import Demand, Factor, System, Use, read_systems
from exports.sources import Source
from exports.written import Written

if TYPE_CHECKING:
    from exports.job import Job

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cradle-lci.org/openlca")
FOLDERS = {
    "UnitGroup": "unit_groups",
    "FlowProperty": "flow_properties",
    "Flow": "flows",
    "Process": "processes",
    "ImpactCategory": "lcia_categories",
    "ImpactMethod": "lcia_methods",
    "Source": "sources",
}
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
NO_VALUE = "Not in the exchanges, which is not 0:"
FUNCTIONAL_UNIT = "functional unit"


def write_job(job: "Job") -> list[Written]:
    """Write a zip for each licence pack."""
    written = []
    for system in read_systems(job):
        path = job.folder / file_name("cradle-openlca", system.pack, "zip")
        _zip(path, entities(system))
        said = "openLCA JSON-LD, schema version 2: unit groups, flows, processes, an impact method and sources."
        written.append(joined(path, "openlca", system.rows, system.parts, said))
    return written


def entities(system: System) -> list[dict[str, Any]]:
    """Every entity of the file: a reference names one by its `@id`."""
    factors = [system.factors[key] for key in sorted(system.factors)]
    uses = [use for demand in system.demands for use in demand.uses.values()]
    units = sorted({FUNCTIONAL_UNIT} | {f.amount_unit for f in factors} | {use.unit for use in uses})
    sources = {source.source_id: source for source in sources_of_parts(system.parts)}
    found = [_source(source) for source in sources.values()]
    for unit in units:
        found += [_unit_group(unit), _flow_property(unit)]
    found += [_flow(f.code, _emission_name(f), f.amount_unit, "ELEMENTARY_FLOW", _said_of(f, sources)) for f in factors]
    found += _method(factors)
    for demand in system.demands:
        found += _processes(demand, sources)
    return found


def _processes(demand: Demand, sources: dict[str, Source]) -> list[dict]:
    found = []
    uses = [demand.uses[flow_id] for flow_id in sorted(demand.uses)]
    takes = []
    for use in uses:
        code = demand.code_of(use)
        name = f"{use.flow_id} of {demand.scenario_id}, electricity by {demand.view}"
        found.append(_flow(code, name, use.unit, "PRODUCT_FLOW", ""))
        gives = [
            _exchange(cell["factor"].code, 1.0, cell["factor"].amount_unit, said=_said_of_cell(cell))
            for cell in use.cells
        ]
        found.append(_process(code, name, use.unit, gives, _states(use), _sources_of(use, sources), demand.scenario_id))
        if use.amount is not None:
            takes.append(_exchange(code, use.amount, use.unit, provider=_reference("Process", code, name)))
    name = f"{demand.scenario_id}, functional unit, electricity by {demand.view}"
    found.append(_flow(demand.code, name, FUNCTIONAL_UNIT, "PRODUCT_FLOW", ""))
    found.append(_process(demand.code, name, FUNCTIONAL_UNIT, takes, _totals(demand), [], demand.scenario_id))
    return found


def _process(
    code: str, name: str, unit: str, exchanges: list[dict], description: str, sources: list[dict], scenario_id: str
) -> dict:
    product = {**_exchange(code, 1.0, unit), "isQuantitativeReference": True}
    return {
        **_entity("Process", code, name),
        "description": description,
        "category": f"Cradle/{scenario_id}",
        "processType": "UNIT_PROCESS",
        "exchanges": [{**one, "internalId": number} for number, one in enumerate([product, *exchanges], 1)],
        "lastInternalId": len(exchanges) + 1,
        "processDocumentation": {"@type": "ProcessDocumentation", "sources": sources},
    }


def _exchange(flow: str, amount: float, unit: str, *, provider: dict | None = None, said: str = "") -> dict:
    found = {
        "@type": "Exchange",
        "amount": amount,
        "flow": _reference("Flow", flow, flow),
        "flowProperty": _reference("FlowProperty", unit, unit),
        "unit": _reference("Unit", unit, unit),
        "isInput": provider is not None,
        "isQuantitativeReference": False,
        "description": said,
    }
    return {**found, "defaultProvider": provider} if provider else found


def _said_of_cell(cell: dict) -> str:
    return (
        f"{cell['impact_category']}, {cell['life_cycle_stage']}; state: {cell['state']} ({cell['state_reason']});"
        f" licences: {cell['licence_set']}"
    )


def _states(use: Use) -> str:
    """Text, as the schema has no field for it."""
    found: dict[tuple, set[str]] = {}
    for cell in use.without_value:
        key = cell["state"], cell["state_reason"], cell["life_cycle_stage"]
        found.setdefault(key, set()).add(cell["impact_category"])
    lines = [
        f"* {state} in {stage}: {', '.join(sorted(names))}" + (f" ({reason})" if reason else "")
        for (state, reason, stage), names in found.items()
    ]
    return "\n".join([NO_VALUE, *lines]) if lines else ""


def _totals(demand: Demand) -> str:
    lines = []
    for total in demand.totals:
        value = "no value" if total["value"] is None else f"{total['value']!r} {total['unit']}"
        lacking = f"; not complete: {total['cells_not_complete']}" if total["cells_not_complete"] else ""
        lines.append(f"* {total['impact_category']}: {value}, {total['completeness']}{lacking}")
    return "\n".join(["Totals of the modelled cells. Where there is no value, openLCA shows 0.", *lines])


def _sources_of(use: Use, sources: dict[str, Source]) -> list[dict]:
    named = sorted({cell["factor"].source_id for cell in use.cells} & set(sources))
    return [_reference("Source", source_id, sources[source_id].title) for source_id in named]


def _said_of(factor: Factor, sources: dict[str, Source]) -> str:
    source = sources.get(factor.source_id or "")
    title = f"{source.title} ({source.licence_id})" if source else str(factor.source_id)
    return f"Factor {factor.factor_id} of {title}: {factor.value!r} {factor.unit} per {factor.amount_unit}"


def _emission_name(factor: Factor) -> str:
    return f"one {factor.amount_unit} under factor {factor.code}"


def _method(factors: list[Factor]) -> list[dict]:
    by_category: dict[tuple[str, str], list[Factor]] = {}
    for factor in factors:
        by_category.setdefault((factor.impact_category, factor.unit), []).append(factor)
    categories = [
        {
            **_entity("ImpactCategory", name, name),
            "refUnit": unit,
            "impactFactors": [
                {
                    "@type": "ImpactFactor",
                    "value": factor.value,
                    "flow": _reference("Flow", factor.code, factor.code),
                    "flowProperty": _reference("FlowProperty", factor.amount_unit, factor.amount_unit),
                    "unit": _reference("Unit", factor.amount_unit, factor.amount_unit),
                }
                for factor in found
            ],
        }
        for (name, unit), found in sorted(by_category.items())
    ]
    names = [_reference("ImpactCategory", entity["name"], entity["name"]) for entity in categories]
    return [*categories, {**_entity("ImpactMethod", "Cradle", "Cradle"), "impactCategories": names}]


def _flow(code: str, name: str, unit: str, kind: str, description: str) -> dict:
    return {
        **_entity("Flow", code, name),
        "description": description,
        "category": "Cradle factors" if kind == "ELEMENTARY_FLOW" else "Cradle",
        "flowType": kind,
        "flowProperties": [
            {
                "@type": "FlowPropertyFactor",
                "conversionFactor": 1.0,
                "isRefFlowProperty": True,
                "flowProperty": _reference("FlowProperty", unit, unit),
            }
        ],
    }


def _unit_group(unit: str) -> dict:
    one = {"@type": "Unit", "@id": _id("Unit", unit), "name": unit, "conversionFactor": 1.0, "isRefUnit": True}
    default = _reference("FlowProperty", unit, unit)
    return {**_entity("UnitGroup", unit, f"Units of {unit}"), "units": [one], "defaultFlowProperty": default}


def _flow_property(unit: str) -> dict:
    group = _reference("UnitGroup", unit, f"Units of {unit}")
    return {
        **_entity("FlowProperty", unit, f"Amount in {unit}"),
        "flowPropertyType": "PHYSICAL_QUANTITY",
        "unitGroup": group,
    }


def _source(source: Source) -> dict:
    licence = source.licence_name or source.licence_id or "not stated"
    said = [f"Licence: {licence} ({source.licence_id})", source.licence_url, source.version]
    return {
        **_entity("Source", source.source_id, source.title),
        "description": "\n".join(line for line in said if line),
        "textReference": source.citation or source.title,
        "url": source.landing_page or "",
    }


def _entity(kind: str, code: str, name: str) -> dict:
    return {
        "@type": kind,
        "@id": _id(kind, code),
        "name": name,
        "version": "00.00.000",
        "tags": [f"Cradle {__version__}"],
    }


def _reference(kind: str, code: str, name: str) -> dict:
    return {"@type": kind, "@id": _id(kind, code), "name": name}


def _id(kind: str, code: str) -> str:
    """The same thing has the same id in every export, so that openLCA updates it instead of doubling it."""
    return str(uuid.uuid5(SPACE, f"{kind}/{code}"))


def _zip(path: Path, found: list[dict]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {f"{FOLDERS[entity['@type']]}/{entity['@id']}.json": entity for entity in found}
        for name, content in [("olca-schema.json", {"version": 2}), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, json.dumps(content, ensure_ascii=False))
