"""MLCA on BLOOM (Morand, Névéol, Ligozat 2024): component.py and usage.py of the tool, setup of BLOOM."""

SCENARIO = "bloom_mlca"

DIE = {"GWP": 1.97, "PE": 26.5, "ADPe": 5.8e-07}
MEMORY_DIE = {"GWP": 2.2, "PE": 27.3, "ADPe": 6.3e-05}
GPU_BASE = {"GWP": 26.970966666666666, "PE": 156.0, "ADPe": 0.0170687302}
CPU_BASE = {"GWP": 9.14, "PE": 156.0, "ADPe": 0.0204}
RAM_BASE = {"GWP": 5.22, "PE": 74.0, "ADPe": 0.00169}
SSD_BASE = {"GWP": 6.34, "PE": 76.9, "ADPe": 0.000563}
PSU_PER_KG = {"GWP": 24.3, "PE": 352.0, "ADPe": 0.0083}
MAINBOARD = {"GWP": 66.1, "PE": 836.0, "ADPe": 0.00369}
ENCLOSURE = {"GWP": 150.0, "PE": 2200.0, "ADPe": 0.0202}
ASSEMBLY = {"GWP": 6.68, "PE": 68.6, "ADPe": 1.41e-06}
ELECTRICITY = {"GWP": 0.05128, "PE": 11.289, "ADPe": 4.86e-08}


def published_equations(p: dict[str, float]) -> dict[str, float]:
    """Results by the name of the printed quantity, in its printed unit, from parameters in their printed units."""

    def ram(gigabytes: float, modules: float, i: str) -> float:
        return gigabytes / p["memory_density"] * MEMORY_DIE[i] + modules * RAM_BASE[i]

    def gpu(i: str) -> float:
        return p["gpu_die_area"] * DIE[i] + GPU_BASE[i] + ram(p["gpu_memory"], 1, i)

    def server(i: str) -> float:
        return (
            p["cpus_per_node"] * (p["cpu_die_area"] * DIE[i] + CPU_BASE[i])
            + ram(p["memory_per_node"], p["memory_modules_per_node"], i)
            + p["ssd_per_node"] / p["ssd_density"] * MEMORY_DIE[i]
            + p["ssd_drives_per_node"] * SSD_BASE[i]
            + p["psu_per_node"] * p["psu_mass"] * PSU_PER_KG[i]
            + p["mainboards_per_node"] * MAINBOARD[i]
            + p["enclosures_per_node"] * ENCLOSURE[i]
            + p["assemblies_per_node"] * ASSEMBLY[i]
        )

    share = p["nodes"] * p["duration"] / (p["equipment_lifetime"] * p["hours_per_year"] * p["average_usage"])
    servers = {i: share * server(i) for i in ELECTRICITY}
    gpus = {i: share * p["gpus_per_node"] * gpu(i) for i in ELECTRICITY}
    embodied = {i: servers[i] + gpus[i] for i in ELECTRICITY}
    power_kw = (
        p["cpu_usage"] * p["cpus_per_node"] * p["cpu_tdp"] / 1000
        + p["gpu_usage"] * p["gpus_per_node"] * p["gpu_tdp"]
        + p["memory_power"] / 1000 * p["memory_per_node"]
    )
    dynamic_kwh = p["nodes"] * p["duration"] * power_kw
    all_kwh = dynamic_kwh * p["dynamic_ratio"]
    total = {i: embodied[i] + all_kwh * ELECTRICITY[i] for i in ELECTRICITY}
    return {
        "BLOOM: A100 SXM4 80GB manufacturing GWP": gpu("GWP"),
        "BLOOM: A100 manufacturing PE": gpu("PE"),
        "BLOOM: A100 manufacturing ADPe": gpu("ADPe"),
        "BLOOM: embodied servers GWP": servers["GWP"] / 1000,
        "BLOOM: embodied GPUs GWP": gpus["GWP"] / 1000,
        "BLOOM: embodied GWP": embodied["GWP"] / 1000,
        "BLOOM: dynamic GWP": dynamic_kwh * ELECTRICITY["GWP"] / 1000,
        "BLOOM: direct GWP": all_kwh * ELECTRICITY["GWP"] / 1000,
        "BLOOM: total GWP (Ligozat slide 59 t)": total["GWP"] / 1000,
        "BLOOM: energy": all_kwh / 1000,
        "BLOOM: total PE": total["PE"] / 1e6,
        "BLOOM: embodied PE": embodied["PE"] / 1000,
        "BLOOM: embodied ADPe": embodied["ADPe"],
        "BLOOM: direct ADPe": all_kwh * ELECTRICITY["ADPe"],
        "BLOOM: total ADPe (Ligozat slide 1.2 kgSb)": total["ADPe"],
        "BLOOM: persons/year, climate boundary (slide 59)": total["GWP"] / 985,
        "BLOOM: persons/year, ADP boundary (slide 38)": total["ADPe"] / 0.0317,
    }
