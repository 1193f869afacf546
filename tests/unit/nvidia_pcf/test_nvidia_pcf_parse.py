"""The table is landed as it is; a PDF or anything else is refused with what to do."""

import hashlib

from cradle.paths import PROJECT_ROOT
from ingest.nvidia_pcf.parse import COLUMNS, parse
from ingest.sidecar import read

FOLDER = PROJECT_ROOT / "ingest" / "nvidia_pcf"


def test_the_table_beside_the_sidecar_is_the_pinned_one():
    content, pinned = (FOLDER / "summaries.csv").read_bytes(), read(FOLDER / "source.yml").download[0]
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (pinned.sha256, pinned.bytes)


def test_cells_are_landed_as_they_are():
    rows = parse(FOLDER / "summaries.csv")["summaries"]
    assert rows.columns == [*COLUMNS, "row_number"]
    assert rows.row(0, named=True) | {"locator": ""} == {
        "product": "NVIDIA HGX H100",
        "product_mass_kg": "24",
        "level": "total",
        "name": "total",
        "value": "1312",
        "unit": "kgCO2e/item",
        "share_pct": None,
        "as_printed": "1,312",
        "how_read": "printed",
        "confidence": "high",
        "published_on": "2025-07",
        "locator": "",
        "row_number": 1,
    }


def test_the_table_breaks_no_rule_of_its_contract():
    import polars as pl

    from ingest.contract import check
    from ingest.nvidia_pcf.contract import Summaries

    rows = parse(FOLDER / "summaries.csv")["summaries"].with_columns(
        source_id=pl.lit("nvidia_pcf"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
    )
    checked = check(rows, Summaries, {"product": {"NVIDIA HGX H100", "NVIDIA HGX B200"}})
    assert checked["violations"].list.len().sum() == 0
