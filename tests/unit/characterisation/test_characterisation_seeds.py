"""Elementary flows and their names: sound numbers, one meaning a name, and the flows that everybody knows."""

import csv
import re
from pathlib import Path

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.cas import is_cas


def rows(path: str) -> list[dict[str, str]]:
    with Path(PROJECT_ROOT / "seeds" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FLOWS = {row["elementary_flow_id"]: row for row in rows("characterisation/elementary_flows.csv")}
NAMES = {row["flow_name"]: row["elementary_flow_id"] for row in rows("characterisation/elementary_flow_names.csv")}


def test_every_cas_number_has_the_right_check_digit():
    numbers = pl.DataFrame({"cas": [row["cas"] or None for row in FLOWS.values()]}, schema={"cas": pl.String})
    assert numbers.filter(~is_cas("cas"))["cas"].to_list() == []


def test_ids_are_words_and_names_lower_case():
    assert all(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", flow) for flow in FLOWS)
    assert all(name == name.lower().strip() and name for name in NAMES)


def test_a_cas_number_stands_for_one_flow_or_says_the_origin_of_carbon():
    by_cas: dict[str, list[str]] = {}
    for row in FLOWS.values():
        if row["cas"]:
            by_cas.setdefault(row["cas"], []).append(row["origin_of_carbon"])
    for cas, origins in by_cas.items():
        assert len(origins) == 1 or (len(set(origins)) == len(origins) and "unspecified" in origins), cas


@pytest.mark.parametrize(
    ("name", "flow", "cas"),
    [
        ("methane, fossil", "methane_fossil", "74-82-8"),
        ("methane, non-fossil", "methane_biogenic", "74-82-8"),
        ("ch4", "methane_unspecified", "74-82-8"),
        ("carbon dioxide, fossil", "carbon_dioxide_fossil", "124-38-9"),
        ("dinitrogen monoxide", "nitrous_oxide", "10024-97-2"),
        ("sulphur hexafluoride", "sulfur_hexafluoride", "2551-62-4"),
        ("nf3", "nitrogen_trifluoride", "7783-54-2"),
        ("hfc-134a", "hfc_134a", "811-97-2"),
    ],
)
def test_common_names_lead_to_their_flow(name, flow, cas):
    assert NAMES[name] == flow
    assert FLOWS[flow]["cas"] == cas
