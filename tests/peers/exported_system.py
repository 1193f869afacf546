"""A scenario of the warehouse as a tree of activities with the same distributions, for Brightway."""

import duckdb

OF_FLOWS = """
    select distinct cells.flow_id, cells.impact_category, cells.factor_value, cells.amount
    from intermediate.int_impacts__multiply as cells
    where cells.scenario_id = $scenario and cells.value is not null
        and cells.electricity_basis in ('location', 'not_applicable')
    order by all
"""
INPUTS = """
    select distinct traced.flow_id, traced.input_kind, traced.input_id, factors.impact_category,
        traced.exponent, traced.is_product,
        inputs.distribution, inputs.value, inputs.log_deviation, inputs.lower_limit, inputs.upper_limit
    from intermediate.int_uncertainty__trace_flows as traced
    inner join intermediate.int_uncertainty__describe_inputs as inputs
        on traced.scenario_id = inputs.scenario_id and traced.draw_id = inputs.draw_id
    left join marts.factors as factors on inputs.factor_id = factors.factor_id
    where traced.scenario_id = $scenario and traced.exponent != 0
    order by all
"""


def distribution(row: dict) -> dict:
    """The distribution of an input to its power. A power of a lognormal is one; a uniform enters to the power 1."""
    assert row["is_product"], "only products can be a chain of activities"
    if row["distribution"] == "uniform":
        assert row["exponent"] == 1
    else:
        assert row["distribution"] == "lognormal" and row["lower_limit"] == 0
    return {
        "kind": row["distribution"],
        "value": row["value"] ** row["exponent"],
        "log_deviation": (row["log_deviation"] or 0) * abs(row["exponent"]),
        "lower_limit": row["lower_limit"],
        "upper_limit": row["upper_limit"],
    }


def system(con: duckdb.DuckDBPyConnection, scenario: str, draws: int, seed: int, keep: bool = True) -> dict:
    """The input of tests/peers/monte_carlo.py. An input that flows share is one edge, before the paths part.

    Raises AssertionError for a scenario whose inputs are shared in a way that no tree has.
    """

    def rows(query: str) -> list[dict]:
        answer = con.execute(query, {"scenario": scenario})
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    cells, inputs = rows(OF_FLOWS), rows(INPUTS)
    shared: dict[str, int] = {}
    for row in inputs:
        if row["input_kind"] == "parameter":
            shared[row["input_id"]] = shared.get(row["input_id"], 0) + 1
    edges: dict[str, dict] = {}
    used: dict[str, str] = {}
    for flow in sorted({cell["flow_id"] for cell in cells}):
        own = [row for row in inputs if row["flow_id"] == flow and row["input_kind"] == "parameter"]
        own.sort(key=lambda row: (-shared[row["input_id"]], row["input_id"]))
        node = "demand"
        constant = next(cell["amount"] for cell in cells if cell["flow_id"] == flow)
        for row in own:
            step = distribution(row)
            to = f"{node}/{row['input_id']}"
            assert used.setdefault(row["input_id"], to) == to, f"{row['input_id']} is not in one place of the tree"
            edges[to] = {"from": node, "to": to, "distribution": step}
            constant /= step["value"]
            node = to
        edges[flow] = {"from": node, "to": flow, "distribution": {"kind": "fixed", "value": constant}}
    factors = []
    for cell in cells:
        flow, category = cell["flow_id"], cell["impact_category"]
        found = [
            row
            for row in inputs
            if (row["flow_id"], row["input_kind"], row["impact_category"]) == (flow, "factor", category)
        ]
        if not found:
            one, activity = {"kind": "fixed", "value": cell["factor_value"]}, flow
        else:
            (row,) = found
            one, activity = distribution(row), f"object {row['input_id']}"
        if activity != flow:
            edges[f"{flow} {activity}"] = {
                "from": flow,
                "to": activity,
                "distribution": {"kind": "fixed", "value": 1.0},
            }
        if not any((factor["activity"], factor["category"]) == (activity, category) for factor in factors):
            factors.append({"activity": activity, "category": category, "distribution": one})
    return {
        "demand": "demand",
        "draws": draws,
        "seed": seed,
        "keep": keep,
        "edges": list(edges.values()),
        "factors": factors,
        "categories": sorted({cell["impact_category"] for cell in cells}),
    }
