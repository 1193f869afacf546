"""CSV, workbook and API give the same lines: of invented ones, and of the whole of V23.6 where it is at hand."""

import json
import random
from contextlib import suppress

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from other_forms import as_bytes, lines_of, pages_of, rows_of, slug, underscored, write_workbook
from polars.testing import assert_frame_equal

from cradle.errors import ParseError
from cradle.paths import PROJECT_ROOT
from ingest.ademe_base_carbone.parse import parse

# what XML can hold; openpyxl does not escape texts such as _x000D_
CELLS = st.characters(min_codepoint=32, codec="utf-8", exclude_characters="_\ufffe\uffff")
UPSTREAM = PROJECT_ROOT.parent / "shared/upstream/ademe"
FULL_CSV = UPSTREAM / "derived-reserialised/Base_Carbone_V23.6.RESERIALISED.cp1252.csv"
FULL_WORKBOOK = UPSTREAM / "Base_Carbone_V23.6-v2.xlsx"
needs_full_files = pytest.mark.skipif(
    not (FULL_CSV.is_file() and FULL_WORKBOOK.is_file()),
    reason="the full Base Carbone files are not in ../shared/upstream/ademe; invented lines are tested",
)


@pytest.fixture
def from_csv(parsed, fixture_text):
    return parsed(fixture_text.encode())


@pytest.fixture(scope="module")
def from_full_csv() -> pl.DataFrame:
    return parse(FULL_CSV)["lines"]


@pytest.fixture
def refusal(parsed):
    def message(content: bytes) -> str:
        with pytest.raises(ParseError) as error:
            parsed(content)
        for part in ("what", "where", "expected", "got", "todo"):
            assert getattr(error.value, part), f"the message does not say {part}"
        return str(error.value)

    return message


class TestWorkbook:
    @pytest.fixture
    def book(self, fixture_text, tmp_path):
        """Write the invented lines as a workbook, change it, and return the path."""

        def write(change=lambda workbook: None):
            path = write_workbook(fixture_text, tmp_path / "book.xlsx")
            workbook = openpyxl.load_workbook(path)
            change(workbook)
            workbook.save(path)
            return path

        return write

    def message(self, path):
        with pytest.raises(ParseError) as error:
            parse(path)
        return str(error.value)

    def test_the_same_lines(self, book, from_csv):
        assert_frame_equal(parse(book())["lines"], from_csv)

    def test_whatever_the_file_and_the_sheet_are_called(self, book, from_csv, parsed):
        def rename(workbook):
            workbook.worksheets[0].title = "Feuil1"
            workbook.move_sheet("F1", -1)

        assert_frame_equal(parsed(book(rename).read_bytes()), from_csv)

    def test_a_truncated_workbook(self, book, parsed):
        content = book().read_bytes()
        for part in (0.1, 0.5, 0.9, 0.99):
            with pytest.raises(ParseError, match="damaged"):
                parsed(content[: int(len(content) * part)])

    def test_no_sheet_with_the_header(self, book):
        def drop(workbook):
            workbook.remove(workbook.worksheets[0])

        said = self.message(book(drop))
        assert "No sheet has the header" in said and "'F1'" in said

    def test_two_sheets_with_the_header(self, book):
        said = self.message(book(lambda workbook: workbook.copy_worksheet(workbook.worksheets[0])))
        assert "Several sheets" in said

    def test_a_changed_header(self, book):
        def rename(workbook):
            workbook.worksheets[0]["AG1"] = "Validité"

        assert "missing: 'Période de validité'" in self.message(book(rename))

    def test_a_column_without_a_name(self, book):
        def add(workbook):
            workbook.worksheets[0]["BP3"] = "a note of mine"

        assert "unknown column ''" in self.message(book(add))

    def test_a_formula(self, book):
        def compute(workbook):
            workbook.worksheets[0]["AY2"] = "=AY3+AY4"

        said = self.message(book(compute))
        assert "AY2" in said and "=AY3+AY4" in said

    def test_merged_cells(self, book):
        assert "B2:B3" in self.message(book(lambda workbook: workbook.worksheets[0].merge_cells("B2:B3")))

    def test_a_header_alone(self, book):
        said = self.message(book(lambda workbook: workbook.worksheets[0].delete_rows(2, 20)))
        assert "no rows" in said

    @pytest.mark.parametrize("text", ["#DIV/0!", "#N/A"])
    def test_an_error_value_in_a_number_rejects_the_line(self, book, checked, text):
        def spoil(workbook):
            workbook.worksheets[0]["AY7"] = text

        lines = parse(book(spoil))["lines"]
        assert lines["total"][5] == text
        (violation,) = checked({(6, "total"): lines["total"][5]})["violations"][5]
        assert (violation["severity"], violation["value"]) == ("reject_row", text)

    def test_a_date_in_a_number_rejects_the_line(self, book, checked):
        def spoil(workbook):
            workbook.worksheets[0]["AY7"].number_format = "dd/mm/yyyy"
            workbook.worksheets[0]["AY7"] = 44196

        lines = parse(book(spoil))["lines"]
        assert lines["total"][5] == "2020-12-31"
        (violation,) = checked({(6, "total"): lines["total"][5]})["violations"][5]
        assert violation["severity"] == "reject_row"


class TestApi:
    @pytest.mark.parametrize("key", [underscored, slug, str], ids=["underscored", "slugs", "headers"])
    @pytest.mark.parametrize("decimals_as_text", [False, True], ids=["numbers", "text with a comma"])
    def test_the_same_lines(self, parsed, fixture_text, from_csv, key, decimals_as_text):
        lines = lines_of(fixture_text, key, decimals_as_text)
        assert_frame_equal(parsed(as_bytes(pages_of(lines, 3))), from_csv)

    def test_one_page_alone(self, parsed, fixture_text, from_csv):
        (page,) = pages_of(lines_of(fixture_text), 10_000)
        assert_frame_equal(parsed(as_bytes(page)), from_csv)

    def test_any_order_of_lines_and_pages(self, parsed, fixture_text, from_csv):
        lines = lines_of(fixture_text)
        for seed in range(5):
            draw = random.Random(seed)
            pages = pages_of(draw.sample(lines, len(lines)), 2)
            assert_frame_equal(parsed(as_bytes(draw.sample(pages, len(pages)))), from_csv)

    def test_any_order_without_line_numbers_gives_one_order(self, parsed, fixture_text, from_csv):
        lines = lines_of(fixture_text, numbered=False)
        found = [parsed(as_bytes(pages_of(random.Random(seed).sample(lines, len(lines)), 10_000))) for seed in range(5)]
        for other in found[1:]:
            assert_frame_equal(other, found[0])
        assert_frame_equal(found[0].drop("row_number"), from_csv.drop("row_number"), check_row_order=False)

    def test_a_null_or_empty_text_is_an_empty_cell(self, parsed, fixture_text, from_csv):
        lines = lines_of(fixture_text)
        lines[0] |= {"CO2f": None, "Tags_français": ""}
        assert_frame_equal(parsed(as_bytes(pages_of(lines, 10_000))), from_csv)

    def test_long_numbers_keep_their_digits(self, parsed, fixture_text):
        content = as_bytes(pages_of(lines_of(fixture_text), 10_000)).decode()
        content = content.replace(": 10.5,", ": 1.05000e1,").replace(": 2000,", ": 9007199254740993,")
        assert {"10,5", "9007199254740993"} <= set(parsed(content.encode())["total"])

    def test_a_page_missing_in_the_middle(self, refusal, fixture_text):
        first, _, *rest = pages_of(lines_of(fixture_text), 2)
        said = refusal(as_bytes([first, *rest]))
        assert "Pages are missing" in said and "6 lines where the pages state 8" in said

    def test_the_first_page_missing(self, refusal, fixture_text):
        assert "No page says how many" in refusal(as_bytes(pages_of(lines_of(fixture_text), 2)[1:]))

    def test_only_the_first_page(self, refusal, fixture_text):
        assert "Pages are missing" in refusal(as_bytes(pages_of(lines_of(fixture_text), 2)[0]))

    def test_a_page_twice(self, refusal, fixture_text):
        pages = pages_of(lines_of(fixture_text), 2)
        assert "one came twice" in refusal(as_bytes([*pages, pages[1]]))

    def test_a_page_twice_instead_of_another(self, refusal, fixture_text):
        pages = pages_of(lines_of(fixture_text), 2)
        assert "A line is there twice" in refusal(as_bytes([pages[0], pages[1], pages[1], pages[3]]))

    def test_pages_of_two_releases(self, refusal, fixture_text):
        pages = pages_of(lines_of(fixture_text), 4)
        pages[1]["total"] = 9
        assert "different releases" in refusal(as_bytes(pages))

    def test_an_unknown_key(self, refusal, fixture_text):
        lines = lines_of(fixture_text)
        lines[3]["Total_corrigé"] = 1
        assert "unknown keys 'Total_corrigé'" in refusal(as_bytes(pages_of(lines, 10_000)))

    def test_a_selection_of_columns(self, refusal, fixture_text):
        lines = [
            {key: line[key] for key in ("Type_Ligne", "Identifiant_de_l'élément")} for line in lines_of(fixture_text)
        ]
        assert "missing in every line: 'Structure'" in refusal(as_bytes(pages_of(lines, 10_000)))

    def test_two_keys_for_one_column(self, refusal, fixture_text):
        lines = lines_of(fixture_text)
        lines[0]["type_ligne"] = "Poste"
        assert "a column twice" in refusal(as_bytes(pages_of(lines, 10_000)))

    @pytest.mark.parametrize(
        ("content", "part"),
        [
            (b'{"total": 1, "results": [{"a": 1}', "truncated"),
            (b"[]", "holds no page"),
            (b'{"error": "not found"}', "no page of lines"),
            (b'{"total": 1, "results": 3}', "a list"),
            (b'{"total": 1, "results": [3]}', "an object"),
            (b'{"total": 1.5, "results": []}', "no number of lines"),
            (b'{"total": "1", "results": []}', "no number of lines"),
            (b'{"total": 0, "next": 3, "results": []}', "no text"),
            (b'{"total": 0, "results": []}', "no rows"),
            (b"[" * 100_000, "nested"),
            ('{"total": 0, "results": []}'.encode("utf-16"), "UTF-16"),
            ('{"é": 0}'.encode("latin-1"), "not UTF-8"),
        ],
    )
    def test_no_page(self, refusal, content, part):
        assert part in refusal(content)

    def test_a_nested_value(self, refusal, fixture_text):
        lines = lines_of(fixture_text)
        lines[0]["Source"] = {"href": "https://example.org"}
        assert "'Source'" in refusal(as_bytes(pages_of(lines, 10_000)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["total", "next", "results", "Type_Ligne", "_i"]) | st.text(max_size=3), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(JSON.map(lambda value: json.dumps(value).encode()), st.binary(max_size=40).map(lambda b: b"{" + b)))
def test_any_json_is_read_or_refused(tmp_path, content):
    (tmp_path / "any.json").write_bytes(content)
    with suppress(ParseError):
        assert parse(tmp_path / "any.json")["lines"].height > 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(*[st.none() | st.text(CELLS, min_size=1, max_size=8)] * 4), min_size=1, max_size=4))
def test_any_text_comes_through_both_forms(tmp_path, fixture_text, rows):
    """A text stays the text it is, whatever it looks like: a number with a point, an error, an entity."""
    names = ["Nom base anglais", "Nom attribut français", "Période de validité", "Commentaire français"]
    header, first, *_ = rows_of(fixture_text)
    lines, book = [], openpyxl.Workbook()
    book.active.append(header)
    for row in rows:
        line = dict(zip(header, first, strict=True)) | dict(zip(names, row, strict=True))
        lines.append({underscored(name): cell for name, cell in line.items() if cell})
        book.active.append([None] * len(header))
        for column, name in enumerate(header, 1):
            if line[name]:
                book.active.cell(book.active.max_row, column).value = line[name]
                book.active.cell(book.active.max_row, column).data_type = "s"
    book.save(tmp_path / "any.xlsx")
    (tmp_path / "any.json").write_bytes(as_bytes({"total": len(lines), "results": lines}))
    ours = ["name_en", "attribute_fr", "validity", "comment_fr"]
    for file in ("any.xlsx", "any.json"):
        found = parse(tmp_path / file)["lines"].select(ours).rows()
        assert sorted(found, key=repr) == sorted(rows, key=repr)


@needs_full_files
@pytest.mark.shared
class TestTheWholeOfV236:
    def test_known_counts(self, from_full_csv):
        counts = dict(from_full_csv["row_type"].value_counts().iter_rows())
        assert (from_full_csv.height, counts) == (18616, {"Elément": 12817, "Poste": 5799})
        valid = from_full_csv.filter(
            pl.col("row_type") == "Elément",
            pl.col("entry_type") == "Facteur d'émission",
            pl.col("status") != "Archivé",
        )
        assert valid.height == 6518

    def test_the_workbook_gives_the_same_lines(self, from_full_csv):
        """But for three comments, whose line ends the CSV of the third party has as `_x000D_`."""
        from_workbook = parse(FULL_WORKBOOK)["lines"]
        unlike = from_full_csv["comment_fr"].ne_missing(from_workbook["comment_fr"])
        assert unlike.sum() == 3
        repaired = pl.col("comment_fr").str.replace_all("_x000D_\n", "\r\n", literal=True)
        assert_frame_equal(from_full_csv.with_columns(repaired), from_workbook)

    @pytest.mark.parametrize("key", [underscored, slug])
    def test_pages_of_all_lines_give_the_same_lines(self, from_full_csv, tmp_path, key):
        lines = lines_of(FULL_CSV.read_bytes().decode("cp1252"), key)
        draw = random.Random(23)
        pages = pages_of(draw.sample(lines, len(lines)), 5000)
        (tmp_path / "lines.json").write_text(json.dumps(draw.sample(pages, len(pages))), encoding="utf-8")
        assert_frame_equal(parse(tmp_path / "lines.json")["lines"], from_full_csv)


def test_the_keys_of_all_columns_differ(fixture_text):
    header = rows_of(fixture_text)[0]
    for key in (underscored, slug):
        assert len({key(name) for name in header}) == 67
