"""Scenarios that make good beginnings: what each is for, and how it is copied."""

from typing import NamedTuple


class Template(NamedTuple):
    """A scenario to copy, what it is a beginning for, and the factor set that fits a service of one's own."""

    what: str
    scenario_id: str
    factor_set_id: str


TEMPLATES = (
    Template("a service with its parts: terminals, networks, inference, training", "sd_service_2025_open", ""),
    Template("a request to a language model", "ecologits_0_9_3_llama_3_1_70b_open", ""),
    Template("a training run: hours of accelerators, their power, PUE", "luccioni_2023_bloom_pue", "open_default"),
    Template("a training run: measured power, hours, PUE", "strubell_2019_transformer_base", "open_default"),
    Template(
        "a training run: its electricity as stated", "strubell_2019_transformer_base_printed_energy", "open_default"
    ),
    Template("a training run with its hardware, part by part", "bloom_mlca_open", ""),
)


def commands() -> list[str]:
    """The templates as lines to read and to type."""
    lines = []
    for template in TEMPLATES:
        factors = f" --factor-set {template.factor_set_id}" if template.factor_set_id else ""
        lines += [f"{template.what}:", f"  cradle study new ID --like {template.scenario_id}{factors}"]
    return lines
