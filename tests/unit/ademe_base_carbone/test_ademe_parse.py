"""Whatever dress the file comes in, the same lines come out, every cell as upstream wrote it."""

import csv
import io

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ingest.ademe_base_carbone.columns import COLUMNS


def test_lines_have_our_columns_as_text_and_a_row_number(lines):
    assert lines.columns[:68] == [*COLUMNS.values(), "row_number"]
    assert set(lines.select(COLUMNS.values()).dtypes) == {pl.String}
    assert lines["row_number"].to_list() == list(range(1, 9))


def test_cells_are_kept_as_written(lines):
    assert lines["name_fr"][4] == '"""Gâteau """"imaginaire"""" aux fruits"""'
    assert lines["name_fr"][5] == "\tSalade d'essai"
    assert lines["attribute_fr"][5] == "2024 - mix\u00a0moyen"
    assert lines["comment_fr"][5] == "Première ligne\nseconde ligne ; avec un point-virgule"
    assert lines["regulations"][0] == "DonnÃ©es de l'article d'essai"
    assert lines["total"].to_list() == ["10,5", "8", "2,4999639", "3,61E-05", "1,25", "-445,1", "2000", "3"]


def test_an_empty_cell_is_null(lines):
    assert lines["co2_fossil"].null_count() == 7
    assert lines["unit_es"].null_count() == lines.height


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", ["some headers", csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_all_published_dresses_give_the_same_lines(parsed, fixture_text, encoding, newline, quoting):
    text = fixture_text
    if quoting != "some headers" or newline != "\n":
        rows = list(csv.reader(io.StringIO(fixture_text, newline=""), delimiter=";"))
        out = io.StringIO(newline="")
        minimal = csv.QUOTE_MINIMAL if quoting == "some headers" else quoting
        csv.writer(out, delimiter=";", quoting=minimal, lineterminator=newline).writerows(rows)
        text = out.getvalue()
    assert_frame_equal(parsed(text.encode(encoding)), parsed(fixture_text.encode()))


def test_the_order_of_columns_is_free(parsed, fixture_text):
    rows = list(csv.reader(io.StringIO(fixture_text, newline=""), delimiter=";"))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([row[::-1] for row in rows])
    straight = parsed(fixture_text.encode())
    assert_frame_equal(parsed(out.getvalue().encode()), straight, check_column_order=False)


def test_a_missing_last_line_end_is_no_damage(parsed, fixture_text):
    assert parsed(fixture_text.rstrip("\n").encode()).height == 8
