"""Training runs at Google and of GPT-3 (Patterson et al. 2021): Table 4."""

from collections.abc import Callable

# title, gross and net kilograms by kilowatt-hour
MODELS = {
    "nas": ("Evolved Transformer NAS", 0.431, 0.431),
    "t5": ("T5", 0.545, 0.545),
    "meena": ("Meena", 0.415, 0.415),
    "gshard_600b": ("GShard-600B", 0.201, 0.177),
    "switch_transformer": ("Switch Transformer", 0.403, 0.33),
    "gpt_3": ("GPT-3", 0.429, 0.429),
}


def _run(title: str) -> Callable[[dict[str, float]], dict[str, float]]:
    def equations(p: dict[str, float]) -> dict[str, float]:
        hours = p["accelerators"] * p["duration"] * 24
        return {f"{title} energy": hours * p["accelerator_power"] * p["pue"] / 1e6}

    return equations


def _from_printed_energy(title: str, gross: float, net: float) -> Callable[[dict[str, float]], dict[str, float]]:
    def equations(p: dict[str, float]) -> dict[str, float]:
        return {f"{title} net GWP": p["site_energy"] * net, f"{title} gross GWP": p["site_energy"] * gross}

    return equations


EQUATIONS = {f"patterson_2021_{key}": _run(title) for key, (title, _, _) in MODELS.items()} | {
    f"patterson_2021_{key}_printed_energy": _from_printed_energy(*row) for key, row in MODELS.items()
}
