"""The columns of the logs: CodeCarbon's name -> ours. Those without one of ours are in the file and not landed."""

COMMON: dict[str, str | None] = {
    "timestamp": "ended_at",  # CodeCarbon stamps the end
    "project_name": "project",
    "run_id": "run_id",
    "duration": "duration_s",
    "emissions": "emissions_kgco2e",
    "emissions_rate": None,
    "cpu_power": None,
    "gpu_power": None,
    "ram_power": None,
    "cpu_energy": "cpu_energy_kwh",
    "gpu_energy": "gpu_energy_kwh",
    "ram_energy": "ram_energy_kwh",
    "energy_consumed": "energy_kwh",
    "country_name": None,
    "country_iso_code": "iso_code",
    "region": None,
    "cloud_provider": None,
    "cloud_region": None,
    "os": None,
    "python_version": None,
    "codecarbon_version": "codecarbon_version",
    "cpu_count": None,
    "cpu_model": "cpu_name",
    "gpu_count": None,
    "gpu_model": "gpu_name",
    "longitude": None,
    "latitude": None,
    "ram_total_size": None,
    "tracking_mode": "tracking_mode",
    "on_cloud": None,
}
PHASES = {"task_name": "run_phase", **COMMON}
RUNS = {**COMMON, "pue": "pue"}
