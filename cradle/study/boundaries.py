"""Measured runs in a study: does the meter sit where the flow counts its energy?"""

from typing import TYPE_CHECKING

from cradle.study.findings import Finding, Places

if TYPE_CHECKING:
    import duckdb

# a boundary holds those before it; a flow's `IT` and `node` are the machine at its plug
INSIDE = {"chip": 0, "card": 1, "node_dc": 2, "node_ac": 3, "node": 3, "IT": 3, "facility": 4}
# another term as a PUE takes the energy from its own boundary to that of the flow
MEASURED = """
select distinct
    parameters.scenario_id, parameters.parameter_name, parameters.statistic_id, measured.boundary, flows.flow_id,
    coalesce(
        (
            select min(boundary_terms.from_boundary)
            from marts.flow_amount_terms as others
            join marts.scenario_list as scenarios using (scenario_id)
            join seeds.boundary_terms as boundary_terms
                on boundary_terms.model_id = scenarios.model_id
                and boundary_terms.parameter_name = others.parameter_name
            where
                others.scenario_id = terms.scenario_id
                and others.flow_id = terms.flow_id
                and others.parameter_name != terms.parameter_name
        ),
        flows.energy_boundary
    ) as needed
from intermediate.int_parameters__inherit as parameters
join intermediate.int_measurements__statistics as measured using (statistic_id)
join marts.flow_amount_terms as terms using (scenario_id, parameter_name)
join marts.flow_amounts as flows using (scenario_id, flow_id)
where list_contains(?, parameters.scenario_id) and measured.boundary is not null and flows.energy_boundary is not null
order by all
"""


def measured_inside(con: "duckdb.DuckDBPyConnection", scenarios: list[str], places: Places) -> list[Finding]:
    """Return each measured parameter whose meter leaves out what its flow counts, once with these flows."""
    inside: dict[tuple[str, ...], list[str]] = {}
    for scenario, name, statistic, boundary, flow, needed in con.execute(MEASURED, [scenarios]).fetchall():
        if INSIDE[boundary] < INSIDE[needed]:
            inside.setdefault((scenario, name, statistic, boundary, needed), []).append(flow)
    return [
        Finding(
            "gap",
            f"parameter {name} of {scenario} is measured at the boundary {boundary}",
            places.of_cell("parameter_measurements", "statistic_id", statistic),
            expected=f"energy at the boundary {needed}, which {', '.join(flows)} "
            + ("count" if len(flows) > 1 else "counts"),
            got=f"{statistic}: what lies between {boundary} and {needed} is in no number",
            todo="take a meter further out, or a template with a term (a PUE) that leads from one to the other",
        )
        for (scenario, name, statistic, boundary, needed), flows in sorted(inside.items())
    ]
