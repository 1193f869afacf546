"""Specifications: the pinned table is sound, and each rule of the contract names the cell that breaks it."""

import hashlib
from pathlib import Path

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.accelerator_specs.contract import QUANTITIES, Specs
from ingest.accelerator_specs.parse import parse
from ingest.contract import check
from ingest.sidecar import read

FOLDER = PROJECT_ROOT / "ingest" / "accelerator_specs"
FIXTURE = Path(__file__).parent / "fixtures" / "invented_specs.csv"


def checked(file: Path, accelerators: set[str], cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
    frame = parse(file)["specs"].with_columns(
        source_id=pl.lit("accelerator_specs"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
    )
    for (row_number, column), text in (cells or {}).items():
        here = pl.col("row_number") == row_number
        frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
    return check(frame, Specs, {"accelerator": accelerators})


def invented(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
    return checked(FIXTURE, {"card_a", "card_b"}, cells)


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls().to_dicts()
    return {(row["row_number"], row["violations"]["check_name"], row["violations"]["severity"]) for row in found}


def test_the_table_beside_the_sidecar_is_the_pinned_one():
    content, pinned = (FOLDER / "specs.csv").read_bytes(), read(FOLDER / "source.yml").download[0]
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (pinned.sha256, pinned.bytes)


def test_the_table_breaks_no_rule_of_its_contract():
    objects = pl.read_csv(PROJECT_ROOT / "seeds" / "vocabulary" / "objects.csv")
    accelerators = set(objects.filter(pl.col("object_class") == "accelerator")["object_id"])
    frame = checked(FOLDER / "specs.csv", accelerators)
    assert findings(frame) == set()
    assert frame.height == 93


def test_sound_rows_have_no_violations():
    frame = invented()
    assert findings(frame) == set()
    assert frame["value"].to_list() == [300, 40, None, 90, 170, 192, 598, 275.5]


@pytest.mark.parametrize(
    ("row_number", "column", "text", "check_name"),
    [
        (1, "object_id", "card_z", "in_vocabulary"),
        (1, "quantity", "price_eur", f"isin({[*QUANTITIES, 'process_node']})"),
        (1, "value", "9.9", "within_bounds"),
        (1, "value", "1501", "within_bounds"),
        (2, "value", "289", "within_bounds"),
        (7, "value", "0", "within_bounds"),
        (1, "value", "310", "value_is_as_printed"),
        (1, "as_printed", "0.3 kW", "value_is_as_printed"),
        (8, "value", "551", "value_is_as_printed"),
        (8, "note", None, "value_is_as_printed"),
        (8, "note", "rounded", "value_is_as_printed"),
        (8, "value", "NaN", "parses_as(Float64)"),
        (1, "value", None, "a_number_unless_a_label"),
        (3, "value", "7", "a_number_unless_a_label"),
        (1, "unit", "kW", "unit_of_its_quantity"),
        (1, "unit", None, "unit_of_its_quantity"),
        (3, "unit", "nm", "unit_of_its_quantity"),
        (1, "as_printed", None, "not_nullable"),
        (1, "source_title", None, "not_nullable"),
        (1, "confidence", "low", "isin(['high', 'medium'])"),
    ],
)
def test_what_rejects_a_row(row_number, column, text, check_name):
    frame = invented({(row_number, column): text})
    assert (row_number, check_name, "reject_row") in findings(frame)
    assert {row for row, *_ in findings(frame)} == {row_number}
    assert frame.height == 8


@pytest.mark.parametrize(
    ("column", "text"), [("source_url", "ftp://example.org"), ("source_year", "soon"), ("source_year", "1999")]
)
def test_what_voids_a_cell(column, text):
    frame = invented({(1, column): text})
    assert {severity for _, _, severity in findings(frame)} == {"void_cell"}
    assert frame.row(0, named=True)[column] is None


def test_two_values_of_one_quantity_reject_both():
    frame = invented({(2, "quantity"): "tdp_w", (2, "unit"): "W"})
    assert findings(frame) == {(1, "stated_once", "reject_row"), (2, "stated_once", "reject_row")}


@pytest.mark.parametrize(
    ("value", "as_printed", "note", "is_sound"),
    [
        ("275", "275.4", "rounded", True),
        ("276", "275.4", "rounded", False),
        ("625", "10 PFLOPS", "printed for eight modules and with sparsity: a sixteenth of it", True),
        ("625", "10 TFLOPS", "printed for eight modules and with sparsity: a sixteenth of it", False),
        ("300", "150", "two compute dies of 150 mm2 each", True),
        ("450", "150", "two compute dies of 150 mm2 each", False),
    ],
)
def test_a_derived_value_follows_from_the_printed_one_by_its_note(value, as_printed, note, is_sound):
    frame = invented({(8, "value"): value, (8, "as_printed"): as_printed, (8, "note"): note})
    assert findings(frame) == (set() if is_sound else {(8, "value_is_as_printed", "reject_row")})


def test_a_variant_has_the_memory_of_its_name():
    frame = FIXTURE, {"card_a", "card_b", "card_a_80gb"}, {(2, "object_id"): "card_a_80gb"}
    assert findings(checked(*frame)) == {(2, "memory_of_its_variant", "reject_row")}
    frame[2].update({(2, "value"): "80", (2, "as_printed"): "80"})
    assert findings(checked(*frame)) == set()


def test_measured_powers_out_of_order_are_rejected_together():
    frame = invented({(6, "value"): "169", (6, "as_printed"): "169"})
    assert findings(frame) == {(row, "measured_power_is_ordered", "reject_row") for row in (4, 5, 6)}


def test_an_empty_table_passes():
    empty = pl.DataFrame(schema=dict.fromkeys(Specs.to_schema().columns, pl.String))
    assert check(empty.with_columns(pl.col("row_number").cast(pl.Int64)), Specs, {"accelerator": set()}).is_empty()
