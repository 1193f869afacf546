"""Training of Stable Diffusion (Berthelot et al. 2025): Eq. 1, Eq. 2, Table 2 and the counts of its text."""


def _by_node(p: dict[str, float]) -> dict[int, float]:
    at_512 = {v: p["slope_512"] * p[f"v1_{v}_steps_512"] + p["intercept_512"] for v in (1, 4, 5)}
    return at_512 | {1: at_512[1] + p["slope_256"] * p["v1_1_steps_256"] + p["intercept_256"]}


def service(p: dict[str, float]) -> dict[str, float]:
    """Results by the name of the printed quantity, in its printed unit, from parameters in their printed units."""
    by_node = _by_node(p)
    return {
        "T2 v1-1 1 node (194,000 steps)": by_node[1],
        "T2 v1-4 1 node": by_node[4],
        "T2 v1-5 1 node": by_node[5],
        **{f"T2 v1-{v} 32 nodes": energy * p["training_nodes"] for v, energy in by_node.items()},
        "GPU count": p["training_nodes"] * p["gpus_per_node"],
        "150M pictures": p["visits"] * p["requests_per_visit"] * p["images_per_request"],
    }


def steps_as_printed(p: dict[str, float]) -> dict[str, float]:
    energy = p["slope_512"] * p["v1_1_steps_512"] + p["intercept_512"]
    energy += p["slope_256"] * p["v1_1_steps_256"] + p["intercept_256"]
    return {"T2 v1-1 1 node (steps as printed, 1,940)": energy}


EQUATIONS = {
    "sd_service_2025_open": service,
    "sd_service_2025_steps_as_printed": steps_as_printed,
    "berthelot_2024_fu2_energy": lambda p: {"2.48 GWh": p["primary_energy"] / p["mj_per_kwh"] / 1e6},
}
