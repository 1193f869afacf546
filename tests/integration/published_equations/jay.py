"""Stable Diffusion under two meters (Jay 2024) and software meters beside the wall (Jay et al. 2023).

The inputs are measured: (series, steps) -> kWh, and (comparison and tool, benchmark) -> kJ.
"""

import csv

from cradle.paths import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "seeds/measurements"


def _rows(file: str) -> list[dict[str, str]]:
    with (SEEDS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


POINTS: dict[tuple[str, str], float] = {
    (row["series_id"], row["work_amount"]): float(row["energy"]) for row in _rows("measured_points.csv")
}
TOOLS: dict[tuple[str, str], float] = {
    (f"{row['comparison_id']}:{row['tool']}", row["benchmark"]): float(row["tool_energy"])
    for row in _rows("meter_readings.csv")
}
WALLS: dict[tuple[str, str], float] = {
    (f"{row['comparison_id']}:{row['tool']}", row["benchmark"]): float(row["reference_energy"])
    for row in _rows("meter_readings.csv")
}


def line(series: str, points: dict[tuple[str, str], float]) -> tuple[float, float]:
    """Slope and intercept by least squares over the points of up to 3,500 steps."""
    used = [(float(steps), kwh) for (of, steps), kwh in points.items() if of == series and float(steps) <= 3500]
    mean_steps = sum(steps for steps, _ in used) / len(used)
    mean_kwh = sum(kwh for _, kwh in used) / len(used)
    products = sum((steps - mean_steps) * (kwh - mean_kwh) for steps, kwh in used)
    slope = products / sum((steps - mean_steps) ** 2 for steps, _ in used)
    return slope, mean_kwh - slope * mean_steps


def fitted(points: dict[tuple[str, str], float]) -> dict[str, float]:
    results = {}
    for size in (256, 512):
        slope, intercept = line(f"jay_sd_{size}px_wall", points)
        results[f"Eq {size}px slope, fit on N<=3500"] = slope
        results[f"Eq {size}px intercept, fit on N<=3500"] = intercept
    return results


def _ratio(size: int):
    def ratio(points: dict[tuple[str, str], float]) -> dict[str, float]:
        software, wall = (points[f"jay_sd_{size}px_{kind}", "3500"] for kind in ("software", "wall"))
        return {f"software/power meter, {size}px, 3500 steps": software / wall}

    return ratio


def _gap(tool: str, quantity: str):
    def gap(tools: dict[tuple[str, str], float]) -> dict[str, float]:
        of = {key: kj for key, kj in tools.items() if key[0] == f"jay_2023_gpu:{tool}"}
        return {quantity: sum(1 - kj / WALLS[key] for key, kj in of.items()) / len(of)}

    return gap


def without_idle_cards(p: dict[str, float]) -> dict[str, float]:
    kwh = p["wall_energy_per_image"] - p["software_energy_per_image"] + p["used_card_energy_per_image"]
    return {"inference: excluding the idle GPUs": kwh, "vs Berthelot 2024": kwh}


EQUATIONS = {"jay_sd_inference": without_idle_cards}
# scenario -> equations of measured inputs, the inputs, and those of them that are moved
MEASURED = {
    "sd_service_2025_fitted": (
        fitted, POINTS, [(f"jay_sd_{px}px_wall", steps) for px in (256, 512) for steps in ("7", "700", "3500")],
    ),
    **{
        f"jay_sd_{px}px_3500_steps": (
            _ratio(px), POINTS, [(f"jay_sd_{px}px_{kind}", "3500") for kind in ("software", "wall")],
        )
        for px in (256, 512)
    },
    "jay_2023_gpu_codecarbon": (
        _gap("CodeCarbon", "CodeCarbon GPU gap from the processed tables"), TOOLS,
        [("jay_2023_gpu:CodeCarbon", "EP"), ("jay_2023_gpu:CodeCarbon", "idle")],
    ),
    "jay_2023_gpu_energy_scope": (
        _gap("Energy Scope", "Energy Scope GPU gap"), TOOLS, [("jay_2023_gpu:Energy Scope", "MG")],
    ),
}  # fmt: skip
MEASURED_MOVES = [(scenario, key) for scenario, (_, _, keys) in MEASURED.items() for key in keys]
