"""A summary of an invented product in the layout of NVIDIA's: what is read of it and what is refused."""

import zlib

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.nvidia_pcf.contract import check_summaries
from ingest.nvidia_pcf.parse import COLUMNS, parse
from ingest.nvidia_pcf.summary import DERIVED, PRINTED, rows_of
from ingest.pdf_text import MAX_PAGES

TITLE = "Product Carbon Footprint (PCF) Summary for NVIDIA HGX X900\n"
RESULT = "the footprint for one HGX X900 GPU baseboard is 1,000 kg CO2e.\n"
STAGES = "Materials and components 92 %\nAssembly 7.5 %\nInbound transportation 0.5 %\n"


def read(*pages: str) -> dict[tuple[str, str], dict]:
    return {(row["level"], row["name"]): row for row in rows_of(list(pages), "a.pdf")}


def checked(frame: pl.DataFrame) -> pl.DataFrame:
    lineage = {"source_id": pl.lit("nvidia_pcf"), "release_id": pl.lit("x"), "file_sha256": pl.lit("0" * 64)}
    return check_summaries(frame.with_columns(**lineage), {"NVIDIA HGX H100"})


def rejects(frame: pl.DataFrame) -> set[tuple[str, str, str]]:
    rows = checked(frame).select("level", "name", "violations").explode("violations").drop_nulls().to_dicts()
    return {(r["level"], r["name"], r["violations"]["check_name"]) for r in rows}


@pytest.fixture
def summary(summary_pages, pdf):
    return parse(pdf(*summary_pages))["summaries"]


def test_total_stages_and_components_are_read_and_the_specifications_are_not(summary):
    assert summary.columns == [*COLUMNS, "row_number"]
    found = {(level, name): (value, share) for level, name, value, share in summary.select(
        "level", "name", "value", "share_pct").rows()}  # fmt: skip
    assert found == {
        ("total", "total"): ("1000", None),
        ("stage", "materials_and_components"): ("920.0", "92"),
        ("stage", "assembly"): ("75.0", "7.5"),
        ("stage", "inbound_transport"): ("5.0", "0.5"),
        ("component", "memory"): ("500.0", "50"),
        ("component", "integrated_circuits"): ("250.0", "25"),
        ("component", "thermal_components"): ("100.0", "10"),
        ("component", "electromechanical"): ("30.0", "3"),
        ("component", "printed_circuit_boards"): ("15.0", "1.5"),
        ("component", "common_components"): ("10.0", "1"),
        ("component", "mechanical"): ("9.0", "0.9"),
        ("component", "interconnects"): ("6.0", "0.6"),
    }
    total = summary.row(0, named=True)
    assert (total["product"], total["as_printed"], total["how_read"]) == ("NVIDIA HGX X900", "1,000", PRINTED)
    assert (total["published_on"], total["product_mass_kg"], total["locator"]) == (
        "2031-05-06", None, "p. 3: sentence on one baseboard",
    )  # fmt: skip
    assert set(summary["how_read"][1:]) == {DERIVED}
    assert summary["as_printed"][2] == "7.5 %"


def test_a_sound_summary_breaks_no_rule(summary):
    assert rejects(summary) == set()


def test_a_chart_that_is_drawn_leaves_the_total_alone_and_says_so(pdf):
    frame = parse(pdf(TITLE, RESULT))["summaries"]
    assert frame["level"].to_list() == ["total"]
    assert "charts are not read" in frame["locator"][0]
    assert rejects(frame) == set()


@pytest.mark.parametrize(
    "text",
    [
        "the foot-\nprint for one\nHGX X900 GPU base-\nboard is\n1,000 kg\nCO\n2\ne.",
        "for one HGX X900 GPU baseboard is 1,000 kg CO\N{SUBSCRIPT TWO}e",
        "for one NVIDIA HGX X900 baseboard is about 1,000\N{NO-BREAK SPACE}kg CO2e\N{SUPERSCRIPT ONE}",
        "for one HGX X900 GPU baseboard is 1\N{NARROW NO-BREAK SPACE}000 kgCO2",
        "for one HGX X900 GPU baseboard is 1000 kg CO2",
    ],
)
def test_the_sentence_survives_breaks_blanks_indices_and_footnotes(text):
    assert read(TITLE, text)["total", "total"]["value"] == "1000"


def test_ligatures_in_labels_are_letters():
    rows = read(
        TITLE + RESULT + "Interconnects 2 %\nCommon Components 1 %\n", "E\N{LATIN SMALL LIGATURE FF}ect. May 2031"
    )
    assert rows["component", "interconnects"]["share_pct"] == "2"
    assert rows["total", "total"]["published_on"] == "2031-05"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1.000", "read in two ways"),
        ("10,00", "read in two ways"),
        ("1,000,5", "read in two ways"),
        ("1,000 000", "read in two ways"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_refused(number, said):
    with pytest.raises(ParseError, match=said):
        read(TITLE + RESULT.replace("1,000", number))


@pytest.mark.parametrize("unit", ["t", "g", "lbs"])
def test_another_unit_is_refused(unit):
    with pytest.raises(ParseError, match="another unit"):
        read(TITLE + RESULT.replace("kg", unit))


@pytest.mark.parametrize(
    "pages",
    [
        (TITLE + RESULT, RESULT.replace("X900", "X800")),
        (TITLE.replace("X900", "X800"), RESULT),
        (TITLE.replace("X900", "X900 and HGX X800"), RESULT),
    ],
)
def test_two_products_are_refused(pages):
    with pytest.raises(ParseError, match="several products"):
        read(*pages)


def test_two_results_of_one_product_are_refused_and_one_that_is_repeated_is_not():
    assert read(TITLE + RESULT, RESULT)["total", "total"]["value"] == "1000"
    with pytest.raises(ParseError, match="several results"):
        read(TITLE + RESULT, RESULT.replace("1,000", "1,001"))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Memory 50 % ICs 25 %", "50"),
        ("50 % Memory 25 % ICs", "50"),
        ("Memory (50%), ICs (25%)", "50"),
        ("Memory2 50%", "50"),
        ("Memory 50 % 500 kg CO2e ICs 25 % 250 kg CO2e", "50"),
        ("Memory 50% and again Memory (49.6%)", "50"),
        ("Memory ICs PCBs 50 % 25 % 1 %", None),  # which number is whose is not said
        ("50 % Memory 25 % ICs 10 %", None),
        ("Memory is 50 % of it", None),
        ("Memory 50 % 25 %", None),
        ("Memory 50 kg ICs 25 %", None),
    ],
)
def test_only_what_stands_side_by_side_is_a_pair(text, share):
    memory = read(TITLE + RESULT + text).get(("component", "memory"))
    assert (memory and memory["share_pct"]) == share


def test_two_different_numbers_for_one_part_reject_both():
    rows = rows_of([TITLE + RESULT + "Memory 50 %. Memory (40 %)."], "a.pdf")
    assert [row["share_pct"] for row in rows[1:]] == ["50", "40"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)).with_row_index("row_number", 1)
    frame = frame.with_columns(pl.col("row_number").cast(pl.Int64))
    assert ("component", "memory", "named_once") in rejects(frame)


def test_kilograms_that_are_printed_are_taken_as_they_are():
    row = read(TITLE + RESULT + "Memory 499.6 kg CO2e 50 %")["component", "memory"]
    assert (row["value"], row["as_printed"], row["share_pct"], row["how_read"]) == ("499.6", "499.6", "50", PRINTED)


def test_stages_that_are_no_whole_and_components_that_do_not_add_up_are_rejected(pdf):
    assert rejects(parse(pdf(TITLE, RESULT + STAGES.replace("7.5", "6.5")))["summaries"]) == {
        ("stage", name, "stage_shares_are_a_whole")
        for name in ("materials_and_components", "assembly", "inbound_transport")
    }
    assert ("component", "memory", "components_add_up_to_materials") in rejects(
        parse(pdf(TITLE, RESULT + STAGES + "Memory 90 %\n"))["summaries"]
    )


def message(file) -> str:
    with pytest.raises(ParseError) as error:
        parse(file)
    assert all(getattr(error.value, part) for part in ("what", "where", "expected", "got", "todo"))
    return str(error.value)


def test_a_pdf_that_is_not_known_is_refused_with_what_it_says(pdf):
    assert "begins with 'Annual report" in message(pdf("Annual report of somebody"))


def test_an_encrypted_pdf(pdf):
    assert "encrypted" in message(pdf(TITLE, RESULT, encrypt="secret"))
    assert "encrypted" in message(pdf(TITLE, RESULT, encrypt=""))


def test_a_scan_has_no_text(pdf):
    assert "scanned" in message(pdf("", ""))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_pdf_that_is_cut_off(pdf, share):
    file = pdf(TITLE, RESULT)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    assert "cut off" in message(file)


@pytest.mark.parametrize("content", [b"", b"<!doctype html><html>", b"product,value\n", b"%PDF-", b"%PDF-1.7\n%%EOF"])
def test_what_is_named_pdf_and_is_none(tmp_path, content):
    (tmp_path / "HGX-X900-PCF-Summary.pdf").write_bytes(content)
    assert "PDF" in message(tmp_path / "HGX-X900-PCF-Summary.pdf")


def test_a_pdf_is_told_by_its_first_bytes_whatever_its_name(pdf):
    assert parse(pdf(TITLE, RESULT, name="summaries.csv"))["summaries"]["value"].to_list() == ["1000"]


def test_too_many_pages(pdf):
    assert "too many pages" in message(pdf(*["a page"] * (MAX_PAGES + 1)))


def bomb(stream: bytes, filters: str) -> bytes:
    """A PDF of one page whose content is `stream`."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        f"<< /Length {len(stream)} /Filter {filters} >>\nstream\n".encode() + stream + b"\nendstream",
    ]
    out, at = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        at.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in at)
    tail = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()


def test_a_decompression_bomb(tmp_path):
    file = tmp_path / "bomb.pdf"
    once = zlib.compress(b"BT (a) Tj ET " * 4_000_000, 9)
    file.write_bytes(bomb(zlib.compress(once, 9), "[/FlateDecode /FlateDecode]"))
    assert file.stat().st_size < 100_000
    assert "unpacks to more" in message(file)


def test_both_editions_of_a_product_are_judged_apart_and_two_pdfs_reject_each_other(pdf, summary):
    lineage = {"source_id": pl.lit("nvidia_pcf"), "release_id": pl.lit("x")}
    one = summary.with_columns(**lineage, file_sha256=pl.lit("1" * 64))
    own = one.with_columns(
        how_read=pl.col("how_read").replace({PRINTED: "printed", DERIVED: "derived from printed percent"}),
        file_sha256=pl.lit("2" * 64),
    )
    beside = check_summaries(pl.concat([own, one]), {"NVIDIA HGX X900"})
    assert beside["violations"].list.len().sum() == 0
    twice = check_summaries(pl.concat([one, one.with_columns(file_sha256=pl.lit("3" * 64))]), set())
    assert (twice["violations"].list.len() > 0).all()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_rows_or_one_message(text):
    try:
        rows = rows_of([TITLE + RESULT + text], "a.pdf")
    except ParseError:
        return
    assert rows[0]["name"] == "total"
    assert all(set(row) == set(COLUMNS) for row in rows)
