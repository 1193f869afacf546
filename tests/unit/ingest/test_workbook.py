"""A sheet as rows of text, and every workbook that is refused. Books are written by openpyxl or by hand."""

import datetime as dt
import io
import random
import struct
import zipfile
import zlib

import openpyxl
import pytest

from cradle.errors import ParseError
from ingest import workbook_parts, workbook_scan
from ingest.workbook import cell_name, is_workbook, read_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def book(tmp_path):
    """Write sheets, name -> function of the openpyxl worksheet, and return the path."""

    def write(**sheets):
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, fill in sheets.items():
            fill(workbook.create_sheet(name))
        path = tmp_path / "book.xlsx"
        workbook.save(path)
        return path

    return write


def rows(*values):
    return lambda sheet: [sheet.append(row) for row in values]


def parts_of(sheet_data, strings="", extra="", prolog='<?xml version="1.0" encoding="UTF-8"?>'):
    """The parts of the smallest workbook there is, with one sheet named Data."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData>{extra}'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }


@pytest.fixture
def by_hand(tmp_path):
    """Zip parts, name -> text, and return the path."""

    def write(parts, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "by_hand.xlsx"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return path

    return write


def message(path, *arguments, **keywords):
    with pytest.raises(ParseError) as caught:
        read_sheet(path, *arguments, **keywords)
    return str(caught.value)


class TestCells:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (12, "12"),
            (12.0, "12"),
            (-5, "-5"),
            (0.1, "0.1"),
            (1 / 3, "0.3333333333333333"),
            (1e22, "1E+22"),
            (5e-324, "5E-324"),
            (True, "true"),
            (False, "false"),
            ("007", "007"),
            (" padded ", " padded "),
            ("décembre", "décembre"),
            ("two\nlines", "two\nlines"),
            ("0,5", "0,5"),
            (dt.date(2020, 1, 2), "2020-01-02"),
            (dt.datetime(2020, 1, 2), "2020-01-02"),
            (dt.datetime(2020, 1, 2, 3, 4, 5), "2020-01-02T03:04:05"),
            (dt.time(4, 5), "04:05:00"),
            (dt.timedelta(hours=36), "PT129600S"),
            ("#N/A", "#N/A"),
            ("#DIV/0!", "#DIV/0!"),
            (None, None),
        ],
    )
    def test_text_of_a_value(self, book, value, text):
        sheet = read_sheet(book(Data=rows(["header", "x"], [value, "x"])))
        assert sheet.rows == [["header", "x"], [text, "x"]]
        assert sheet.formulas == frozenset()

    def test_any_number_comes_back_as_it_was_stored(self, by_hand):
        draw = random.Random(4)
        numbers = [0.1 + 0.2, *(draw.uniform(-1, 1) * 10 ** draw.randint(-30, 30) for _ in range(500))]
        data = "".join(f"<row><c><v>{number!r}</v></c></row>" for number in numbers)
        read = read_sheet(by_hand(parts_of(data))).rows
        assert [float(text) for (text,) in read] == numbers

    def test_seventeen_digits_of_excel_are_the_shortest_text(self, by_hand):
        sheet = read_sheet(by_hand(parts_of('<row r="1"><c r="A1"><v>0.10000000000000001</v></c></row>')))
        assert sheet.rows == [["0.1"]]

    def test_numbers_with_a_decimal_comma(self, book):
        path = book(Data=rows(["1.5", 1.5, 3e-05, 12]))
        assert read_sheet(path, decimal_mark=",").rows == [["1.5", "1,5", "3E-05", "12"]]

    def test_dates_that_count_from_1904(self, tmp_path):
        workbook = openpyxl.Workbook()
        workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        workbook.active.append([dt.date(2020, 1, 2)])
        workbook.save(tmp_path / "mac.xlsx")
        assert read_sheet(tmp_path / "mac.xlsx").rows == [["2020-01-02"]]

    def test_a_sheet_starts_at_a1_whatever_is_empty(self, book):
        def fill(sheet):
            sheet["C3"] = 1
            sheet["A9"].number_format = "0.00"

        assert read_sheet(book(Data=fill)).rows == [[None] * 3, [None] * 3, [None, None, "1"]]

    def test_an_empty_sheet_has_no_rows(self, book):
        assert read_sheet(book(Data=rows())).rows == []

    def test_cells_without_addresses_follow_each_other(self, by_hand):
        data = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><f>A1</f><v>1</v></c></row>"
        sheet = read_sheet(by_hand(parts_of(data)))
        assert sheet.rows == [["1", "2"], ["3", "=A1"]]
        assert sheet.formulas == {(1, 1)}

    def test_names_of_cells(self):
        assert [cell_name(0, 0), cell_name(9, 25), cell_name(0, 26), cell_name(0, 16383)] == [
            "A1",
            "Z10",
            "AA1",
            "XFD1",
        ]


class TestFormulas:
    def test_a_formula_is_never_its_value(self, by_hand):
        data = '<row r="1"><c r="A1"><f>B1&lt;2</f><v>7</v></c><c r="B1"><v>1</v></c></row>'
        sheet = read_sheet(by_hand(parts_of(data)))
        assert sheet.rows == [["=B1<2", "1"]]
        assert sheet.formulas == {(0, 0)}

    def test_a_formula_without_a_value_beyond_the_last_value(self, book):
        sheet = read_sheet(book(Data=rows([1], [None, None, "=A1*2"])))
        assert sheet.rows == [["1", None, None], [None, None, "=A1*2"]]

    def test_shared_and_array_formulas_mark_each_cell(self, by_hand):
        data = (
            '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c>'
            '<c r="C1"><f t="array" ref="C1:C2">B1:B2</f><v>5</v></c></row>'
            '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c><c r="C2"><v>6</v></c></row>'
        )
        sheet = read_sheet(by_hand(parts_of(data)))
        assert sheet.formulas == {(0, 0), (0, 2), (1, 0), (1, 2)}
        assert sheet.rows[1] == ["=(a formula shared with another cell)", None, "=(part of the formula of C1)"]

    def test_a_text_that_begins_with_an_equals_sign_is_no_formula(self, by_hand):
        data = '<row r="1"><c r="A1" t="inlineStr"><is><t>=1+1</t></is></c></row>'
        sheet = read_sheet(by_hand(parts_of(data)))
        assert (sheet.rows, sheet.formulas) == ([["=1+1"]], frozenset())

    def test_a_namespace_prefix_hides_nothing(self, by_hand):
        parts = parts_of("")
        data = '<x:row r="1"><x:c r="A1"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>'
        parts["xl/worksheets/sheet1.xml"] = (
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{data}</x:sheetData></x:worksheet>'
        )
        assert read_sheet(by_hand(parts)).rows == [["=1+1"]]

    def test_array_formulas_over_whole_columns_are_refused(self, by_hand):
        data = '<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>5</v></c></row>'
        assert "cells with formulas" in message(by_hand(parts_of(data)))


class TestMergedCells:
    def fill(self, sheet):
        sheet.append(["group", None, "b"])
        sheet.append([1, 2, 3])
        sheet.merge_cells("A1:B1")

    def test_a_merged_range_holds_its_text_once(self, book):
        sheet = read_sheet(book(Data=self.fill))
        assert (sheet.rows[0], sheet.merged) == (["group", None, "b"], [((0, 0), (0, 1))])

    def test_a_merged_header_is_refused_by_name(self, book):
        sheet = read_sheet(book(Data=self.fill))
        with pytest.raises(ParseError, match="A1:B1"):
            sheet.refuse_merged("book.xlsx")
        sheet.refuse_merged("book.xlsx", 1, 1)


class TestWhichSheet:
    def test_the_only_visible_one(self, book):
        def hidden(sheet):
            sheet.append(["hidden"])
            sheet.sheet_state = "hidden"

        path = book(First=hidden, Second=rows(["seen"]))
        assert read_sheet(path).name == "Second"
        assert read_sheet(path, "First").rows == [["hidden"]]

    def test_several_are_named(self, book):
        said = message(book(First=rows([1]), Second=rows([2])))
        assert "several visible sheets" in said and "'First', 'Second'" in said
        assert "`file: {sheet: NAME}`" in said

    def test_one_that_is_not_there(self, book):
        said = message(book(First=rows([1]), Second=rows([2])), "Third")
        assert "'Third'" in said and "'First', 'Second'" in said

    def test_by_its_header(self, book):
        path = book(Notes=rows(["read me"]), Any_name=rows(["id", "value"], [1, 2]), Empty=rows())
        assert read_sheet(path, fits=lambda header: "id" in header).name == "Any_name"

    def test_by_a_header_that_none_has(self, book):
        said = message(book(Notes=rows(["read me"])), fits=lambda header: "id" in header)
        assert "No sheet has the header" in said and "'Notes'" in said

    def test_by_a_header_that_two_have(self, book):
        said = message(book(One=rows(["id"]), Two=rows(["id"])), fits=lambda header: "id" in header)
        assert "Several sheets" in said and "'One', 'Two'" in said

    def test_a_chart_sheet_is_none(self, tmp_path):
        workbook = openpyxl.Workbook()
        workbook.active.append([1])
        workbook.create_chartsheet("Chart")
        workbook.save(tmp_path / "chart.xlsx")
        assert read_sheet(tmp_path / "chart.xlsx").name == "Sheet"


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "part"),
        [
            (b"", "an empty file"),
            (b"id;value\n1;2\n", "no Excel workbook"),
            (b"<!DOCTYPE html><html></html>", "no Excel workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
            (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ],
    )
    def test_no_workbook(self, tmp_path, content, part):
        (tmp_path / "x.xlsx").write_bytes(content)
        assert part in message(tmp_path / "x.xlsx")

    def test_another_zip_archive(self, by_hand):
        assert "without xl/workbook.xml" in message(by_hand({"word/document.xml": "<a/>"}))

    def test_a_truncated_workbook(self, book, tmp_path):
        content = book(Data=rows(*([number, str(number)] for number in range(200)))).read_bytes()
        for length in range(10, len(content), 97):
            (tmp_path / "cut.xlsx").write_bytes(content[:length])
            assert "damaged" in message(tmp_path / "cut.xlsx")

    def test_bytes_that_were_changed(self, book, tmp_path):
        path = book(Data=rows(*([number, f"text {number}"] for number in range(300))))
        whole, content = read_sheet(path), path.read_bytes()
        draw = random.Random(4)
        for _ in range(300):
            spoilt = bytearray(content)
            spoilt[draw.randrange(len(spoilt))] ^= 1 << draw.randrange(8)
            (tmp_path / "spoilt.xlsx").write_bytes(spoilt)
            try:
                read = read_sheet(tmp_path / "spoilt.xlsx")
            except ParseError:
                continue
            assert read == whole  # the change hit a part that is not read

    def test_an_encrypted_part(self, by_hand):
        path = by_hand(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
        content = bytearray(path.read_bytes())
        for at in _all(content, b"PK\x01\x02"):
            content[at + 8] |= 1
        path.write_bytes(content)
        assert "encrypted" in message(path)

    @pytest.mark.parametrize(
        "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_in_any_part(self, by_hand, part, encoding):
        parts = parts_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "<si><t>a</t></si>", prolog="")
        bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hostname">]>'
        parts[part] = (f'<?xml version="1.0" encoding="{encoding}"?>' + bomb + parts[part]).encode(encoding)
        said = message(by_hand(parts))
        assert "document type" in said and part in said

    def test_xml_that_is_not_well_formed(self, by_hand):
        said = message(by_hand(parts_of('<row r="1"><c r="A1"><v>1</c></row>')))
        assert "not well-formed" in said

    @pytest.mark.parametrize("number", ["1", "-1", "x", ""])
    def test_a_text_that_is_not_there(self, by_hand, number):
        data = f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>'
        assert f"text number '{number}' in A1" in message(by_hand(parts_of(data, "<si><t>a</t></si>")))

    @pytest.mark.parametrize(
        "cell",
        [
            "><v>1<!-- x -->2</v>",
            "><v>1<?x y?>2</v>",
            "><v>&#49;2</v>",
            't="s"><v>&#48;</v>',
            't="str"><v>a<!-- x -->b</v>',
            "><v>１２</v>",
        ],
    )
    def test_a_value_of_which_the_reader_would_see_a_part(self, by_hand, cell):
        data = f'<row r="1"><c r="A1" {cell}</c></row>'
        assert "markup in the value of A1" in message(by_hand(parts_of(data, "<si><t>a</t></si>")))

    @pytest.mark.parametrize("cell", ['t="str"><v>a&amp;b&#233;</v>', 't="inlineStr"><is><t>a&amp;b&#233;</t></is>'])
    def test_entities_in_a_text_are_read(self, by_hand, cell):
        assert read_sheet(by_hand(parts_of(f'<row r="1"><c r="A1" {cell}</c></row>'))).rows == [["a&bé"]]

    @pytest.mark.parametrize("cell", ['t="str"><v>{}</v>', 't="inlineStr"><is><t>{}</t></is>', "><f>{}</f>"])
    def test_more_text_than_a_cell_or_a_sheet_holds(self, by_hand, cell, monkeypatch):
        monkeypatch.setattr(workbook_scan, "MAX_TEXT", 200_000)
        data = f'<row r="1"><c r="A1" {cell.format("x" * 210_000)}</c></row>'
        assert "larger than Cradle reads" in message(by_hand(parts_of(data)))

    def test_text_that_the_reader_would_not_see(self, by_hand):
        data = '<row r="1"><c r="A1" t="str"><v><![CDATA[12]]></v></c></row>'
        assert "CDATA" in message(by_hand(parts_of(data)))

    @pytest.mark.parametrize(
        "cell",
        ['t="b"><v>2</v>', 't="zz"><v>2</v>', "><c><v>1</v></c>", 't="e"><v>#WHAT!</v>', 's="x"><v>1,5'],
    )
    def test_a_cell_that_no_program_writes(self, by_hand, cell):
        assert "damaged" in message(by_hand(parts_of(f'<row r="1"><c r="A1" {cell}</c></row>')))

    def test_cells_in_disorder(self, by_hand):
        said = message(by_hand(parts_of('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>')))
        assert "the cell A1" in said
        said = message(by_hand(parts_of('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"/>')))
        assert "row 1 after row 2" in said

    def test_a_part_twice(self, by_hand):
        path = by_hand(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("XL/worksheets/sheet1.xml", "<worksheet/>")
        assert "twice" in message(path)

    def test_a_sheet_that_is_listed_and_not_there(self, by_hand):
        parts = parts_of("")
        del parts["xl/worksheets/sheet1.xml"]
        assert "no part 'xl/worksheets/sheet1.xml'" in message(by_hand(parts))


class TestLimits:
    def test_a_part_that_unpacks_to_far_more(self, by_hand, monkeypatch):
        monkeypatch.setattr(workbook_parts, "RATIO_COUNTS_FROM", 1 << 16)
        said = message(by_hand(parts_of(" " * (1 << 17))))
        assert "zip bomb" in said

    def test_more_than_the_limit_in_all(self, by_hand, monkeypatch):
        monkeypatch.setattr(workbook_parts, "MAX_UNPACKED_BYTES", 1 << 16)
        said = message(by_hand(parts_of(" " * (1 << 17)), zipfile.ZIP_STORED))
        assert "65,536 bytes in all" in said

    def test_a_directory_that_lies_about_the_size(self, tmp_path):
        """The directory promises 1,000 bytes and their checksum; the stream holds 50 MB."""
        sheet = b"<worksheet>" + b" " * 50_000_000
        parts = parts_of("")
        del parts["xl/worksheets/sheet1.xml"]
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
        content = bytearray(buffer.getvalue())
        honest, lie = struct.pack("<L", len(sheet)), struct.pack("<L", 1000)
        assert content.count(honest) == 2
        checksum = struct.pack("<L", zlib.crc32(sheet))
        content = content.replace(honest, lie).replace(checksum, struct.pack("<L", zlib.crc32(sheet[:1000])))
        (tmp_path / "lie.xlsx").write_bytes(content)
        assert "damaged" in message(tmp_path / "lie.xlsx")

    def test_one_cell_far_away_asks_for_no_room(self, by_hand):
        data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        said = message(by_hand(parts_of(data)))
        assert "XFD1048576" in said and "10,000,000 cells" in said

    def test_an_empty_cell_far_away_does_no_harm(self, by_hand):
        data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
        assert read_sheet(by_hand(parts_of(data))).rows == [["1"]]

    def test_one_long_text_in_every_cell(self, by_hand, monkeypatch):
        monkeypatch.setattr(workbook_scan, "MAX_TEXT", 100_000)
        data = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 102))
        assert "characters of text" in message(by_hand(parts_of(data, f"<si><t>{'x' * 1000}</t></si>")))

    def test_formulas_are_counted(self, by_hand, monkeypatch):
        monkeypatch.setattr(workbook_scan, "MAX_FORMULAS", 10)
        data = "".join(f'<row r="{n}"><c r="A{n}"><f>1</f></c></row>' for n in range(1, 12))
        assert "cells with formulas" in message(by_hand(parts_of(data)))


def test_what_begins_like_a_workbook(book, tmp_path):
    assert is_workbook(book(Data=rows([1])))
    (tmp_path / "x.csv").write_text("a;b\n")
    assert not is_workbook(tmp_path / "x.csv")


def _all(content, mark):
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)
