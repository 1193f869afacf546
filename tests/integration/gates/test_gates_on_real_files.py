"""What the gates find in the whole tables that others publish: the known errors, and no sound grid or card."""

import csv

import pytest
from bad_data import Case, component, grid
from gate_project import judge

from cradle.paths import PROJECT_ROOT

UPSTREAM = PROJECT_ROOT.parent / "shared/upstream"
MIXES = UPSTREAM / "boaviztapi-2.4.1/crowdsourcing/electrical_mix.csv"
CARDS = UPSTREAM / "hubblo-gpu-calculator/gpus_impact_factors.csv"
ECOLOGITS = UPSTREAM / "ecologits/git-5be90da/electricity_mixes.csv"
SERVERS = UPSTREAM / "boaviztapi-2.4.1/archetypes/server.csv"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not all(file.is_file() for file in (MIXES, ECOLOGITS, CARDS, SERVERS)),
        reason="the files of BoaviztAPI, EcoLogits and Hubblo are not in ../shared/upstream; others are tested",
    ),
]
CATEGORIES = {
    "ap": ("AP", "molHe"),
    "gwpf": ("GWPf", "kgCO2e"),
    "epf": ("EPf", "kgPe"),
    "epm": ("EPm", "kgNe"),
    "ept": ("EPt", "molNe"),
    "pocp": ("POCP", "kgNMVOCe"),
    "pm": ("PM", "disease_incidence"),
    "ir": ("IR", "kBqU235e"),
    "adpf": ("ADPf", "MJ"),
    "adpe": ("ADPe", "kgSbe"),
    "pe": ("PE", "MJ"),
    "gwp": ("GWP", "kgCO2e"),
}
CARD_COLUMNS = {
    **{"GWP": "GWP", "GWPf": "GWPf", "GWPb": "GWPb", "GWPlu": "GWPlu", "ADPf": "ADPf", "ADPe": "ADPe", "PE": "TPE"},
    **{"AP": "AP", "ETf": "CTUe", "HTc": "CTUh_c", "HTnc": "CTUh_nc", "EPf": "Epf", "EPm": "Epm", "EPt": "Ept"},
    **{"IR": "IR", "LU": "LU", "ODP": "ODP", "PM": "PM", "POCP": "POCP", "WU": "WU", "EW": "DEEE"},
}
WIDER = {"WOR": "GLO", "EEE": "EUR"}


def mixes() -> list[dict]:
    rows = []
    with MIXES.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["name"] not in CATEGORIES:
                continue
            category, unit = CATEGORIES[line["name"]]
            for place, text in list(line.items())[7:]:
                if text and float(text) != 0:
                    row = grid(WIDER.get(place, place), float(text), category, unit)
                    row["source_id"] = f"priority {line['priority']}"
                    rows.append(row | {"factor_id": f"{place} {category} {line['priority']}"})
    return rows


def ecologits_mixes() -> list[dict]:
    columns = {"adpe": ("ADPe", "kgSbe"), "pe": ("PE", "MJ"), "gwp": ("GWP", "kgCO2e"), "wue": ("WC", "L")}
    with ECOLOGITS.open(encoding="utf-8", newline="") as file:
        return [
            grid(WIDER.get(line["name"], line["name"]), float(line[column]), category, unit)
            | {"factor_id": f"{line['name']} {category}"}
            for line in csv.DictReader(file)
            for column, (category, unit) in columns.items()
        ]


def cards() -> list[dict]:
    def number(text: str) -> float:
        return float(text.replace(",", ".") or 0)

    rows = []
    with CARDS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["graphics_card"].startswith("NVIDIA"):
                for stage in ("manufacturing", "transport", "end_of_life"):
                    values = {category: number(line[f"{stage}_{column}"]) for category, column in CARD_COLUMNS.items()}
                    for row in component(line["graphics_card"], line["component"], **values):
                        key = f"{stage} {row['factor_id']}"
                        rows.append(row | {"life_cycle_stage": stage, "factor_id": key})
    return rows


def servers() -> list[dict]:
    def default(text: str) -> float:
        return float(text.split(";")[0] or 0)

    with SERVERS.open(encoding="utf-8", newline="") as file:
        return [
            {
                "platform": line["id"],
                "sticks": default(line["RAM.units"]),
                "stick_gb": default(line["RAM.capacity"]),
                "family": "card",
                "card_gb": default(line["GPU.vram"]),
            }
            for line in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    grids, of_ecologits = mixes(), ecologits_mixes()
    cases = {
        "median": Case("within_multiple_of_median", grids, set()),
        "aggregate": Case("aggregate_within_members", grids, set()),
        "energy": Case("primary_energy_covers_electricity", grids, set()),
        "median of EcoLogits": Case("within_multiple_of_median", of_ecologits, set()),
        "aggregate of EcoLogits": Case("aggregate_within_members", of_ecologits, set()),
        "energy of EcoLogits": Case("primary_energy_covers_electricity", of_ecologits, set()),
        "range": Case("plausible_range", grids, set()),
        "range of EcoLogits": Case("plausible_range", of_ecologits, set()),
        "range of cards": Case("plausible_range", cards(), set()),
        "cards": Case("sibling_cards_consistent", cards(), set()),
        "sticks": Case(
            "memory_is_possible",
            servers(),
            set(),
            "platform",
            {"memory": "stick_gb", "subject": "'board'", "units": "sticks"},
        ),
        "vram": Case("memory_is_possible", servers(), set(), "platform", {"memory": "card_gb", "subject": "family"}),
    }
    found = judge(tmp_path_factory.mktemp("real"), cases)
    return {name: found[name, False][1] for name in cases}


def test_grids_far_from_the_median(judged):
    assert judged["median"] == {"CZE AP 3", "WOR AP 3", "EEE AP 3", "NAM PE 3"}
    assert judged["median of EcoLogits"] == set()


def test_what_no_grid_and_no_card_can_have(judged):
    too_little_energy = {f"{place} PE 3" for place in ("ALB", "COD", "ISL", "MOZ", "NPL", "PRY", "ZMB")}
    # Costa Rica, Kenya and Uruguay are printed with 40 to 107 MJ, a plant with an efficiency below 9 %
    assert judged["range"] == too_little_energy | {f"{place} PE 3" for place in ("CRI", "KEN", "NAM", "URY")}
    assert judged["range of EcoLogits"] == {f"{place} PE" for place in ("AUT", "BRA", "ISL", "NOR", "WOR")}
    assert judged["range of cards"] == set()


def test_one_card_stands_apart(judged):
    board = "manufacturing NVIDIA A100 SXM4 40GB printed_wiring_board"
    assert judged["cards"] == {f"{board} {category}" for category in CARD_COLUMNS}


def test_primary_energy_that_is_fossil_energy(judged):
    assert judged["energy"] == {f"{place} PE 3" for place in ("ALB", "COD", "ISL", "MOZ", "NPL", "PRY", "ZMB")}
    assert judged["energy of EcoLogits"] == {f"{place} PE" for place in ("AUT", "BRA", "ISL", "NOR", "WOR")}


def test_a_world_outside_of_its_places(judged):
    # the wild value of a member (CZE) does not hide the one that was worked out with it
    assert judged["aggregate"] == {"WOR AP 3"}
    assert judged["aggregate of EcoLogits"] == {"WOR ADPe"}


def test_memory_of_a_node_given_to_each_part(judged):
    assert len(judged["sticks"]) == 41
    assert judged["vram"] == {
        *("a2-highgpu", "a2-megagpu", "a2-ultragpu", "a3-edgegpu", "a3-highgpu", "a3-megagpu", "a3-ultragpu")
    }
