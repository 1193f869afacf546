"""A sheet of a workbook as the rows of a table."""

from pathlib import Path

from cradle.errors import ParseError
from ingest.reference_tables.mapping import FileForm
from ingest.workbook import is_workbook, read_sheet

__all__ = ["is_workbook", "rows_of_sheet"]


def rows_of_sheet(path: Path, form: FileForm) -> list[list[str]]:
    """Return the rows of the sheet that the mapping names, each cell as text, '' where it is empty.

    A formula is a text that begins with '=', a date is ISO text, so that neither passes for a number. Raises ParseError
    for a workbook that cannot be read and for merged cells: which of the columns or rows they speak of is not told.
    """
    sheet = read_sheet(path, form.sheet)
    sheet.refuse_merged(path.name, form.header_row - 1, len(sheet.rows))
    if form.decimal_mark != ".":
        raise ParseError(
            "The mapping states a decimal mark that no workbook has",
            where=path.name,
            expected="decimal_mark: '.', as numbers of a workbook are read as 12.5 whatever Excel shows",
            got=f"decimal_mark: {form.decimal_mark!r}",
            todo="mend `file:` in the mapping",
        )
    return [[cell or "" for cell in row] for row in sheet.rows]
