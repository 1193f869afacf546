"""Training of OLMo 2 7B (Walsh et al. 2025): Table 19, with the overhead, mix and water of the cluster."""

CARBON_INTENSITY = 0.332


def published_equations(p: dict[str, float]) -> dict[str, float]:
    """Results by the name of the printed quantity, in its printed unit, from parameters in their printed units."""
    energy = p["it_energy"] * p["pue"]
    return {
        "OLMo 2 7B energy with PUE": energy,
        "OLMo 2 7B GWP": energy * CARBON_INTENSITY,
        "OLMo 2 7B water": energy * p["water_per_site_energy"],
    }


EQUATIONS = {"walsh_2025_olmo2_7b": published_equations}
