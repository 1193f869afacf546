"""Requests to language models (EcoLogits 0.9.3): its methodology of inference, written out from its documentation.

Parameters in their printed units: billions, tokens, watt-hours, seconds. The number of cards rounds up, so that one per
cent more memory moves nothing.
"""

import math
from collections.abc import Callable

# by kilowatt-hour: climate change, metals, primary energy, water
TEST_MIX = {"GWP": 0.590478, "ADPe": 7.37708e-8, "PE": 9.988, "WC": 5.04}
SWEDEN = {"GWP": 0.03582, "WC": 6.0315}
CARD = {"GWP": 164, "ADPe": 5.1e-3, "PE": 1828}
SERVER = {"GWP": 5700, "ADPe": 0.37, "PE": 70000}

Parameters = dict[str, float]


def _cards(p: Parameters) -> int:
    gigabytes = p["memory_overhead"] * p["total_parameters"] * p["bits_per_parameter"] / 8
    return 2 ** math.ceil(math.log2(math.ceil(gigabytes / p["gpu_memory"])))


def _seconds(p: Parameters) -> float:
    by_token = (
        p["latency_by_parameters"] * p["active_parameters"]
        + p["latency_by_batch_size"] * p["batch_size"]
        + p["latency_base"]
    )
    seconds = p["output_tokens"] * by_token
    return min(seconds, p["latency_limit"]) if "latency_limit" in p else seconds


def _it_energy(p: Parameters) -> float:
    """Kilowatt-hours of the cards and of the host's share."""
    decay = math.exp(-p["energy_batch_decay"] * p["batch_size"])
    by_token = p["energy_by_parameters"] * decay * p["active_parameters"] + p["energy_base"]
    host = _seconds(p) / 3600 * p["host_power"] * _cards(p) / p["gpus_per_node"] / p["batch_size"]
    return p["requests"] * (_cards(p) * p["output_tokens"] * by_token / 1000 + host)


def _embodied(p: Parameters, category: str) -> float:
    life = p["equipment_lifetime"] * p["hours_per_year"] * 3600 * p["batch_size"]
    of_hardware = _cards(p) * (SERVER[category] / p["gpus_per_node"] + CARD[category])
    return p["requests"] * _seconds(p) * of_hardware / life


def _case(name: str) -> Callable[[Parameters], dict[str, float]]:
    def equations(p: Parameters) -> dict[str, float]:
        it_energy = _it_energy(p)
        energy = it_energy * p["pue"]
        return (
            {
                f"case {name} energy": energy,
                f"case {name} water per documentation": it_energy * (p["wue"] + p["pue"] * TEST_MIX["WC"]),
            }
            | {f"case {name} use {category}": energy * TEST_MIX[category] for category in CARD}
            | {f"case {name} embodied {category}": _embodied(p, category) for category in CARD}
        )

    return equations


def _mistral(p: Parameters) -> dict[str, float]:
    energy = _it_energy(p) * p["pue"]
    return {
        "Mistral Large 2 energy": energy,
        "Mistral Large 2 GWP": 1e3 * (energy * SWEDEN["GWP"] + _embodied(p, "GWP")),
        "Mistral Large 2 ADPe": 1e6 * _embodied(p, "ADPe"),
    }


def _energy(title: str) -> Callable[[Parameters], dict[str, float]]:
    return lambda p: {f"{title} energy": _it_energy(p) * p["pue"]}


def _water_of_code(quantity: str, litre: float = 1) -> Callable[[Parameters], dict[str, float]]:
    return lambda p: {quantity: litre * p["site_energy"] * (p["wue"] + p["pue"] * p["grid_water"])}


EQUATIONS = {
    "ecologits_0_9_3_case_a": _case("A"),
    "ecologits_0_9_3_case_b": _case("B"),
    "ecologits_0_9_3_mistral_large_2": _mistral,
    "ecologits_0_9_3_llama_3_1_405b": _energy("Llama 3.1 405B"),
    "ecologits_0_9_3_qwen3_235b_a22b": _energy("Qwen3 235B A22B"),
    "ecologits_0_9_3_case_a_water_of_code": _water_of_code("case A water as coded in 0.9.3"),
    "ecologits_0_9_3_case_b_water_of_code": _water_of_code("case B water as coded in 0.9.3"),
    "ecologits_0_9_3_mistral_large_2_water_of_code": _water_of_code("Mistral Large 2 water as coded in 0.9.3", 1000),
}
