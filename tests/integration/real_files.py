"""The files that others publish, where ../shared holds them: source -> files as `cradle pull --file` takes them.

An inventory is the user's own: it is invented.
"""

from pathlib import Path

from cradle.paths import PROJECT_ROOT

SHARED = PROJECT_ROOT.parent / "shared"
UPSTREAM = SHARED / "upstream"
BOAVIZTAPI = UPSTREAM / "boaviztapi-2.4.1"
NOT_READ = ("providers.csv", "regions.csv")  # of BoaviztAPI: names alone
REAL_FILES: dict[str, list[Path]] = {
    "ademe_base_carbone": [UPSTREAM / "ademe/derived-reserialised/Base_Carbone_V23.6.RESERIALISED.cp1252.csv"],
    "boavizta_devices": [UPSTREAM / "boavizta-environmental-footprint-data/boavizta-data-us.csv"],
    "boaviztapi": [
        BOAVIZTAPI / "factors.yml",
        *(file for file in sorted(BOAVIZTAPI.rglob("*.csv")) if file.name not in NOT_READ),
    ],
    "codecarbon": [UPSTREAM / "codecarbon/wheel-3.3.2/global_energy_mix.json"],
    "ecologits": [
        UPSTREAM / "ecologits/wheel-0.11.3" / name
        for name in ("electricity_mixes.json", "models.json", "video_models.json")
    ],
    "hubblo_gpu": [
        UPSTREAM / "hubblo-gpu-calculator" / name
        for name in ("gpus_impact_factors.csv", "gpus.json", "transport_impacts.csv")
    ],
    "ipcc_gwp": [UPSTREAM / "ipcc-gwp/lciafmt/data/IPCC_GWP_values.csv"],
    "power_hungry": [SHARED / "power/codecarbon_power_hungry/co2_inference-emissions.tar.xz"],
    "user_inventory": [PROJECT_ROOT / "tests/unit/user_inventory/fixtures/invented_inventory.csv"],
}


def are_there(*source_ids: str) -> bool:
    """Whether all files of the sources are there."""
    return all(file.is_file() for source_id in source_ids for file in REAL_FILES[source_id])
