"""Errors found in data that others publish, each among sound rows: what the gates must find, and nothing else.

Figures of named places and cards are facts of BoaviztAPI 2.4.1, EcoLogits 0.11.3 and the cards of Hubblo and ADEME
(2025); what stands around them is invented.
"""

from dataclasses import dataclass, field

COLUMNS = [
    *("factor_id", "source_id", "object_id", "object_class", "component", "is_total", "indicator_id"),
    *(
        "impact_category",
        "indicator_unit",
        "life_cycle_stage",
        "stages_covered",
        "geography_id",
        "electricity_basis",
        "electricity_scope",
    ),
    *("reference_year", "value", "amount_unit", "reference_unit", "as_printed"),
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
        "as_printed": str(value),
    }


def grids(middle: float, category: str, unit: str, **others: float) -> list[dict]:
    """Eleven countries from half the middle to one and a half times it, and others by their place."""
    around = {place: middle * (0.5 + step / 10) for step, place in enumerate(COUNTRIES)}
    return [grid(place, value, category, unit) for place, value in (around | others).items()]


def component(card: str, name: str, **values: float) -> list[dict]:
    units = {"GWP": "kgCO2e", "ADPf": "MJ", "PE": "MJ", "ADPe": "kgSbe", "HTc": "CTUh"}
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
            "amount_unit": units.get(category, "1"),
            "reference_unit": "item",
        }
        for category, value in values.items()
    ]


def thing(key: str, object_class: str, category: str, value: float, per: str, **other: str) -> dict:
    """A total of one study, without siblings."""
    units = {"GWP": "kgCO2e", "ADPf": "MJ", "PE": "MJ", "ADPe": "kgSbe", "WC": "L"}
    row = {
        "factor_id": key,
        "source_id": "s",
        "object_id": key,
        "object_class": object_class,
        "component": "total",
        "is_total": True,
        "indicator_id": category.lower(),
        "impact_category": category,
        "life_cycle_stage": "manufacturing",
        "electricity_basis": "not_applicable",
        "value": value,
        "amount_unit": units[category],
        "reference_unit": per,
    }
    return row | other


def dies(**metals: float) -> list[dict]:
    """Dies as they are printed: metals and toxicity of sound cards go together, over five powers of ten."""
    sound = {
        "L4": (4.8e-7, 1.6e-9),
        "TITAN RTX": (1.9e-6, 6.3e-9),
        "P100": (1e-6, 3.6e-9),
        "A100 PCIe": (2.5e-5, 8.1e-9),
        "H100": (3.1e-5, 1.9e-8),
        "GH200": (2.5e-3, 2.1e-6),
    }
    rows = [component(card, "graphics_processing_unit", ADPe=adpe, HTc=htc) for card, (adpe, htc) in sound.items()]
    rows += [component(card, "graphics_processing_unit", ADPe=adpe, HTc=4.7e-9) for card, adpe in metals.items()]
    return [row for card in rows for row in card]


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
    "carbon five times the median": Case(
        "within_multiple_of_median", grids(0.47, "GWP", "kgCO2e", TKM=1.306, POL=2.35), {"POL"}
    ),
    "water eight times the median": Case(
        "within_multiple_of_median", grids(3.8, "WC", "L", NOR=18.6, POL=30.4), {"POL"}
    ),
    "a world worked out with China in grams": Case(
        "aggregate_of_sound_members",
        [
            *grids(0.48, "GWP", "kgCO2e", IND=0.00058),
            grid("GLO", 0.24, "GWP", "kgCO2e") | {"as_printed": None},
            grid("EUR", 0.4, "GWP", "kgCO2e") | {"as_printed": None},
        ],
        {"GLO"},
    ),
    "a world inside of one wild place": Case(
        "aggregate_within_members", grids(0.4, "GWP", "kgCO2e", POL=50.0, GLO=6.0), {"GLO"}
    ),
    "things without siblings": Case(
        "plausible_range",
        [
            thing("a mix per MWh", "electricity", "GWP", 56.9, "kWh", life_cycle_stage="use"),
            thing("a sound mix", "electricity", "GWP", 1.306, "kWh", life_cycle_stage="use"),
            thing("half of the energy", "electricity", "PE", 1.8, "kWh", life_cycle_stage="use"),
            thing("sound energy", "electricity", "PE", 20.1, "kWh", life_cycle_stage="use"),
            thing("fossil energy per MWh", "electricity", "ADPf", 9358.9, "kWh", life_cycle_stage="use"),
            thing("water in cl", "electricity", "WC", 379.0, "kWh", life_cycle_stage="use"),
            thing("a card in g", "accelerator", "GWP", 150000.0, "item"),
            thing("a card in t", "accelerator", "GWP", 0.15, "item"),
            thing("a sound card", "accelerator", "GWP", 57.5, "item"),
            thing("a sound board", "accelerator", "GWP", 2274.0, "item"),
            thing("metals of a card in g", "accelerator", "ADPe", 4.36, "item"),
            thing("energy of a card in GJ", "accelerator", "PE", 4.0, "item"),
            thing("a terminal in t", "terminal", "GWP", 0.156, "item"),
            thing("a monitor in g", "", "GWP", 367080.0, "item", source_id="boavizta_devices"),
            thing("a monitor", "", "GWP", 367.08, "item", source_id="boavizta_devices"),
            thing("a network labelled wrong", "network", "GWP", 2.14, "GB", life_cycle_stage="use"),
            thing("a network", "network", "GWP", 0.00214, "GB", life_cycle_stage="use"),
            thing("a use below 0", "hardware", "ADPf", -5.0, "item", life_cycle_stage="use"),
            thing("A100 made", "accelerator", "GWP", 113.0, "item", object_id="A100"),
            thing("A100 saved", "accelerator", "GWP", -2180.0, "item", object_id="A100")
            | {"life_cycle_stage": "end_of_life"},
            thing("L4 made", "accelerator", "GWP", 57.5, "item", object_id="L4"),
            thing("L4 saved", "accelerator", "GWP", -2.5, "item", object_id="L4", life_cycle_stage="end_of_life"),
        ],
        {
            *("a mix per MWh", "half of the energy", "fossil energy per MWh", "water in cl"),
            *("a card in g", "a card in t", "metals of a card in g", "energy of a card in GJ", "a terminal in t"),
            *("a monitor in g", "a network labelled wrong", "a use below 0", "A100 saved"),
        },
    ),
    "metals of a die a thousand times": Case(
        "sibling_cards_consistent",
        dies(A4500=1.4e-3),
        {f"A4500 graphics_processing_unit {category}" for category in ("ADPe", "HTc")},
    ),
    "metals of a die a thousandth": Case(
        "sibling_cards_consistent",
        dies(A4500=1.4e-9),
        {f"A4500 graphics_processing_unit {category}" for category in ("ADPe", "HTc")},
    ),
    "a board below 0": Case(
        "sibling_cards_consistent",
        [
            row
            for card, value in (("card 1", 10.0), ("card 2", 4.0), ("card 3", 9.17), ("card 4", -9.17))
            for row in component(card, "board", GWP=value)
        ],
        {"card 4 board GWP"},
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
