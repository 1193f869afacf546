"""Figures of accelerators in our tables are those that were collected: no slip of digits, no row without its fact."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cradle.paths import PROJECT_ROOT

FACTS = PROJECT_ROOT.parent / "shared" / "facts" / "gpu_and_accelerator_footprints.csv"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FACTS.is_file(), reason="the collected facts are not in ../shared/facts"),
]

# ours -> theirs
FALK = {
    "casing": "casing",
    "heatsink": "heatsink",
    "printed_wiring_board": "pcb",
    "main_dies": "main_dies(GPU+HBM)",
    "populated_parts": "POP (populated/passive on-PCB parts)",
    "upstream_transport": "upstream_transport",
}
CATEGORIES = {"HTc": "CTUh-c", "HTnc": "CTUh-nc", "ETf": "CTUe"}
BOAVIZTA = {"ADPe": "ADP"}
SCHNEIDER = {
    "data_centre": "data-centre construction",
    "host_tray": "host CPU tray",
    "accelerator_tray": "TPU tray",
    "total": "total embodied",
}
NVIDIA = {
    "printed_circuit_boards": "pcb",
    "materials_and_components": "total",
    "assembly": "total",
    "inbound_transport": "total",
}
STAGES = {"inbound_transport": "transport", "total": "cradle_to_gate"}
SPECS = {
    "tdp_w": ("tdp", "tdp_peak", "configurable_power_max"),
    "measured_power_min_w": ("measured_power_min",),
    "measured_power_mean_w": ("measured_power_mean",),
    "measured_power_max_w": ("measured_power_max",),
    "memory_gb": ("memory_capacity",),
    "die_area_mm2": ("die_area",),
    "process_node": ("process_node",),
    "dense_fp16_tflops": ("fp16_bf16_dense_peak",),
}
# the fact is the area of one of two dies
OF_TWO_DIES = ("amd_mi250x", "die_area_mm2")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def facts() -> list[dict[str, str]]:
    return rows(FACTS)


@pytest.fixture(scope="module")
def study_factors() -> list[dict[str, str]]:
    return rows(PROJECT_ROOT / "seeds" / "factors" / "study_factors.csv")


def of(factors: list[dict[str, str]], source_id: str) -> Iterator[tuple[dict[str, str], str]]:
    """The factors of a source, each with the category at the end of its id."""
    return ((row, row["factor_id"].rsplit(":", 1)[1]) for row in factors if row["source_id"] == source_id)


def numbers(facts: list[dict[str, str]], **wanted: str | tuple[str, ...]) -> set[Decimal]:
    """The numbers of the facts that have these cells; none that is a range or a word."""
    found = [
        row
        for row in facts
        if all(row[key] in value if isinstance(value, tuple) else row[key] == value for key, value in wanted.items())
    ]
    return {Decimal(row["value"]) for row in found}


def test_components_of_falk_2025(facts, study_factors):
    components = [(row, category) for row, category in of(study_factors, "falk_2025") if row["is_total"] == "false"]
    assert len(components) == 6 * 16
    for row, category in components:
        theirs = numbers(
            facts,
            product="NVIDIA A100 SXM4 40GB",
            component=FALK[row["component"]],
            category=CATEGORIES.get(category, category),
            source_url="https://arxiv.org/abs/2509.00093",
        )
        assert theirs == {Decimal(row["value"])}, row["factor_id"]
        assert Decimal(row["as_printed"]) == Decimal(row["value"])


def test_totals_of_falk_2025_are_the_sums_of_their_components_but_for_the_printed_headline(facts, study_factors):
    falk = list(of(study_factors, "falk_2025"))
    totals = {category: row for row, category in falk if row["is_total"] == "true"}
    assert len(totals) == 16
    for category, total in totals.items():
        whole = sum(Decimal(row["value"]) for row, of_ in falk if of_ == category and row["is_total"] == "false")
        if category == "GWP":
            assert (total["value"], total["as_printed"], round(whole, 1)) == ("127.6", "127.6", Decimal("128.3"))
            continue
        assert (Decimal(total["value"]), total["as_printed"]) == (whole, "")
        (theirs,) = numbers(
            facts,
            product="NVIDIA A100 SXM4 40GB",
            component="total",
            category=CATEGORIES.get(category, category),
            source_url="https://arxiv.org/abs/2509.00093",
        )
        assert float(whole) == pytest.approx(float(theirs), rel=5e-4), category


def test_cards_of_boaviztapi(facts, study_factors):
    cards = list(of(study_factors, "boaviztapi_2_5_0"))
    assert len(cards) == 22 * 3
    for row, category in cards:
        name = row["locator"].removeprefix("component/gpu, computed for ").rsplit(":", 1)[0]
        theirs = numbers(facts, product=f"BoaviztAPI {name}", category=BOAVIZTA.get(category, category))
        assert theirs == {Decimal(row["value"])}, row["factor_id"]


@pytest.mark.parametrize("version", ["v4i", "v5e", "v6e"])
def test_tpus_of_schneider_2025(facts, study_factors, version):
    parts = {
        row["component"]: row
        for row, _ in of(study_factors, "schneider_2025")
        if row["object_id"] == f"google_tpu_{version}"
    }
    assert set(parts) == set(SCHNEIDER)
    for component, row in parts.items():
        theirs = numbers(facts, product=f"Google TPU {version}", component=SCHNEIDER[component], category="GWP")
        assert theirs == {Decimal(row["value"])}
    total = int(parts.pop("total")["value"])
    assert abs(sum(int(row["value"]) for row in parts.values()) - total) <= 1


@pytest.mark.parametrize(
    ("source_id", "url"),
    [
        ("morand_2026", "https://arxiv.org/abs/2607.01258"),
        ("chien_2023", "https://preview.methodology.scope3.com/nvidia_a100"),
    ],
)
def test_single_totals(facts, study_factors, source_id, url):
    (total,) = (row for row, _ in of(study_factors, source_id) if row["is_total"] == "true")
    assert numbers(facts, source_url=url, category="GWP") == {Decimal(total["value"])}


def test_the_card_of_luccioni_2023_and_the_memory_of_morand_2026(facts, study_factors):
    (card,) = (row for row, _ in of(study_factors, "luccioni_2023") if row["object_id"] == "nvidia_a100_sxm4_80gb")
    assert numbers(facts, product="BLOOM: NVIDIA A100", category="GWP") == {Decimal(card["value"])}
    (memory,) = (row for row, _ in of(study_factors, "morand_2026") if row["component"] == "video_ram")
    (fact,) = (row for row in facts if row["product"] == "NVIDIA H100" and row["category"] == "GWP")
    assert fact["scope"].endswith(f"memory {memory['value']}")


def test_summaries_of_nvidia(facts):
    summaries = rows(PROJECT_ROOT / "ingest" / "nvidia_pcf" / "summaries.csv")
    assert len(summaries) == 24
    for row in summaries:
        wanted = {
            "product": row["product"],
            "component": NVIDIA.get(row["name"], row["name"]),
            "stage": "materials_and_components"
            if row["level"] == "component"
            else STAGES.get(row["name"], row["name"]),
        }
        theirs = numbers(facts, **wanted, category="climate_change", unit="kgCO2e/unit")
        assert theirs == {Decimal(row["value"])}, row
        share = numbers(facts, **wanted, category="climate_change_share")
        assert share == ({Decimal(row["share_pct"])} if row["share_pct"] else set()), row
        mass = numbers(facts, product=row["product"], category="mass")
        assert mass == {Decimal(row["product_mass_kg"])}


def test_specifications(facts):
    specs = rows(PROJECT_ROOT / "ingest" / "accelerator_specs" / "specs.csv")
    for row in specs:
        wanted = {
            "product": row["card_name"],
            "category": SPECS[row["quantity"]],
            "scope": ("spec", "dense, no sparsity"),
        }
        if row["quantity"] == "process_node":
            (fact,) = (f for f in facts if all(f[k] in v if k != "product" else f[k] == v for k, v in wanted.items()))
            assert fact["value"] == row["as_printed"]
            continue
        factor = 2 if (row["object_id"], row["quantity"]) == OF_TWO_DIES else 1
        assert {number * factor for number in numbers(facts, **wanted)} == {Decimal(row["value"])}, row


def test_no_weak_or_unread_fact_became_a_specification(facts):
    known = {(f["product"], f["category"]): f["note"] for f in facts}
    for row in rows(PROJECT_ROOT / "ingest" / "accelerator_specs" / "specs.csv"):
        notes = [known[row["card_name"], name] for name in SPECS[row["quantity"]] if (row["card_name"], name) in known]
        assert notes, row
        assert not any(note.startswith("conf=L") for note in notes), row
