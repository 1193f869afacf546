"""Energy by inference task (Luccioni, Jernite, Strubell 2024): Table 2 and the totals, from the logs themselves.

The inputs are statistics of the bundled logs: they are computed here a second time, from the bundle's files.
"""

import csv
import math
from collections.abc import Callable, Iterator

from cradle.paths import PROJECT_ROOT

# scenario -> the check of Table 2, and how the names of the files of its runs begin
TABLE_2 = {
    "text_classification": ("text classification", "text_classif_"),
    "question_answering": ("extractive QA", "qa_"),
    "masked_language_modelling": ("masked language modeling", "fillmask_"),
    "token_classification": ("token classification", "token_classif_"),
    "text_generation": ("text generation", "textgen_"),
    "summarisation": ("summarization", "summarize_"),
    "image_generation": ("image generation (10 models)", "tti_"),
}


def _rows(entity: str) -> Iterator[dict[str, str]]:
    with (PROJECT_ROOT / f"release/open/power_hungry__{entity}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _measured() -> dict[str, float]:
    phases, runs = list(_rows("run_phases")), list(_rows("task_runs"))
    query = {row["run_id"]: float(row["energy_kwh"]) for row in phases if row["run_phase"] == "query model"}
    found = {}
    for key, (_, prefix) in TABLE_2.items():
        energies = [query[row["run_id"]] for row in runs if row["dataset_file"].startswith(prefix)]
        found[f"power_hungry:{key}:mean"] = math.fsum(energies) / len(energies)
    sums = {"energy": "energy_kwh", "gpu_energy": "gpu_energy_kwh", "emissions": "emissions_kgco2e"}
    for name, column in sums.items():
        found[f"power_hungry:all_runs:{name}"] = math.fsum(float(row[column]) for row in phases)
    return found


# statistic -> its value: kWh, and kgCO2e for emissions
MEASURED = _measured()


def _table_2(title: str) -> Callable[[dict[str, float]], dict[str, float]]:
    return lambda p: {f"{title} kWh/1000": p["it_energy"] * p["pue"]}


def _all_runs(p: dict[str, float]) -> dict[str, float]:
    return {
        "total energy": p["it_energy"] * p["pue"],
        "total GWP": p["logged_gwp"],
        "carbon intensity applied": 1000 * p["logged_gwp"] / p["it_energy"],
    }


EQUATIONS = {f"luccioni_2024_{key}": _table_2(title) for key, (title, _) in TABLE_2.items()} | {
    "luccioni_2024_all_runs": _all_runs
}
