"""Errors found in data that others publish, each among sound rows: what the gates must find, and nothing else.

Figures of named places and cards are facts of BoaviztAPI 2.4.1, EcoLogits 0.11.3 and the cards of Hubblo and ADEME
(2025); what stands around them is invented.
"""

from dataclasses import dataclass, field

COLUMNS = [
    *("factor_id", "source_id", "object_id", "object_class", "component", "is_total", "indicator_id"),
    *("impact_category", "life_cycle_stage", "geography_id", "electricity_basis", "electricity_scope"),
    *("reference_year", "value", "amount_unit", "reference_unit"),
]
COUNTRIES = ["ARG", "AUS", "AUT", "BEL", "BGR", "BRA", "CAN", "CHL", "CHN", "COL", "DEU"]


@dataclass(frozen=True)
class Case:
    """A table with errors, the gate as dbt writes it, and the rows that it must find by their key."""

    gate: str
    rows: list[dict]
    bad: set[str]
    key: str = "factor_id"
    arguments: dict = field(default_factory=dict)

    @property
    def sound_rows(self) -> list[dict]:
        return [row for row in self.rows if row[self.key] not in self.bad]


def grid(place: str, value: float, category: str, unit: str) -> dict:
    return {
        "factor_id": place,
        "source_id": "s",
        "object_id": "electricity",
        "object_class": "electricity",
        "component": "total",
        "is_total": True,
        "indicator_id": category.lower(),
        "impact_category": category,
        "life_cycle_stage": "use",
        "geography_id": place,
        "electricity_basis": "location",
        "electricity_scope": "consumption_life_cycle",
        "value": value,
        "amount_unit": unit,
        "reference_unit": "kWh",
    }


def grids(middle: float, category: str, unit: str, **others: float) -> list[dict]:
    """Eleven countries from half the middle to one and a half times it, and others by their place."""
    around = {place: middle * (0.5 + step / 10) for step, place in enumerate(COUNTRIES)}
    return [grid(place, value, category, unit) for place, value in (around | others).items()]


def component(card: str, name: str, **values: float) -> list[dict]:
    units = {"GWP": "kgCO2e", "ADPf": "MJ", "PE": "MJ"}
    return [
        {
            "factor_id": f"{card} {name} {category}",
            "source_id": "s",
            "object_id": card,
            "object_class": "accelerator",
            "component": name,
            "is_total": name == "total",
            "indicator_id": category.lower(),
            "impact_category": category,
            "life_cycle_stage": "manufacturing",
            "electricity_basis": "not_applicable",
            "value": value,
            "amount_unit": units[category],
            "reference_unit": "item",
        }
        for category, value in values.items()
    ]


CASES = {
    "acidification 1851 times the median": Case(
        "within_multiple_of_median", grids(0.0045, "AP", "molHe", MNG=0.0497, CZE=8.37957), {"CZE"}
    ),
    "primary energy 35 times the median": Case(
        "within_multiple_of_median", grids(13.3, "PE", "MJ", TKM=23.3, NAM=468.15), {"NAM"}
    ),
    "a value per MWh labelled kWh": Case(
        "within_multiple_of_median", grids(0.4, "GWP", "kgCO2e", ISL=0.02833, SWE=0.03582, FRA=56.9), {"FRA"}
    ),
    "a value per kWh divided by a thousand": Case(
        "within_multiple_of_median", grids(0.4, "GWP", "kgCO2e", ISL=0.02833, SWE=0.03582, POL=0.00061), {"POL"}
    ),
    "primary energy below the electricity": Case(
        "primary_energy_covers_electricity", grids(9.0, "PE", "MJ", GLO=2.5871), {"GLO"}
    ),
    "a world below all of its places": Case(
        "aggregate_within_members",
        grids(8e-8, "ADPe", "kgSbe", DNK=1.574e-08, GLO=1.349e-08),
        {"GLO"},
    ),
    "a grid of exactly 0": Case("no_silent_zero", grids(0.4, "GWP", "kgCO2e", ISL=0.02833, CAF=0.0), {"CAF"}),
    "the board of one card": Case(
        "sibling_cards_consistent",
        component("card 1", "board", GWP=10.0, ADPf=160.0, PE=165.0)
        + component("card 2", "board", GWP=4.0, ADPf=60.0, PE=61.0)
        + component("card 3", "board", GWP=100.0, ADPf=1200.0, PE=1300.0)
        + component("A100 PCIe", "board", GWP=9.17, ADPf=141.0, PE=145.0)
        + component("A100 SXM4", "board", GWP=0.0821, ADPf=3.11, PE=230.0)
        + component("A100 SXM4", "video_ram", GWP=19.3, ADPf=253.0, PE=258.0)
        + component("A100 SXM4", "total", GWP=113.0, ADPf=1490.0),
        {f"A100 SXM4 board {category}" for category in ("GWP", "ADPf", "PE")}
        | {f"A100 SXM4 total {category}" for category in ("GWP", "ADPf")},
    ),
    "memory of a node given to each card": Case(
        "memory_is_possible",
        [
            {"platform": "a3-megagpu-8g", "family": "nvidia_h100", "memory_gb": 640},
            {"platform": "p5.48xlarge", "family": "nvidia_h100", "memory_gb": 80},
            {"platform": "of a family without a limit", "family": "unheard_of", "memory_gb": 288},
        ],
        {"a3-megagpu-8g"},
        "platform",
        {"memory": "memory_gb", "subject": "family"},
    ),
    "memory of a node given to each stick": Case(
        "memory_is_possible",
        [
            {"platform": "x4-megamem-1920-metal", "sticks": 8192, "memory_gb": 32768},
            {"platform": "with the total once", "sticks": 1, "memory_gb": 32768},
            {"platform": "u-24tb1.metal", "sticks": 192, "memory_gb": 128},
        ],
        {"x4-megamem-1920-metal"},
        "platform",
        {"memory": "memory_gb", "subject": "'board'", "units": "sticks"},
    ),
    "the same cards at another provider": Case(
        "same_hardware_same_footprint",
        [
            {"platform": "p5.48xlarge", "hardware": "8 x H100", "kgco2e": 10300},
            {"platform": "a3-megagpu-8g", "hardware": "8 x H100", "kgco2e": 80600},
            {"platform": "of a third provider", "hardware": "8 x H100", "kgco2e": 12000},
            {"platform": "of other cards", "hardware": "8 x A100", "kgco2e": 5600},
        ],
        {"a3-megagpu-8g"},
        "platform",
        {"hardware": "hardware", "value": "kgco2e"},
    ),
    "the overhead twice, in water too": Case(
        "pue_applied_once",
        [
            {
                "flow_id": flow,
                "object_class": thing,
                "geography_role": "data_centre",
                "energy_boundary": boundary,
                "crossings_low": low,
                "crossings_high": high,
                "it_energy_terms": water,
                "surplus_flows": surplus,
            }
            for flow, thing, boundary, low, high, water, surplus in [
                ("once", "electricity", "facility", 1, 1, 0, 0),
                ("twice", "electricity", "facility", 2, 2, 0, 0),
                ("never", "electricity", "facility", 0, 0, 0, 0),
                ("for some of it", "electricity", "facility", 0, 1, 0, 0),
                ("inside and not said", "electricity", "IT", 1, 1, 0, 0),
                ("of a node", "electricity", "node", 0, 0, 0, 1),
                ("of a node and nothing on top", "electricity", "node", 0, 0, 0, 0),
                ("of a node and two on top", "electricity", "node", 0, 0, 0, 2),
                ("without a boundary", "electricity", None, 0, 0, 0, 0),
                ("water of IT energy", "water", None, 0, 0, 1, 0),
                ("water of facility energy", "water", None, 1, 1, 1, 0),
            ]
        ],
        {
            "twice",
            "never",
            "for some of it",
            "inside and not said",
            "of a node and nothing on top",
            "of a node and two on top",
            "without a boundary",
            "water of facility energy",
        },
        "flow_id",
    ),
}
