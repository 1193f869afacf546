"""The columns of the CSV files of BoaviztAPI: upstream's names to ours."""

GPU_SPECS = {
    "name": "card_name",
    "manufacturer": "manufacturer",
    "unit": "dies",
    "number": "memory_dies",
    "vram": "vram_gb",
    "die_surface": "die_area_mm2",
    "pwb_surface": "board_area_cm2",
    "distance_boat": "distance_boat_km",
    "distance_truck": "distance_truck_km",
    "distance_plane": "distance_plane_km",
    "mass_casing": "casing_mass_kg",
    "mass_heatsink": "heatsink_mass_kg",
    "mass": "card_mass_kg",
    "source": "spec_source",
}

CPU_SPECS = {
    "name": "cpu_name",
    "code_name": "code_name",
    "generation": "generation",
    "foundry": "foundry",
    "release_date": "release_date",
    "frequency": "frequency_as_printed",
    "tdp": "cpu_tdp_w",
    "cores": "cores",
    "threads": "threads",
    "transistors": "transistors_as_printed",
    "process_size": "process_nm",
    "die_size": "die_size_as_printed",
    "io_die_size": "io_die_size_as_printed",
    "io_process_size": "io_process_as_printed",
    "total_die_size": "total_die_area_mm2",
    "total_die_size_source": "total_die_area_source",
    "manufacturer": "manufacturer",
    "model_range": "model_range",
    "source": "spec_source",
}

RAM_DENSITIES = {"manufacturer": "manufacturer", "process": "process_nm", "density": "density_gb_cm2"}
SSD_DENSITIES = {
    "manufacturer": "manufacturer",
    "layers": "layers",
    "bits/cell": "bits_per_cell",
    "Cell type": "cell_type",
    "Nand type": "nand_type",
    "density": "density_gb_cm2",
    "Année": "density_year",
    "source": "spec_source",
}
CHIP_DENSITIES = ("chip_kind", *SSD_DENSITIES.values(), "process_nm")

CLOUD_INSTANCES = {
    "id": "instance_id",
    "vcpu": "vcpu",
    "memory": "instance_memory_gb",
    "ssd_storage": "ssd_storage_gb",
    "hdd_storage": "hdd_storage_gb",
    "gpu_units": "gpu_units",
    "platform": "platform",
    "source": "spec_source",
}

SERVER_TEXTS = {
    "id": "archetype_id",
    "manufacturer": "manufacturer",
    "CASE.case_type": "case_type",
    "CPU.name": "cpu_name",
    "GPU.name": "gpu_name",
    "WARNINGS": "warnings",
}
# cells that may be `default;min;max`
SERVER_NUMBERS = {
    "CPU.units": "cpu_units",
    "CPU.core_units": "cpu_core_units",
    "CPU.die_size_per_core": "cpu_die_area_per_core_mm2",
    "CPU.threads": "cpu_threads",
    "RAM.units": "ram_units",
    "RAM.capacity": "ram_capacity_gb",
    "SSD.units": "ssd_units",
    "SSD.capacity": "ssd_capacity_gb",
    "HDD.units": "hdd_units",
    "HDD.capacity": "hdd_capacity_gb",
    "GPU.units": "gpu_units",
    "GPU.vram": "gpu_memory_gb",
    "POWER_SUPPLY.units": "power_supply_units",
    "POWER_SUPPLY.unit_weight": "power_supply_mass_kg",
    "USAGE.time_workload": "time_workload_percent",
    "USAGE.use_time_ratio": "use_time_ratio",
    "USAGE.hours_life_time": "hours_life_time",
    "USAGE.other_consumption_ratio": "other_consumption_ratio",
}
SERVERS = SERVER_TEXTS | SERVER_NUMBERS

DEVICES = ("Category", "type")
MIXES = {
    "english_name": "name_en",
    "french_name": "name_fr",
    "unit": "unit_as_printed",
    "source": "factor_source",
    "priority": "priority",
    "reference_year": "reference_period",
    "name": "criterion",
}
