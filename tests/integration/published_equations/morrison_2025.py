"""The OLMo series (Morrison et al. 2025): sections 3 and 4, Tables 1 to 4."""

from collections.abc import Callable
from dataclasses import dataclass

JUPITER, AUGUSTA = 0.332, 0.351
NODE_SHARE, NODE_SHARE_WATER = 463.0, 102.6

Parameters = dict[str, float]


@dataclass(frozen=True)
class Case:
    """One scenario with its results by the name of the printed quantity, from parameters in their printed units."""

    SCENARIO: str
    published_equations: Callable[[Parameters], dict[str, float]]


def _site_mwh(p: Parameters, stated: str) -> float:
    """Energy of the site: printed so, or that of the IT times the overhead."""
    return p["it_energy"] * p["pue"] if stated == "it_energy" else p["printed_site_energy"]


def _run(scenario: str, name: str, intensity: float = JUPITER, stated: str = "printed_site_energy") -> Case:
    def equations(p: Parameters) -> dict[str, float]:
        energy = _site_mwh(p, stated)
        return {f"{name} GWP": energy * intensity, f"{name} water": energy * p["water_per_site_energy"]}

    return Case(scenario, equations)


def _printed_13b(p: Parameters) -> dict[str, float]:
    return {"T2 OLMo 2 13B GWP from the printed MWh": p["printed_site_energy"] * AUGUSTA}


RUNS = (
    "olmo_20m", "olmo_60m", "olmo_150m", "olmo_300m", "olmo_700m", "olmo_7b_unreleased", "olmo_1b", "olmo_7b_lumi",
    "olmo_7b_twin", "olmo_0424_7b", "olmo_2_7b", "olmo_2_13b", "olmoe_0924",
)  # fmt: skip


def _series(p: Parameters) -> dict[str, float]:
    hours_of_life = p["equipment_lifetime"] * p["hours_per_year"]
    return {
        "embodied per node/8": p["node_embodied_gwp"] / p["gpus_per_node"],
        "embodied per GPU hour": p["gpu_embodied_gwp"] / hours_of_life,
        "water per GPU hour": (p["gpu_wafer_water"] + p["gpu_mining_water"]) / hours_of_life,
        "manufacturing GWP": p["gpu_hours"] * NODE_SHARE / hours_of_life / 1000,
        "manufacturing water": p["gpu_hours"] * NODE_SHARE_WATER / hours_of_life / 1000,
        "T2 total MWh": sum(p[f"{run}_energy"] for run in RUNS),
        "T2 total GWP": sum(p[f"{run}_gwp"] for run in RUNS),
        "T2 total water": sum(p[f"{run}_water"] for run in RUNS),
        "grand total GWP": p["manufacturing_gwp"] + p["development_gwp"] + p["final_training_gwp"],
        "grand total water": p["manufacturing_water"] + p["development_water"] + p["final_training_water"],
        "development/training": p["development_gwp"] / p["final_training_gwp"],
    }


def _break_even(p: Parameters) -> float:
    """Requests: training in tonnes by grams a prompt, as the energies are per 2,400 prompts."""
    return p["training_gwp"] * 1e6 / (p["batch_gwp"] / p["prompts"])


def _inference(model: str, name: str) -> Case:
    return Case(f"morrison_2025_inference_{model}", lambda p: {f"breakeven {name}": _break_even(p)})


def _olmo_2_7b_at_one_request_per_second(p: Parameters) -> dict[str, float]:
    energy = p["printed_site_energy"]
    return {
        "OLMo 2 7B, 1 req/s GWP": energy * JUPITER * 1000,
        "OLMo 2 7B, 1 req/s water (WUE 1.49 of Table 4)": energy * p["water_per_site_energy"],
        "breakeven OLMo 2 7B, 1 req/s": _break_even(p),
    }


def _olmo_2_7b_at_any_rate(p: Parameters) -> dict[str, float]:
    return {
        "OLMo 2 7B, inf": p["printed_site_energy"] * JUPITER * 1000,
        "breakeven OLMo 2 7B, inf": _break_even(p),
    }


CASES = (
    _run("morrison_2025_olmo_20m", "T2 OLMo 20M"),
    _run("morrison_2025_olmo_60m", "T2 OLMo 60M"),
    _run("morrison_2025_olmo_150m", "T2 OLMo 150M"),
    _run("morrison_2025_olmo_300m", "T2 OLMo 300M"),
    _run("morrison_2025_olmo_700m", "T2 OLMo 700M"),
    _run("morrison_2025_olmo_7b_unreleased", "T2 OLMo 7B (unreleased)"),
    _run("morrison_2025_olmo_1b", "T2 OLMo 1B (3T)"),
    _run("morrison_2025_olmo_0424_7b", "T2 OLMo (04|07)24 7B"),
    _run("morrison_2025_olmo_2_7b", "T2 OLMo 2 7B"),
    _run("morrison_2025_olmoe_0924", "T2 OLMoE 0924"),
    Case("morrison_2025_olmo_2_13b", _printed_13b),
    _run("morrison_2025_olmo_2_13b_measured", "T2 OLMo 2 13B", AUGUSTA, "it_energy"),
    _run("morrison_2025_development_below_1b", "T1 <1B"),
    _run("morrison_2025_development_7b", "T1 7B"),
    _run("morrison_2025_development_13b", "T1 13B", AUGUSTA, "it_energy"),
    _run("morrison_2025_development_moe", "T1 MoE"),
    Case("morrison_2025_series", _series),
    _inference("llama_3_2_1b_1_per_s", "Llama 3.2 1B, 1 req/s"),
    _inference("llama_2_7b_1_per_s", "Llama 2 7B, 1 req/s"),
    _inference("llama_3_8b_1_per_s", "Llama 3 8B, 1 req/s"),
    _inference("llama_3_1_8b_1_per_s", "Llama 3.1 8B, 1 req/s"),
    _inference("llama_2_13b_1_per_s", "Llama 2 13B, 1 req/s"),
    _inference("olmo_1_1b_1_per_s", "OLMo 1 1B (3T), 1 req/s"),
    _inference("olmo_2_13b_1_per_s", "OLMo 2 13B, 1 req/s"),
    _inference("olmoe_0924_1_per_s", "OLMoE 0924, 1 req/s"),
    Case("morrison_2025_inference_olmo_2_7b_1_per_s", _olmo_2_7b_at_one_request_per_second),
    Case(
        "morrison_2025_inference_olmo_2_7b_1_per_s_water_of_caption",
        lambda p: {"OLMo 2 7B, 1 req/s water (text WUE 1.29)": p["printed_site_energy"] * p["water_per_site_energy"]},
    ),
    _inference("olmo_2_7b_8_per_s", "OLMo 2 7B, 8 req/s"),
    Case("morrison_2025_inference_olmo_2_7b_unlimited", _olmo_2_7b_at_any_rate),
)
