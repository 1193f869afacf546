"""The table as a workbook: the sheet that has its header, whatever the sheet is called."""

from pathlib import Path

from cradle.errors import ParseError
from ingest.ademe_base_carbone.columns import COLUMNS
from ingest.ademe_base_carbone.header import MANY, our_names
from ingest.workbook import Row, Sheet, cell_name, read_sheet


def workbook_columns(path: Path) -> dict[str, list[str | None]]:
    """Return our name of each column with its cells; raise ParseError.

    A date is ISO text and a number has a decimal comma, as in the CSV. Formulas and merged cells are refused: the
    published table has none, and their cells do not say what they show.
    """
    sheet = read_sheet(path, fits=_has_the_header, decimal_mark=",")
    where = f"{path.name}, sheet '{sheet.name}'"
    sheet.refuse_merged(path.name, 0, len(sheet.rows) - 1)
    _refuse_formulas(sheet, where)
    columns = [column for column in zip(*sheet.rows, strict=True) if any(cell is not None for cell in column)]
    names = our_names([column[0] or "" for column in columns], f"{where}, row 1")
    return {name: list(column[1:]) for name, column in zip(names, columns, strict=True)}


def _has_the_header(row: Row) -> bool:
    return sum(cell in COLUMNS for cell in row) >= MANY


def _refuse_formulas(sheet: Sheet, where: str) -> None:
    if sheet.formulas:
        row, column = min(sheet.formulas)
        raise ParseError(
            "The sheet holds formulas: what they show depends on what the spreadsheet program computed",
            where=f"{where}, {cell_name(row, column)}",
            expected="values",
            got=f"{len(sheet.formulas):,} formulas, the first is {(sheet.rows[row][column] or '')[:80]}",
            todo="take the workbook as ADEME published it, or paste the values",
        )
