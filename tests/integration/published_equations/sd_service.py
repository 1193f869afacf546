"""Training of Stable Diffusion (Berthelot et al. 2025): Eq. 1, Eq. 2 and Table 2."""

SCENARIO = "sd_service_2025_open"


def published_equations(p: dict[str, float]) -> dict[str, float]:
    """Results by the name of the printed quantity, in its printed unit, from parameters in their printed units."""
    at_512 = {v: p["slope_512"] * p[f"v1_{v}_steps_512"] + p["intercept_512"] for v in (1, 4, 5)}
    by_node = at_512 | {1: at_512[1] + p["slope_256"] * p["v1_1_steps_256"] + p["intercept_256"]}
    return {f"Training energy of v1-{v} by node": energy for v, energy in by_node.items()} | {
        f"Training energy of v1-{v} on 32 nodes": energy * p["training_nodes"] for v, energy in by_node.items()
    }
