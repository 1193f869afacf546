"""What a sheet's XML says and the reader of its values does not: formulas, error values, how large it would be."""

import re
from typing import NoReturn
from xml.parsers import expat

from ingest.workbook_parts import Parts

MAX_CELLS = 10_000_000  # of the rectangle, empty ones too: the reader makes room for each
MAX_TEXT = 1 << 28  # characters: one long shared string may stand in each cell
MAX_CELL_TEXT = 1 << 17  # Excel holds 32,767 characters
MAX_FORMULAS = 1_000_000
CELL = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")

Position = tuple[int, int]


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell as Excel writes it: (0, 27) is AB1."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


class SharedStrings:
    """The number of characters of each text that the cells share."""

    def __init__(self) -> None:
        """Start without texts."""
        self.sizes: list[int] = []

    def attach(self, parser: expat.XMLParserType) -> None:
        """Listen to the part xl/sharedStrings.xml."""
        parser.StartElementHandler, parser.CharacterDataHandler = self._start, self._text

    def _start(self, name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.sizes.append(0)

    def _text(self, text: str) -> None:
        if self.sizes:
            self.sizes[-1] += len(text)


class Scan:
    """The formulas (position -> text) and error values (position -> text) of one sheet; positions count from 0.

    Raises ParseError for a sheet over the limits, and for cells that do not stand in the order of rows and columns.
    """

    def __init__(self, parts: Parts, part: str, strings: SharedStrings) -> None:
        """Scan `part`; `strings` must have been read before."""
        self.formulas: dict[Position, str] = {}
        self.errors: dict[Position, str] = {}
        self._parts, self._part, self._strings = parts, part, strings
        self._row, self._column, self._last_row, self._last_column = -1, -1, 0, 0
        self._type, self._formula, self._value = "", "", ""
        self._array: str | None = None
        self._inside, self._starts_at = "", 0
        self._characters = 0
        self._covered = 0
        self._columns: dict[str, int] = {}

    def attach(self, parser: expat.XMLParserType) -> None:
        """Listen to the part of the sheet."""
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = parser.ProcessingInstructionHandler = self._refuse_inside
        self._parser = parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v" or name == "f" or name == "c" or name == "row":
            local = name
        elif (local := name.rpartition(":")[2]) not in ("v", "f", "c", "row"):
            return
        self._inside = local
        if local == "c":
            self._start_cell(attributes)
        elif local == "f":
            self._formula = ""
            self._array = attributes.get("ref") if attributes.get("t") in ("array", "dataTable") else None
        elif local == "v":
            self._value, self._starts_at = "", self._parser.CurrentByteIndex + len(name) + len("<>")
        else:
            self._start_row(attributes.get("r"))

    def _start_row(self, number: str | None) -> None:
        row = int(number) - 1 if (number or "").isdecimal() else self._row + 1
        if row <= self._row and self._row >= 0:
            self._parts.damaged(f"row {row + 1} after row {self._row + 1}", self._part)
        self._row, self._column = row, -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._type = attributes.get("t", "")
        named = CELL.fullmatch(attributes.get("r", ""))
        if not named:
            self._column += 1
            return
        column = self._columns.get(named[1])
        if column is None:
            column = self._columns[named[1]] = _column(named[1])
        if int(named[2]) - 1 != self._row or column <= self._column:
            self._parts.damaged(f"the cell {attributes['r']} in a place that is not its own", self._part)
        self._column = column

    def _text(self, text: str) -> None:
        self._characters += len(text)
        if self._inside == "v":
            self._value += text
        elif self._inside == "f":
            self._formula += text
        if len(self._value) > MAX_CELL_TEXT or len(self._formula) > MAX_CELL_TEXT or self._characters > MAX_TEXT:
            self._too_large(f"{MAX_CELL_TEXT:,} characters in one cell, or {MAX_TEXT:,} characters of text in all")

    def _refuse_inside(self, *_) -> None:
        if self._inside in ("v", "f"):
            self._refuse_value()

    def _end(self, name: str) -> None:
        local = name if name == "c" or name == "v" else name.rpartition(":")[2]
        if local not in ("v", "f", "is"):
            return
        self._inside = ""
        if self._row > self._last_row or self._column > self._last_column:
            self._grow()
        if local == "v":
            self._note_value()
        elif local == "f":
            self._note_formula()

    def _note_value(self) -> None:
        if self._type != "str" and self._value and self._parser.CurrentByteIndex != self._starts_at + len(self._value):
            self._refuse_value()
        if self._type == "e":
            self.errors[self._row, self._column] = self._value
        elif self._type == "s":
            number = self._value.strip()
            if not (number.isdecimal() and int(number) < len(self._strings.sizes)):
                here = cell_name(self._row, self._column)
                self._parts.damaged(f"the text number '{number[:20]}' in {here}, which is none", self._part)
            self._characters += self._strings.sizes[int(number)]
            if self._characters > MAX_TEXT:
                self._too_large(f"{MAX_TEXT:,} characters of text in its cells, shared ones counted in each")

    def _refuse_value(self) -> None:
        """A number written with entities or comments inside: the reader of the values would see a part of it."""
        self._parts.damaged(f"markup in the value of {cell_name(self._row, self._column)}", self._part)

    def _note_formula(self) -> None:
        self.formulas[self._row, self._column] = "=" + (self._formula or "(a formula shared with another cell)")
        first, _, last = (self._array or "").partition(":")
        ends = [CELL.fullmatch(end) for end in (first, last or first)]
        if all(ends):
            top, bottom = (int(end[2]) - 1 for end in ends)
            left, right = (_column(end[1]) for end in ends)
            self._covered += (bottom - top + 1) * (right - left + 1)
            if self._covered <= MAX_FORMULAS:
                covered = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
                for position in covered:
                    self.formulas.setdefault(position, f"=(part of the formula of {cell_name(top, left)})")
        if max(len(self.formulas), self._covered) > MAX_FORMULAS:
            self._too_large(f"more than {MAX_FORMULAS:,} cells with formulas")

    def _grow(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if (self._last_row + 1) * (self._last_column + 1) > MAX_CELLS:
            self._too_large(f"a cell {cell_name(self._last_row, self._last_column)} or beyond")

    def _too_large(self, got: str) -> NoReturn:
        self._parts.refused(
            "The sheet is larger than Cradle reads",
            self._part,
            expected=f"at most {MAX_CELLS:,} cells from A1 to the last one that is filled",
            got=got,
            todo="delete what is beyond the table, or give the table as CSV",
        )


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1
