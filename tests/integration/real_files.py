"""The files that others publish, where ../shared holds them: source -> files as `cradle pull --file` takes them."""

from pathlib import Path

from cradle.paths import PROJECT_ROOT

UPSTREAM = PROJECT_ROOT.parent / "shared/upstream"
REAL_FILES: dict[str, list[Path]] = {
    "ademe_base_carbone": [UPSTREAM / "ademe/derived-reserialised/Base_Carbone_V23.6.RESERIALISED.cp1252.csv"],
    "boavizta_devices": [UPSTREAM / "boavizta-environmental-footprint-data/boavizta-data-us.csv"],
    "codecarbon": [UPSTREAM / "codecarbon/wheel-3.3.2/global_energy_mix.json"],
    "ecologits": [
        UPSTREAM / "ecologits/wheel-0.11.3" / name
        for name in ("electricity_mixes.json", "models.json", "video_models.json")
    ],
    "hubblo_gpu": [
        UPSTREAM / "hubblo-gpu-calculator" / name
        for name in ("gpus_impact_factors.csv", "gpus.json", "transport_impacts.csv")
    ],
}


def are_there(*source_ids: str) -> bool:
    """Whether all files of the sources are there."""
    return all(file.is_file() for source_id in source_ids for file in REAL_FILES[source_id])
