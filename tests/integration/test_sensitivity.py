"""One-at-a-time totals and elasticities beside an evaluation of the same models that knows nothing of the SQL."""

import math
from collections import defaultdict

import duckdb
import pytest

SCENARIOS = (
    "bloom_mlca",
    "sd_service_2025_open",
    "ecologits_0_9_3_case_a",
    "ecologits_0_9_3_llama_3_1_70b",
    "ecologits_0_9_3_mistral_large_2",
    "morrison_2025_series",
)
SUMS = {
    "sum": lambda x, constant: constant + x,
    "exponential": lambda x, constant: constant * math.exp(x),
    "ceiling": lambda x, constant: float(math.ceil(constant + x - 1e-12 * abs(constant + x))),
    "next_power_of_two": lambda x, constant: 2.0 ** max(0, math.ceil(math.log2(constant + x))),
}


class Service:
    """A scenario read into dictionaries: what is stated, how the rest is derived, and what each total adds."""

    def __init__(self, con: duckdb.DuckDBPyConnection, scenario: str) -> None:
        def rows(query: str) -> list[tuple]:
            return con.execute(query, [scenario]).fetchall()

        self.stated = dict(
            rows("select parameter_name, value from marts.parameter_values where scenario_id = ? and method = 'stated'")
        )
        model = "(select model_id from seeds.scenarios where scenario_id = ?)"
        self.methods = {
            name: (method, constant)
            for name, method, constant in rows(
                f"select parameter_name, method, constant from seeds.derived_parameters where model_id = {model}"
            )
        }
        self.known: dict[tuple[str, float], dict[tuple[str, str], float]] = {}
        self.inputs, self.terms, self.cells = defaultdict(list), defaultdict(list), defaultdict(list)
        for name, input_name, weight in rows(
            f"select parameter_name, input_name, weight from seeds.derived_parameter_inputs where model_id = {model}"
        ):
            self.inputs[name].append((input_name, weight))
        for flow, name, exponent in rows(
            "select flow_id, parameter_name, exponent from seeds.flow_terms"
            f" inner join seeds.flows using (flow_id) where model_id = {model}"
        ):
            self.terms[flow].append((name, exponent))
        for category, basis, flow, factor in rows(
            "select impact_category, electricity_basis, flow_id, factor_value from marts.impacts"
            " where scenario_id = ? and state = 'modelled'"
        ):
            for view in ("location", "market") if basis == "not_applicable" else (basis,):
                self.cells[category, view].append((flow, factor))

    def value(self, name: str, stated: dict[str, float]) -> float:
        if name in stated:
            return stated[name]
        method, constant = self.methods[name]
        inputs = [(self.value(below, stated), weight) for below, weight in self.inputs[name]]
        if method == "product":
            return constant * math.prod(x**weight for x, weight in inputs)
        if method in ("minimum", "maximum"):
            return constant + (min if method == "minimum" else max)(x * weight for x, weight in inputs)
        return SUMS[method](math.fsum(x * weight for x, weight in inputs), constant)

    def totals(self, name: str, to: float) -> dict[tuple[str, str], float]:
        if (name, to) not in self.known:
            stated = {**self.stated, name: to}
            amounts = {
                flow: math.prod(self.value(term, stated) ** exponent for term, exponent in self.terms[flow])
                for flow in {flow for cells in self.cells.values() for flow, _ in cells}
            }
            self.known[name, to] = {
                key: math.fsum(amounts[flow] * factor for flow, factor in cells) for key, cells in self.cells.items()
            }
        return self.known[name, to]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_moved_totals_and_elasticities_come_out_the_same(built_warehouse, scenario):
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        service = Service(con, scenario)
        rows = con.execute(
            "select impact_category, electricity_view, input_title, input_value, input_low, input_high, elasticity,"
            " is_stepwise, value_at_low, value_at_high, value_at_minus_10_pct, value_at_plus_10_pct"
            " from marts.sensitivity where scenario_id = ? and input_kind = 'parameter'"
            " order by input_title, impact_category, electricity_view",
            [scenario],
        ).fetchall()
    assert {row[:2] for row in rows} == set(service.cells)
    for category, view, name, value, low, high, elasticity, is_stepwise, *found in rows:
        for to, total in zip((low, high, 0.9 * value, 1.1 * value), found, strict=True):
            if to is None:
                assert total is None
            else:
                assert total == pytest.approx(service.totals(name, to)[category, view], rel=1e-12), (name, to)
        below, here, above = (service.totals(name, x * value)[category, view] for x in (0.9999, 1, 1.0001))
        if not is_stepwise:
            assert elasticity == pytest.approx((above - below) / 2e-4 / here, rel=1e-6, abs=1e-9), name


def test_a_step_is_seen_one_at_a_time(built_warehouse):
    """Weights of Mistral Large 2 just fit: a tenth more of them takes twice the cards."""
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        found = con.execute(
            "select elasticity, value_at_minus_10_pct / value, value_at_plus_10_pct / value from marts.sensitivity"
            " where scenario_id = 'ecologits_0_9_3_mistral_large_2' and input_title = 'total_parameters'"
            " and is_stepwise and impact_category = 'GWP' and electricity_view = 'location'"
        ).fetchall()
    assert found == [(0, pytest.approx(1), pytest.approx(2))]
