"""Median text prompt of Gemini (Google 2025): energy of the parts, water, market-based emissions."""

MARKET_G_PER_KWH = 94.0


def prompt(p: dict[str, float]) -> dict[str, float]:
    it_wh = p["accelerator_energy_per_prompt"] + p["host_energy_per_prompt"] + p["idle_energy_per_prompt"]
    wh = it_wh + p["overhead_energy_per_prompt"]
    return {
        "energy": wh * p["prompts"],
        "overhead": it_wh * (p["pue"] - 1),
        "water": it_wh * p["wue"] * p["prompts"],
        "scope 2 market based": wh / 1000 * MARKET_G_PER_KWH * p["prompts"],
        "prompts per kWh": 1000 / wh,
    }


EQUATIONS = {"google_2025_gemini": prompt}
