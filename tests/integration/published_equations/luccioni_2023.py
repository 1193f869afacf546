"""BLOOM (Luccioni, Viguier, Ligozat 2023): sections 4.1 to 4.4, Tables 3 and 5."""

FRANCE, API_REGION = 0.057, 0.394
SERVER, GPU = 2500.0, 150.0
ROWS = {
    "176B": "176b", "104B": "104b", "1B": "1b", "13B": "13b",
    "other models": "other_models", "miscellaneous": "miscellaneous", "6B": "6b", "evaluation": "evaluation",
}  # fmt: skip


def _embodied(p: dict[str, float]) -> tuple[float, float]:
    """Kilograms of the servers and of the cards."""
    share = p["accelerator_hours"] / (p["equipment_lifetime"] * p["hours_per_year"] * p["average_usage"])
    return share / p["gpus_per_node"] * SERVER, share * GPU


def training(p: dict[str, float]) -> dict[str, float]:
    dynamic = p["accelerator_hours"] * p["gpu_tdp"] * p["pue"]
    hours = p["accelerator_hours"] / (p["nodes"] * p["gpus_per_node"])
    idle = (p["infrastructure_mode_power"] + p["idle_mode_power"]) * hours
    servers, gpus = _embodied(p)
    return {
        "dynamic energy": dynamic,
        "dynamic GWP": dynamic * FRANCE / 1000,
        "embodied servers": servers / 1000,
        "embodied GPUs": gpus / 1000,
        "embodied total": (servers + gpus) / 1000,
        "idle GWP": idle * FRANCE / 1000,
        "total GWP": ((dynamic + idle) * FRANCE + servers + gpus) / 1000,
    }


def with_pue(p: dict[str, float]) -> dict[str, float]:
    kwh = p["accelerator_hours"] * p["accelerator_power"] * p["pue"]
    return {"dynamic GWP with PUE 1.2": kwh * FRANCE / 1000}


def deployment(p: dict[str, float]) -> dict[str, float]:
    return {
        "deployment GWP": p["site_energy"] * API_REGION,
        "deployment per day": p["printed_gwp"] / p["duration"],
        "energy per request": p["site_energy"] * 1000 / p["requests"],
    }


def project(p: dict[str, float]) -> dict[str, float]:
    rows = {title: p[f"energy_{key}"] for title, key in ROWS.items()}
    return {f"Table 5 {title}": kwh * FRANCE / 1000 for title, kwh in rows.items()} | {
        "Table 5 total energy": sum(rows.values()),
        "Table 5 total GWP from the rows": sum(rows.values()) * FRANCE / 1000,
    }


EQUATIONS = {
    "luccioni_2023_bloom": training,
    "luccioni_2023_bloom_server_hour": lambda p: {"server kg per hour": _embodied(p)[0]},
    "luccioni_2023_bloom_gpu_hour": lambda p: {"GPU kg per hour": _embodied(p)[1]},
    "luccioni_2023_bloom_pue": with_pue,
    "luccioni_2023_deployment": deployment,
    "luccioni_2023_project": project,
    "luccioni_2023_project_printed_energy": lambda p: {"Table 5 total GWP": p["site_energy"] * FRANCE / 1000},
}
