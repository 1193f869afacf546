"""Training runs of natural language processing (Strubell, Ganesh, McCallum 2019): section 2 and Table 3."""

from collections.abc import Callable

POUNDS_PER_KWH = 0.954
POUND_IN_TONNES = 0.45359237 / 1000
MODELS = {
    "transformer_base": "Transformer base",
    "transformer_big": "Transformer big",
    "elmo": "ELMo",
    "bert_base": "BERT base",
    "nas": "NAS",
}


def _run(title: str) -> Callable[[dict[str, float]], dict[str, float]]:
    def equations(p: dict[str, float]) -> dict[str, float]:
        kwh = p["pue"] * p["run_power"] * p["duration"] / 1000
        return {f"{title} energy": kwh, f"{title} GWP from the computed energy": kwh * POUNDS_PER_KWH}

    return equations


def _from_printed_energy(title: str) -> Callable[[dict[str, float]], dict[str, float]]:
    def equations(p: dict[str, float]) -> dict[str, float]:
        pounds = p["site_energy"] * POUNDS_PER_KWH
        return {f"{title} GWP": pounds} | ({"NAS in tonnes": pounds * POUND_IN_TONNES} if title == "NAS" else {})

    return equations


EQUATIONS = {f"strubell_2019_{key}": _run(title) for key, title in MODELS.items()} | {
    f"strubell_2019_{key}_printed_energy": _from_printed_energy(title) for key, title in MODELS.items()
}
