"""The rows of a CSV text, or a ParseError that names the row: shared by every parser of a CSV."""

import csv
import io

from cradle.errors import ParseError


def rows_of(text: str, where: str, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of `text`, its header first, each with as many cells as the header.

    Raises ParseError for no row, a row of another length, a quote that stays open or a cell longer than the csv
    module reads.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            if rows and len(row) != len(rows[0]):
                raise ParseError(
                    "A row does not have as many cells as the header",
                    where=f"{where}, row {len(rows)} (line {line})",
                    expected=f"{len(rows[0])} cells",
                    got=f"{len(row)} cells" + (f", the first is '{row[0][:40]}'" if row else ""),
                    todo=f"take the file anew: it is cut or was edited, or a cell with '{delimiter}' lacks its quotes",
                )
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _unreadable(error, f"{where}, row {len(rows)} (starts on line {line})", delimiter) from None
    if not rows:  # a byte order mark alone is no empty file and no row either
        raise ParseError(
            "The file is empty",
            where=where,
            expected=f"a header and rows, '{delimiter}' between the cells",
            got="0 rows",
            todo="take the file anew",
        )
    return rows


def _unreadable(error: csv.Error, where: str, delimiter: str) -> ParseError:
    if "field limit" in str(error):
        return ParseError(
            "A cell is too long",
            where=where,
            expected=f"at most {csv.field_size_limit():,} characters in a cell",
            got="more: a quote that is never closed makes one cell of all that follows, or the cell is that long",
            todo="look at the row: close the quote, or take the file as it was published",
        )
    return ParseError(
        "A quoted cell does not end as it should",
        where=where,
        expected=f"each quoted cell closed by a quote and followed by '{delimiter}' or the end of the line",
        got=str(error),
        todo="take the file anew: it is truncated or was edited",
    )
