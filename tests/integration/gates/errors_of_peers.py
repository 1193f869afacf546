"""Every error that was found in data of peers, with its real figure: which part of Cradle must find it, and where.

The names of the parts are those under which the errors were collected. Figures are facts of BoaviztAPI 2.4.1,
EcoLogits 0.9.3 to 0.11.3, Hubblo and ADEME (2025), the Impact Framework, CodeCarbon, the SCI for AI and BoAmps; what
stands beside them is invented or the sound figure of the same source.
"""

from dataclasses import dataclass

from bad_data import Case, component, grids, thing


@dataclass(frozen=True)
class InModel:
    """An error of a model in `models_of_peers`: the test of dbt, the value in a column that it finds, the sound one."""

    test: str
    column: str
    bad: str
    sound: str


@dataclass(frozen=True)
class InCell:
    """A cell of the published form of a source that its contract must find: column, text, the finding, a sound text."""

    column: str
    text: str
    check: str
    sound: str


def totals(study: str, **values: float) -> list[dict]:
    cards = {card: thing(f"{study} {card}", "accelerator", "GWP", value, "item") for card, value in values.items()}
    return [row | {"source_id": study, "object_id": card, "as_printed": "x"} for card, row in cards.items()]


def memory(**gb: float) -> list[dict]:
    return [
        {"platform": name.replace("_", "-"), "family": "nvidia_h100", "memory_gb": value} for name, value in gb.items()
    ]


CARD = {"memory": "memory_gb", "subject": "family"}
STICKS = {"memory": "memory_gb", "subject": "'board'", "units": "sticks"}
IN_RAW = [
    # the row Average of the cards: kg by kg of casing and of heat sink, by cm2 of board, by mm2 of die
    *component("card 1", "graphics_processing_unit", GWP=14.0, ADPf=190.0, PE=195.0),
    *component("card 2", "graphics_processing_unit", GWP=25.0, ADPf=330.0, PE=338.0),
    *component("card 3", "graphics_processing_unit", GWP=38.0, ADPf=510.0, PE=522.0),
    *component("Average", "graphics_processing_unit", GWP=0.0417, ADPf=0.556, PE=0.567),
]

# two more countries above eleven move the median up by a tenth
GATES: dict[str, Case] = {
    "memory per platform: 8192 sticks of 32,768 GB are 262,144 TiB": Case(
        "memory_is_possible",
        [
            {"platform": "x4-megamem-1920-metal", "sticks": 8192, "memory_gb": 32768},
            {"platform": "the same with its total once", "sticks": 1, "memory_gb": 32768},
        ],
        {"x4-megamem-1920-metal"},
        "platform",
        STICKS,
    ),
    "VRAM per card: 640 GB on one H100": Case(
        "memory_is_possible", memory(a3_megagpu_8g=640, p5=80), {"a3-megagpu-8g"}, "platform", CARD
    ),
    "VRAM per card: 1128 GB on one H200": Case(
        "memory_is_possible",
        [row | {"family": "nvidia_h200"} for row in memory(a3_ultragpu_8g=1128, p5en=141)],
        {"a3-ultragpu-8g"},
        "platform",
        CARD,
    ),
    "same hardware, same impact: 80,600 kg beside 10,300 kg for 8 x H100": Case(
        "same_hardware_same_footprint",
        [
            {"platform": "p5.48xlarge", "hardware": "8 x H100", "kgco2e": 10300},
            {"platform": "a3-megagpu-8g", "hardware": "8 x H100", "kgco2e": 80600},
            {"platform": "p4d.24xlarge", "hardware": "8 x A100", "kgco2e": 5600},
        ],
        {"a3-megagpu-8g"},
        "platform",
        {"hardware": "hardware", "value": "kgco2e"},
    ),
    "named lookup: 575.1 kg for L4, P100, A100 and H100": Case(
        "distinct_objects_differ",
        totals("by name", L4=575.1, P100=575.1, A100=575.1, H100=575.1)
        + totals("by attributes", L4=113.6, P100=129.3, A100=275.7, H100=575.2),
        {f"by name {card}" for card in ("L4", "P100", "A100", "H100")},
    ),
    "row outlier: acidification of CZE 8.37957, 1851 x the median, and in EEE .224 and WOR 2.33": Case(
        "within_multiple_of_median",
        grids(0.004527 / 1.1, "AP", "molHe", MNG=0.0497, CZE=8.37957, EUR=0.224, GLO=2.33),
        {"CZE", "EUR", "GLO"},
    ),
    "row outlier: primary energy of NAM 468.15, 35 x the median": Case(
        "within_multiple_of_median", grids(13.376 / 1.1, "PE", "MJ", TKM=23.3, NAM=468.15), {"NAM"}
    ),
    "physical bound: primary energy of the world 2.587 MJ by kWh, below 3.6": Case(
        "primary_energy_covers_electricity", grids(8.0, "PE", "MJ", CHN=10.7, USA=9.7, DEU=8.7, GLO=2.587), {"GLO"}
    ),
    "physical bound: metals of the world 1.349e-8, below every grid in it": Case(
        "aggregate_within_members", grids(8e-8, "ADPe", "kgSbe", DNK=1.574e-08, GLO=1.349e-08), {"GLO"}
    ),
    "one unit per column: kg among g, 18.75 t for 16 GB of memory": Case(
        "plausible_range",
        [
            thing("memory in kg x 1000", "hardware", "GWP", 18750 / 16, "GB"),
            thing("memory in kg", "hardware", "GWP", 18.75 / 16, "GB"),
        ],
        {"memory in kg x 1000"},
    ),
    "one unit per column: kg against g, a card of 164,000": Case(
        "plausible_range",
        [
            thing("a card in g", "accelerator", "GWP", 164_000, "item"),
            thing("in kg", "accelerator", "GWP", 164, "item"),
        ],
        {"a card in g"},
    ),
    "one unit per column: a unit that is not the indicator's, g against kg and litres against m3 world eq": Case(
        "unit_of_indicator",
        [
            thing("g", "accelerator", "GWP", 164_000, "item", amount_unit="gCO2e", indicator_unit="kgCO2e"),
            thing("kg", "accelerator", "GWP", 164, "item", indicator_unit="kgCO2e"),
            thing("litres", "accelerator", "WC", 1459, "item", indicator_unit="m3_world_eq"),
            thing("m3", "accelerator", "WC", 1459, "item", amount_unit="m3_world_eq", indicator_unit="m3_world_eq"),
        ],
        {"g", "litres"},
    ),
    "value matches cited source: SSD 50 kg and HDD 100 kg, swapped": Case(
        "quoted_value_matches_cited_source",
        [
            thing("quoted SSD", "hardware", "GWP", 50, "item"),
            thing("quoted HDD", "hardware", "GWP", 100, "item"),
            thing("quoted memory", "hardware", "GWP", 533, "item"),
            thing("cited SSD", "hardware", "GWP", 100, "item"),
            thing("cited HDD", "hardware", "GWP", 50, "item"),
            thing("cited memory", "hardware", "GWP", 533.3, "item"),
        ],
        {"quoted SSD", "quoted HDD"},
        arguments={"quotes": "quotes"},
    ),
    "arithmetic in published examples: 731.59 kg by kWh, labelled so for g": Case(
        "plausible_range",
        [
            thing("731.59 kg", "electricity", "GWP", 731.59, "kWh", life_cycle_stage="use"),
            thing("731.59 g", "electricity", "GWP", 0.73159, "kWh", life_cycle_stage="use"),
        ],
        {"731.59 kg"},
    ),
    "locale: a row Average of unit factors among rows of cards": Case(
        "sibling_cards_consistent", IN_RAW, {f"Average graphics_processing_unit {c}" for c in ("GWP", "ADPf", "PE")}
    ),
    "sibling consistency: board of the A100 SXM4, .082 kg, 3.1 and 230 MJ, beside 9.17 kg, 141 and 145 MJ": Case(
        "sibling_cards_consistent",
        component("card 1", "board", GWP=10.0, ADPf=160.0, PE=165.0)
        + component("card 2", "board", GWP=4.0, ADPf=60.0, PE=61.0)
        + component("A100 PCIe", "board", GWP=9.17, ADPf=141.0, PE=145.0)
        + component("A100 SXM4", "board", GWP=0.082, ADPf=3.1, PE=230.0),
        {f"A100 SXM4 board {category}" for category in ("GWP", "ADPf", "PE")},
    ),
    "default fallback visible: 475 g by kWh for every region without a row": Case(
        "fallback_is_visible",
        grids(0.4, "GWP", "kgCO2e", IRL=0.475, SGP=0.475, ZAF=0.475, GLO=0.475),
        {"IRL", "SGP", "ZAF"},
    ),
    "primary energy that is fossil depletion: Norway .1386 and Iceland .0128 MJ by kWh": Case(
        "primary_energy_covers_electricity", grids(9.0, "PE", "MJ", NOR=0.1386, ISL=0.0128), {"NOR", "ISL"}
    ),
}
QUOTES = [{"factor_id": f"quoted {name}", "cited_factor_id": f"cited {name}"} for name in ("SSD", "HDD", "memory")]

PRINT = ("recomputed_results_are_inside_print_rounding", "published_value_id")
INPUTS = ("units_of_inputs_give_the_unit_of_their_derivation", "parameter_name")
MODELS: dict[str, InModel] = {
    "doc formula = code formula: water of facility energy, high by exactly PUE": InModel(
        "pue_applied_once", "flow_id", "peers.water_by_the_code", "peers.water_by_the_documents"
    ),
    "doc formula = code formula: 1.0324170962849579e-4 L where the documents give 8.193786478452047e-05 L": InModel(
        *PRINT, "8.19e-5 L by the code", "8.19e-5 L by the documents"
    ),
    "doc formula = code formula: tokens multiplied with tokens by second": InModel(
        *INPUTS, "generation_as_documented", "generation"
    ),
    "arithmetic in published examples: 6,500 kg by 50 billion tokens printed as 0.13 g by million": InModel(
        *PRINT, "0.13 g per million tokens", "130 g per million tokens"
    ),
    "arithmetic in published examples: 75,000 kg by 2.5 billion printed as 3,000": InModel(
        *PRINT, "3,000 g per million requests", "30,000 g per million requests"
    ),
    "arithmetic in published examples: 75,000 kg by 2.5 billion printed as 30": InModel(
        *PRINT, "30 g per million requests", "30,000 g per million requests"
    ),
    "arithmetic in published examples: eShop with 0.02394 kWh gives 27.07 g and not 26.178 g": InModel(
        *PRINT, "26.178 g with 0.02394 kWh", "26.178 g with 0.023 kWh"
    ),
    "ambiguous field: BoAmps powerConsumption of 0.00267074 kWh taken for a power": InModel(
        *INPUTS, "boamps_energy_as_labelled", "boamps_power"
    ),
    "ambiguous field: 30 processors in a node, which are virtual ones": InModel(
        "parameters_are_plausible", "parameter_name", "cpus_per_node", "tokens"
    ),
}

CELLS: dict[str, InCell] = {
    f"locale: decimal comma in {text}": InCell("manufacturing_gwpb", text, "parses_as(Float64)", text.replace(",", "."))
    for text in ("-2,97E-04", "-6,95E-04", "-2,26E-02")
}
