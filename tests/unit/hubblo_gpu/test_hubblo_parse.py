"""The three files come out as text, cell by cell, whichever of them is given."""

import polars as pl
import pytest

from ingest.hubblo_gpu.columns import CARDS, IMPACT_FACTORS, TRANSPORT_FACTORS

COLUMNS = {"impact_factors": IMPACT_FACTORS, "transport_factors": TRANSPORT_FACTORS, "cards": CARDS}


@pytest.mark.parametrize(("entity", "rows"), [("impact_factors", 9), ("transport_factors", 2), ("cards", 2)])
def test_each_file_is_known_by_its_content(parsed, content, entity, rows):
    ((found, frame),) = parsed(content(entity)).items()
    assert found == entity
    assert frame.columns == [*COLUMNS[entity].values(), "row_number"]
    assert set(frame.drop("row_number").dtypes) == {pl.String}
    assert frame["row_number"].to_list() == list(range(1, rows + 1))


def test_cells_are_kept_as_written(landed):
    factors = landed("impact_factors")
    assert factors["manufacturing_gwpb"][2] == "-1,25E-03"
    assert factors["manufacturing_gwp"][1] == "0.00E+00"
    assert factors["use_gwp"].to_list() == [None] * 7 + ["0"] * 2
    assert landed("transport_factors")["gwp_per_kg_km"].to_list() == ["1.09E-06", "2.09E-06"]


def test_numbers_of_the_json_keep_their_text(landed):
    cards = landed("cards")
    assert cards["card_surface_cm2"].to_list() == ["250.10", "260"]
    assert cards["total_weight_g"].to_list() == ["900", "1.1e3"]
    assert cards["video_ram_die_surface_mm2"].to_list() == [None, "82.50"]


@pytest.mark.parametrize("entity", list(COLUMNS))
def test_a_byte_order_mark_and_another_line_end_change_nothing(parsed, content, entity):
    dressed = b"\xef\xbb\xbf" + content(entity).replace(b"\n", b"\r\n")
    assert parsed(dressed)[entity].equals(parsed(content(entity))[entity])


def test_the_order_of_columns_is_free(parsed, content):
    rows = [line.split(",") for line in content("transport_factors").decode().splitlines()]
    turned = "\n".join(",".join(row[::-1]) for row in rows)
    straight = parsed(content("transport_factors"))["transport_factors"]
    assert parsed(turned.encode())["transport_factors"].select(straight.columns).equals(straight)
