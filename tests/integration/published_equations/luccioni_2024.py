"""Power Hungry Processing (Luccioni, Jernite, Strubell 2024): Table 3 at the intensity of the logs, Table 5."""

G_PER_KWH = 138.75
MODELS = {
    "flan_t5_base": "Flan-T5-base",
    "flan_t5_xxl": "Flan-T5-xxl",
    "bloomz_560m": "BLOOMz-560M",
    "bloomz_7b": "BLOOMz-7B",
}


def _emissions(title: str):
    return lambda p: {f"Table 3 {title} g": p["site_energy"] * G_PER_KWH}


def _parity(size: str):
    return lambda p: {
        f"cost parity BLOOMz-{size}": (p["training_energy"] + p["finetuning_energy"]) / p["energy_per_inference"]
    }


EQUATIONS = {f"luccioni_2024_{model}": _emissions(title) for model, title in MODELS.items()} | {
    f"luccioni_2024_parity_bloomz_{size.lower()}": _parity(size) for size in ("7B", "3B", "1B", "560M")
}
