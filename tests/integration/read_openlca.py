"""Run by the peers' Python: read an openLCA export with olca-schema, and print the total of each process as JSON.

A category that no exchange of a process reaches is not among its totals.
"""

import json
import sys

import olca_schema as lca
from olca_schema.zipio import ZipReader

with ZipReader(sys.argv[1]) as file:
    processes = {process.id: process for process in file.read_each(lca.Process)}
    flows = {flow.id: flow for flow in file.read_each(lca.Flow)}
    properties = {one.id: one for one in file.read_each(lca.FlowProperty)}
    units = {unit.id: unit for group in file.read_each(lca.UnitGroup) for unit in group.units}
    [method] = file.read_each(lca.ImpactMethod)
    categories = [file.read(lca.ImpactCategory, reference.id) for reference in method.impact_categories]

factors: dict = {}
for category in categories:
    for factor in category.impact_factors:
        factors.setdefault(factor.flow.id, []).append((category.name, factor.value, factor.unit.id, category.ref_unit))


def total(process: lca.Process, amount: float, found: dict) -> dict:
    for exchange in process.exchanges:
        assert exchange.unit.id in units and exchange.flow_property.id in properties
        assert exchange.amount is not None
        if exchange.is_quantitative_reference:
            assert exchange.amount == 1.0 and flows[exchange.flow.id].flow_type == lca.FlowType.PRODUCT_FLOW
        elif exchange.default_provider:
            total(processes[exchange.default_provider.id], amount * exchange.amount, found)
        else:
            assert flows[exchange.flow.id].flow_type == lca.FlowType.ELEMENTARY_FLOW
            for name, value, unit, ref_unit in factors[exchange.flow.id]:
                assert unit == exchange.unit.id
                key = f"{name}|{ref_unit}"
                found[key] = found.get(key, 0) + amount * exchange.amount * value
    return found


units_of_demand = [p for p in processes.values() if ", functional unit, electricity by " in p.name]
print(json.dumps({process.name: total(process, 1.0, {}) for process in units_of_demand}))
