"""The US file comes out as text, cell by cell; the French file and what is no file of the source are refused."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.boavizta_devices.columns import COLUMNS
from ingest.boavizta_devices.release import select


def test_rows_have_our_columns_as_text_and_a_row_number(landed):
    assert landed.columns[:33] == [*COLUMNS.values(), "row_number"]
    assert set(landed.select(COLUMNS.values()).dtypes) == {pl.String}
    assert landed["row_number"].to_list() == [1, 2, 3, 4, 5]


def test_cells_are_kept_as_written(landed):
    assert landed["name"][0] == 'Example Book 13" 2020'
    assert landed["name"][2] == "Exemplar 90” Monitor"
    assert landed["gwp_use_ratio"][0] == "0.1500"
    assert landed["lifetime_years"].to_list() == ["4.0", "5", "6.0", "4", "2"]
    assert landed["comment"][3] == "a remark, with a comma"
    assert landed["height_u"].null_count() == 5


def test_another_line_end_changes_nothing(parsed, content):
    assert parsed(content.replace(b"\n", b"\r\n")).equals(parsed(content))


def test_the_bundle_leaves_the_remarks_out_and_nothing_else(landed):
    chosen = select({"footprints": landed})["footprints"]
    assert set(landed.columns) - set(chosen.columns) == {"comment"}
    assert chosen.height == landed.height


@pytest.fixture
def refusal(parsed):
    def refuse(content: bytes) -> str:
        with pytest.raises(ParseError) as error:
            parsed(content)
        return str(error.value)

    return refuse


def test_the_french_file_is_refused_with_the_reason(refusal):
    header = ";".join(COLUMNS)
    row = ";".join(["Acme", "Book (1,1GHz)", "Workplace", "Laptop", "161", "0,15", *[""] * 26])
    message = refusal(f"{header}\r\n{row}\r\n".encode())
    assert "French file" in message
    assert "decimal commas were put into words" in message
    assert "take boavizta-data-us.csv" in message


@pytest.mark.parametrize("delimiter", [b"\t", b"|"])
def test_a_wrong_delimiter(refusal, content, delimiter):
    assert "wrong sign" in refusal(content.replace(b",", delimiter))


def test_an_empty_file_a_web_page_and_another_encoding(refusal, content):
    assert "empty" in refusal(b"\n")
    assert "web page" in refusal(b"<html>")
    assert "not UTF-8" in refusal(content.decode().encode("cp1252"))


def test_columns_that_are_missing_renamed_or_there_twice(refusal, content):
    assert "missing: 'comment'" in refusal(b"\n".join(line.rsplit(b",", 1)[0] for line in content.split(b"\n")[:3]))
    assert "closest missing name: 'gwp_total'" in refusal(content.replace(b"gwp_total", b"gwp_totl", 1))
    assert "'name' twice" in refusal(content.replace(b"subcategory", b"name", 1))


def test_a_file_cut_short(refusal, content):
    assert "cells" in refusal(content[:-20])
    assert "quoted cell" in refusal(content[: content.index(b"with a comma")])
    assert "no rows" in refusal(content.split(b"\n")[0])


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=120))
def test_noise_is_refused_and_never_crashes(parsed, noise):
    with pytest.raises(ParseError):
        parsed(b"manufacturer,name," + noise)
