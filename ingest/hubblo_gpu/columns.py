"""The columns of the three published files, and the names they have here."""

CATEGORIES = (
    *("ADPe", "ADPf", "AP", "CTUe", "CTUh_c", "CTUh_nc", "Epf", "Epm", "Ept", "GWP", "GWPb", "GWPf", "GWPlu"),
    *("IR", "LU", "ODP", "PM", "POCP", "WU", "MIPS", "DEEE", "TPE"),
)
STAGES = ("manufacturing", "transport", "use", "end_of_life")
IMPACT_CELLS = {f"{stage}_{category}": f"{stage}_{category.lower()}" for stage in STAGES for category in CATEGORIES}
TRANSPORT_CELLS = {category: f"{category.lower()}_per_kg_km" for category in CATEGORIES}

IMPACT_FACTORS = {"graphics_card": "graphics_card", "component": "component"} | IMPACT_CELLS
TRANSPORT_FACTORS = {"transport_mode": "transport_mode"} | TRANSPORT_CELLS
CARDS = {
    "name": "graphics_card",
    "totalWeight": "total_weight_g",
    "casingWeight": "casing_weight_g",
    "heatsinkWeight": "heatsink_weight_g",
    "cardSurface": "card_surface_cm2",
    "videoRamCapacity": "video_ram_capacity_gb",
    "videoRamDies": "video_ram_dies",
    "videoRamDieSurface": "video_ram_die_surface_mm2",
    "gpuSurface": "gpu_surface_mm2",
    "impactFactorsSource": "impact_factors_source",
}
# published for some of the cards only
OPTIONAL_CARD_KEYS = ("videoRamDieSurface",)
