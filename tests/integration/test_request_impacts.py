"""Requests by measured and modelled methods: known energies, ratios between methods, and what is unknown stays so."""

import math

import duckdb
import pytest

JOULES = 3.6e6
# Active and total parameters in billions by EcoLogits' own list, or by the name of the model where it lists none
PARAMETERS = {
    "llama_3_1_8b": (8.03, 8.03),
    "llama_2_13b": (13.02, 13.02),
    "llama_3_1_70b": (70.55, 70.55),
    "llama_3_1_405b": (405.85, 405.85),
    "qwen3_235b_a22b": (22, 235),
}


@pytest.fixture(scope="module")
def ask(built_warehouse):
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        yield lambda query, *values: con.execute(query, list(values)).fetchall()


@pytest.fixture(scope="module")
def joules(ask) -> dict[tuple[str, str], float]:
    """(scenario, energy boundary) -> joules per output token, where they are complete."""
    rows = ask(
        "select distinct scenario_id, energy_boundary, value_per_output_token from marts.request_impacts"
        " where energy_boundary is not null and completeness = 'complete'"
    )
    return {(scenario, boundary): value * JOULES for scenario, boundary, value in rows}


@pytest.fixture(scope="module")
def ratios(ask) -> dict[str, float]:
    """Scenario -> energy within the cards by that of the reference of its case."""
    rows = ask("select scenario_id, ratio_to_reference from marts.request_impacts where energy_boundary = 'card'")
    return dict(rows)


@pytest.mark.parametrize(
    ("scenario", "boundary", "printed", "digits"),
    [
        # ML.ENERGY v3, lm-arena-chat, H100
        ("mlenergy_v3_llama_3_1_8b_b8", "card", 0.4548, 4),
        ("mlenergy_v3_llama_3_1_8b_b64", "card", 0.1186, 4),
        ("mlenergy_v3_llama_3_1_8b_b128", "card", 0.0951, 4),
        ("mlenergy_v3_llama_3_1_8b_b256", "card", 0.0766, 4),
        ("mlenergy_v3_llama_3_1_70b_b8", "card", 3.7587, 4),
        ("mlenergy_v3_llama_3_1_70b_b64", "card", 0.7972, 4),
        ("mlenergy_v3_llama_3_1_70b_b128", "card", 0.5634, 4),
        ("mlenergy_v3_llama_3_1_70b_b256", "card", 0.4790, 4),
        ("mlenergy_v3_llama_3_1_405b_b8", "card", 13.9749, 4),
        ("mlenergy_v3_llama_3_1_405b_b64", "card", 3.0825, 4),
        ("mlenergy_v3_llama_3_1_405b_b256", "card", 2.0626, 4),
        ("mlenergy_v3_qwen3_235b_a22b_b64", "card", 2.394, 3),
        ("mlenergy_v3_qwen3_235b_a22b_b256", "card", 1.0927, 4),
        # mean of the wall meter by tokens per second: 6152.984 / 25262.1 and 6154.804 / 48987.9
        ("mlperf_v4_1_llama_2_70b_offline", "node", 0.2436, 4),
        ("mlperf_v4_1_mixtral_8x7b_offline", "node", 0.1256, 4),
        # 0.00267074 kWh by 828 tokens
        ("boamps_llama_2_13b", "node", 11.61, 2),
    ],
)
def test_a_measured_token_takes_the_known_energy(joules, scenario, boundary, printed, digits):
    assert round(joules[scenario, boundary], digits) == printed


def test_the_mean_power_of_the_boamps_run(ask):
    [(kilowatts,)] = ask(
        "select value from marts.parameter_values"
        " where scenario_id = 'boamps_llama_2_13b' and parameter_name = 'node_power'"
    )
    assert round(kilowatts * 1000, 1) == 503.5


def ecologits_cards(model: str) -> float:
    """Joules of the cards per output token at 64 requests at once, by the documentation of EcoLogits 0.9.3."""
    active, total = PARAMETERS[model]
    watt_hours = 1.1665273170451914e-6 * math.exp(-0.011205921025579175 * 64) * active + 4.052928146734005e-05
    cards = 2 ** math.ceil(math.log2(math.ceil(1.2 * total * 16 / 8 / 80)))
    return watt_hours * 3600 * cards


@pytest.mark.parametrize("model", PARAMETERS)
def test_the_modelled_energy_of_the_cards_is_that_of_the_documentation(joules, model):
    assert joules[f"ecologits_0_9_3_{model}", "card"] == pytest.approx(ecologits_cards(model), rel=1e-12)


@pytest.mark.parametrize(
    ("model", "known"),
    # known for 70, 405 and 22 of 235 billion parameters; EcoLogits' list has 70.55 and 405.85
    [("llama_3_1_70b", 1.45), ("llama_3_1_405b", 5.07), ("qwen3_235b_a22b", 0.64)],
)
def test_ecologits_by_measured_at_a_batch_of_64(joules, ratios, model, known):
    ratio = ratios[f"ecologits_0_9_3_{model}"]
    assert ratio == pytest.approx(ecologits_cards(model) / joules[f"mlenergy_v3_{model}_b64", "card"], rel=1e-12)
    assert ratio == pytest.approx(known, rel=0.006)


def test_the_batch_alone_is_worth_a_factor_of_eight(ratios):
    assert round(ratios["mlenergy_v3_llama_3_1_70b_b8"] / ratios["mlenergy_v3_llama_3_1_70b_b256"], 1) == 7.8


def test_one_request_at_a_time_takes_67_times_the_cards_of_the_model(joules):
    modelled = joules["ecologits_0_9_3_llama_2_13b", "card"]
    assert modelled == pytest.approx(0.172, abs=0.001)
    assert round(joules["boamps_llama_2_13b", "node"] / modelled) == 67


def test_another_batch_or_boundary_is_not_like_for_like(ask):
    pairs = dict(
        ask(
            "select concat(scenario_id, ' ', energy_boundary), is_like_for_like from marts.request_impacts"
            " where energy_boundary is not null"
        )
    )
    assert pairs["ecologits_0_9_3_llama_3_1_70b card"]
    assert not pairs["ecologits_0_9_3_llama_3_1_70b node"]
    assert not pairs["mlenergy_v3_llama_3_1_70b_b8 card"]
    assert not pairs["ecologits_0_9_3_llama_2_13b node"]


def test_no_batch_size_is_made_up(ask):
    assert ask("select distinct batch_size from marts.request_impacts where method_id = 'mlperf_wall'") == [(None,)]


def test_what_no_meter_saw_is_no_zero(ask):
    states = {
        (scenario, flow): (state, amount)
        for scenario, flow, state, amount in ask(
            "select distinct scenario_id, split_part(flow_id, '.', 2), state, amount from marts.impacts"
            " where flow_id like 'measured_llm_request%' and impact_category = 'GWP' and electricity_basis = 'location'"
            " and object_id = 'electricity'"
        )
    }
    assert not [key for key, (_, amount) in states.items() if amount == 0]
    assert states["mlenergy_v3_llama_3_1_70b_b64", "rest_of_node"] == ("not_modelled", None)
    assert states["mlenergy_v3_llama_3_1_70b_b64", "prefill"] == ("included_elsewhere", None)
    assert states["boamps_llama_2_13b", "prefill"] == ("included_elsewhere", None)
    assert states["boamps_llama_2_13b_split", "prefill"][0] == "modelled"


def test_a_ratio_stands_under_the_licences_of_both_values(ask):
    licences = dict(
        ask(
            "select scenario_id, licence_set from marts.request_impacts"
            " where request_case_id = 'llama_2_13b_828_tokens' and energy_boundary = 'node'"
        )
    )
    assert licences["ecologits_0_9_3_llama_2_13b"] == "CC-BY-4.0; LicenseRef-published-figures"
