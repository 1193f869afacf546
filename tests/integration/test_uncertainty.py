"""The draws of the warehouse against two outside answers: plain Python with the same hashes, and Brightway."""

import hashlib
import json
import math
import statistics
import subprocess

import pytest

from cradle.paths import PROJECT_ROOT
from tests.peers.exported_system import system

WITH_SUMS = "sd_service_2025_open"
WITH_CEILINGS = "ecologits_0_9_3_llama_3_1_70b"
WITH_PRODUCTS = "mlenergy_v3_llama_3_1_70b_b64"
BRIGHTWAY_DRAWS = 500


def uniforms(seed: str, input_id: str, draws: int) -> list[float]:
    digits = (hashlib.md5(f"{seed}|{input_id}|{k}".encode()).hexdigest()[:13] for k in range(1, draws + 1))
    return [(int(text, 16) + 0.5) / 2**52 for text in digits]


def sample(row: dict, u: float) -> float:
    z = statistics.NormalDist().inv_cdf(u)
    value, low, high, s = row["value"], row["lower_limit"], row["upper_limit"], row["log_deviation"]
    match row["distribution"]:
        case "fixed":
            return value
        case "lognormal":
            return low + (value - low) * math.exp(s * z)
        case "logitnormal":
            odds = (value - low) / (high - value) * math.exp(s * z)
            return low + (high - low) * odds / (1 + odds)
        case "normal":
            return value + row["standard_deviation"] * z
        case "uniform":
            return low + (high - low) * u
        case "triangular" if u * (high - low) < value - low:
            return low + math.sqrt(u * (high - low) * (value - low))
        case "triangular":
            return high - math.sqrt((1 - u) * (high - low) * (high - value))
    raise AssertionError(row)


def power_of_two(x: float) -> float:
    return 2.0 ** max(0, math.ceil(math.log2(x) - 1e-15)) if x > 1 else 1.0


METHODS = {
    "product": lambda constant, terms: constant * math.prod(terms),
    "sum": lambda constant, terms: constant + math.fsum(terms),
    "exponential": lambda constant, terms: constant * math.exp(math.fsum(terms)),
    "ceiling": lambda constant, terms: math.ceil((constant + math.fsum(terms)) * (1 - 1e-12)),
    "next_power_of_two": lambda constant, terms: power_of_two(constant + math.fsum(terms)),
    "minimum": lambda constant, terms: constant + min(terms),
    "maximum": lambda constant, terms: constant + max(terms),
}


def rows(con, query: str, scenario: str) -> list[dict]:
    answer = con.execute(query, {"scenario": scenario})
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def simulated(con, scenario: str, seed: str, draws: int) -> dict[tuple[str, str], list[float]]:
    """Draws of the totals of a scenario by category and view, from seeds and inputs alone."""
    inputs = rows(
        con, "select * from intermediate.int_uncertainty__describe_inputs where scenario_id = $scenario", scenario
    )
    derivations = rows(
        con,
        """
        select derived.parameter_name, derived.method, derived.constant,
            list({'name': weights.input_name, 'weight': weights.weight}) as inputs
        from seeds.derived_parameters as derived
        inner join seeds.scenarios as scenarios using (model_id)
        inner join seeds.derived_parameter_inputs as weights using (model_id, parameter_name)
        where scenarios.scenario_id = $scenario
        group by all
        """,
        scenario,
    )
    cells = rows(
        con,
        """
        select flow_id, selection_id, impact_category, electricity_basis, factor_value
        from intermediate.int_impacts__multiply where scenario_id = $scenario and value is not null
        """,
        scenario,
    )
    terms = rows(
        con,
        """
        select flow_terms.* from seeds.flow_terms as flow_terms
        inner join seeds.flows as flows using (flow_id)
        inner join seeds.scenarios as scenarios using (model_id)
        where scenario_id = $scenario
        """,
        scenario,
    )
    by_flow: dict[str, list] = {}
    for term in terms:
        by_flow.setdefault(term["flow_id"], []).append((term["parameter_name"], term["exponent"]))
    numbers = {row["input_id"]: uniforms(seed, row["input_id"], draws) for row in inputs}
    totals: dict[tuple[str, str], list[float]] = {}
    for k in range(draws):
        values, factors = {}, {}
        for row in inputs:
            drawn = sample(row, numbers[row["input_id"]][k])
            if row["input_kind"] == "parameter":
                values[row["parameter_name"]] = drawn
            else:
                factors[row["selection_id"]] = drawn
        waiting = [one for one in derivations if one["parameter_name"] not in values]
        while ready := [one for one in waiting if all(term["name"] in values for term in one["inputs"])]:
            for one in ready:
                parts = [
                    values[term["name"]] ** term["weight"]
                    if one["method"] == "product"
                    else values[term["name"]] * term["weight"]
                    for term in one["inputs"]
                ]
                values[one["parameter_name"]] = METHODS[one["method"]](one["constant"], parts)
            waiting = [one for one in waiting if one["parameter_name"] not in values]
        drawn_totals: dict[tuple[str, str], float] = {}
        for cell in cells:
            amount = math.prod(values[name] ** exponent for name, exponent in by_flow[cell["flow_id"]])
            for view in ("location", "market"):
                if cell["electricity_basis"] in (view, "not_applicable"):
                    key = (cell["impact_category"], view)
                    drawn_totals[key] = drawn_totals.get(key, 0.0) + amount * factors[cell["selection_id"]]
        for key, total in drawn_totals.items():
            totals.setdefault(key, []).append(total)
    return totals


def quantile(ordered: list[float], probability: float) -> float:
    place = probability * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@pytest.mark.parametrize("scenario", [WITH_SUMS, WITH_CEILINGS, WITH_PRODUCTS])
def test_the_simulation_is_that_of_plain_python_with_the_same_hashes(bundled, scenario):
    marts = rows(
        bundled,
        """
        select * from marts.uncertainty
        where scenario_id = $scenario and service_part = 'all' and life_cycle_stage = 'all'
        """,
        scenario,
    )
    assert marts
    totals = simulated(bundled, scenario, marts[0]["draw_seed"], marts[0]["draws_made"])
    assert set(totals) == {(row["impact_category"], row["electricity_view"]) for row in marts}
    for row in marts:
        drawn = sorted(totals[row["impact_category"], row["electricity_view"]])
        expected = {
            "value_low": quantile(drawn, 0.025),
            "median": quantile(drawn, 0.5),
            "value_high": quantile(drawn, 0.975),
            "mean": statistics.fmean(drawn),
            "standard_deviation": statistics.stdev(drawn),
        }
        assert {name: row[name] for name in expected} == pytest.approx(expected, rel=1e-9), row["impact_category"]


def test_brightway_finds_the_same_distribution_of_the_same_system(bundled, peers_python):
    done = subprocess.run(
        [peers_python, PROJECT_ROOT / "tests" / "peers" / "monte_carlo.py"],
        input=json.dumps(system(bundled, WITH_PRODUCTS, BRIGHTWAY_DRAWS, seed=1)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)["scores"]
    ours = {
        row["impact_category"]: row
        for row in rows(
            bundled,
            """
            select * from marts.uncertainty where scenario_id = $scenario
                and service_part = 'all' and life_cycle_stage = 'all' and electricity_view = 'location'
            """,
            WITH_PRODUCTS,
        )
    }
    assert set(scores) == set(ours)
    for category, drawn in scores.items():
        row = ours[category]
        deviation = math.sqrt(row["exact_variance"])
        assert abs(statistics.fmean(drawn) - row["exact_mean"]) < 5 * deviation / math.sqrt(len(drawn))
        assert statistics.stdev(drawn) == pytest.approx(deviation, rel=0.2)
        # both sides scatter: the share of Brightway's draws below a quantile of ours is one of two samples
        for name, probability in {"value_low": 0.025, "median": 0.5, "value_high": 0.975}.items():
            below = sum(one < row[name] for one in drawn) / len(drawn)
            scatter = math.sqrt(probability * (1 - probability) * (1 / len(drawn) + 1 / row["draws_made"]))
            assert abs(below - probability) < 5 * scatter, (category, name)
