"""The parts of an xlsx that are needed, unpacked under limits and checked to be plain XML without entities.

The reader of the cells gets a copy that holds only these parts: no other directory entry, no size that lies.
"""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from cradle.errors import ParseError

MAX_UNPACKED_BYTES = 1 << 29
MAX_RATIO = 200  # XML of real sheets packs to a fifth or a twentieth
RATIO_COUNTS_FROM = 1 << 24  # bytes: a small part may be as repetitive as it likes
CHUNK = 1 << 20
EXPECTED = "an Excel workbook (.xlsx)"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES, SHEET = "sharedStrings", "styles", "worksheet"
PLACES = {STRINGS: "sharedStrings.xml", STYLES: "styles.xml", SHEET: "worksheets/sheet1.xml"}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Handler = Callable[[expat.XMLParserType], None]


@dataclass(frozen=True)
class SheetPart:
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    is_hidden: bool
    counts_days_from_1904: bool


class Parts:
    """The parts of one workbook. Every method raises ParseError for what no plain workbook holds."""

    def __init__(self, path: Path) -> None:
        """Open the workbook and judge its directory, before anything is unpacked."""
        self.where = path.name
        _refuse_other_files(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, EOFError, OverflowError) as error:
            self.damaged(f"a zip archive that cannot be opened: {error}")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            if name in self._entries:
                self.damaged(f"the part '{entry.filename}' twice")
            self._entries[name] = entry
        if WORKBOOK not in self._entries:
            self.refused("This is no Excel workbook", got=f"a zip archive without {WORKBOOK}")
        self._unpacked = 0

    def __enter__(self) -> "Parts":
        """Return self."""
        return self

    def __exit__(self, *_) -> None:
        """Close the file."""
        self._zip.close()

    def sheets(self) -> list[SheetPart]:
        """Return the worksheets in the order of the workbook; chart sheets are none."""
        listed: list[tuple[str, str, str]] = []
        from_1904 = False

        def element(name: str, attributes: dict[str, str]) -> None:
            nonlocal from_1904
            if _local(name) == "workbookPr":
                from_1904 = attributes.get("date1904", "0") in ("1", "true")
            elif _local(name) == "sheet":
                relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                listed.append((attributes.get("name", ""), relation, attributes.get("state", "visible")))

        self._read(WORKBOOK, lambda parser: setattr(parser, "StartElementHandler", element))
        relations = self._relations()
        return [
            SheetPart(name, relations[id_][1], state != "visible", from_1904)
            for name, id_, state in listed
            if relations.get(id_, ("", ""))[0] == SHEET
        ]

    def copy(self, sheet: SheetPart, into: Path, strings: Handler, cells: Handler) -> None:
        """Write a workbook that holds this sheet alone; `strings` and then `cells` listen to their XML on the way."""
        parts = {kind: part for kind, part in self._relations().values() if kind in (STRINGS, STYLES)}
        parts[SHEET] = sheet.part
        handlers = {STRINGS: strings, SHEET: cells}
        with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as target:
            target.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGES}/content-types"/>')
            target.writestr("_rels/.rels", _relations_xml({"officeDocument": WORKBOOK}))
            target.writestr(RELATIONS, _relations_xml({kind: PLACES[kind] for kind in parts}))
            target.writestr(WORKBOOK, _workbook_xml(sheet))
            for kind in sorted(parts, key=list(PLACES).index):
                with target.open(f"xl/{PLACES[kind]}", "w", force_zip64=True) as file:
                    self._read(parts[kind], handlers.get(kind), file.write)

    def _relations(self) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}

        def relation(name: str, attributes: dict[str, str]) -> None:
            if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/xl", attributes.get("Target", "").replace("\\", "/"))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))

        self._read(RELATIONS, lambda parser: setattr(parser, "StartElementHandler", relation))
        return found

    def _read(self, part: str, handler: Handler | None, write: Callable[[bytes], object] | None = None) -> None:
        entry = self._entries.get(part.lower())
        if entry is None:
            self.damaged(f"no part '{part}', which the workbook lists")
        self._refuse_bomb(entry)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_: self.refused(
            "The workbook holds XML with a document type, as attacks with entities do",
            part,
            expected="XML without <!DOCTYPE> and entities",
            got="<!DOCTYPE",
        )
        # nothing writes them, and the reader of the cells takes their text for none
        parser.StartCdataSectionHandler = lambda: self.damaged("XML with a CDATA section", part)
        if handler:
            handler(parser)
        try:
            with self._zip.open(entry) as file:  # gives at most the size that the directory states, then checks its sum
                while chunk := file.read(CHUNK):
                    if write:
                        write(chunk)
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            self.damaged(f"XML that is not well-formed: {error}", part)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            self.damaged(f"{type(error).__name__}: {error}", part)
        except Exception as error:
            if type(error).__module__ != "zlib":
                raise
            self.damaged(str(error), part)

    def _refuse_bomb(self, entry: zipfile.ZipInfo) -> None:
        if entry.flag_bits & 1:
            self.refused("The workbook is encrypted", entry.filename, got="an encrypted part")
        self._unpacked += entry.file_size
        ratio = entry.file_size / max(entry.compress_size, 1)
        if self._unpacked > MAX_UNPACKED_BYTES or (entry.file_size > RATIO_COUNTS_FROM and ratio > MAX_RATIO):
            self.refused(
                "The workbook is larger unpacked than Cradle unpacks, as a zip bomb is",
                entry.filename,
                expected=f"at most {MAX_UNPACKED_BYTES:,} bytes in all and {MAX_RATIO} times its packed size",
                got=f"{self._unpacked:,} bytes, {ratio:.0f} times the packed size",
                todo="split the workbook, or give the table as CSV",
            )

    def damaged(self, got: str, part: str = "") -> NoReturn:
        """Raise ParseError: the file is an xlsx that is cut or broken."""
        self.refused("The workbook is damaged", part, got=got, todo="take the file anew")

    def refused(self, what: str, part: str = "", *, expected: str = EXPECTED, got: str, todo: str = "") -> NoReturn:
        """Raise ParseError."""
        where = f"{self.where}, {part}" if part else self.where
        raise ParseError(what, where=where, expected=expected, got=got, todo=todo or _SAVE_ANEW)


_SAVE_ANEW = "open it in a spreadsheet program and save it as .xlsx without a password, or give the table as CSV"


def _relations_xml(places: dict[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{place}"/>' for kind, place in places.items()
    )
    return f'<Relationships xmlns="{PACKAGES}/relationships">{entries}</Relationships>'


def _workbook_xml(sheet: SheetPart) -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(sheet.counts_days_from_1904)}"/>'
        f'<sheets><sheet name={quoteattr(sheet.name)} sheetId="1" r:id="{SHEET}"/></sheets></workbook>'
    )


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_other_files(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):  # an OLE container: what Excel makes of a password, or the format of 1997
        raise ParseError(
            "The workbook is encrypted, or is in the old format .xls",
            where=path.name,
            expected=f"{EXPECTED} without a password",
            got="an OLE container",
            todo=_SAVE_ANEW,
        )
    if not start.startswith(b"PK\x03\x04"):
        raise ParseError(
            "This is no Excel workbook",
            where=path.name,
            expected=EXPECTED,
            got=f"a file that begins with {start!r}" if start else "an empty file",
            todo=_SAVE_ANEW,
        )
