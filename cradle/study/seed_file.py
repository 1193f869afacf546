"""A seed as a user may have left it: its rows with their lines, and the same bytes wherever nothing is changed."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from cradle.errors import StudyError

BYTE_ORDER_MARK = "\ufeff"


class Row(NamedTuple):
    """A row of a seed: its cells by column, the line on which it begins, and its text with the line end."""

    cells: dict[str, str]
    line: int
    text: str


class Seed(NamedTuple):
    """A seed file: its path below the folder of the seeds, its columns and rows, and what stands before the rows."""

    path: str
    columns: list[str]
    rows: list[Row]
    head: str
    line_end: str

    def where(self, row: Row) -> str:
        """File and line, as an editor takes them."""
        return f"seeds/{self.path}:{row.line}"


def read(folder: Path, path: str, columns: list[str] | None = None) -> Seed:
    """The seed at `path` below `folder`. Raises StudyError naming the line where it is no such CSV."""
    records = _records(_text(folder / path, path), path)
    if not records:
        raise StudyError(
            "a seed is empty", where=f"seeds/{path}", expected="a header and rows", got="no text", todo=_restore(path)
        )
    head, rows = records[0], []
    header = _cells(*head, path)
    _refuse_other_columns(header, columns, path)
    for line, text in records[1:]:
        if not text.strip("\r\n"):  # an empty line is no row to DuckDB either: it stays with what stands above it
            if rows:
                rows[-1] = rows[-1]._replace(text=rows[-1].text + text)
            else:
                head = (head[0], head[1] + text)
            continue
        if text.endswith("\r\n") != head[1].endswith("\r\n") and text.endswith("\n"):
            raise StudyError(
                "a seed has line ends of two kinds",
                where=f"seeds/{path}:{line}",
                expected="the line end of the header in every line",
                got="another one: rows from Windows among others, or the other way round",
                todo="save the file with one kind of line end",
            )
        cells = _cells(line, text, path)
        if len(cells) != len(header):
            raise StudyError(
                "a row does not have as many cells as the header",
                where=f"seeds/{path}:{line}",
                expected=f"{len(header)} cells: {','.join(header)}",
                got=f"{len(cells)} cells: {text.strip()[:120]}",
                todo="add or take out a comma; a cell that holds a comma stands in quotes",
            )
        rows.append(Row(dict(zip(header, cells, strict=True)), line, text))
    return Seed(path, header, rows, head[1], "\r\n" if head[1].endswith("\r\n") else "\n")


def with_rows(seed: Seed, rows: list[dict[str, str]]) -> str:
    """The text of the seed with rows at its end; a column that a row lacks stays empty."""
    added = io.StringIO(newline="")
    writer = csv.writer(added, lineterminator=seed.line_end)
    writer.writerows([row.get(column, "") for column in seed.columns] for row in rows)
    old = seed.head + "".join(row.text for row in seed.rows)
    return old + ("" if old.endswith("\n") else seed.line_end) + added.getvalue()


def without_rows(seed: Seed, lines: set[int]) -> str:
    """The text of the seed without the rows that begin on these lines."""
    return seed.head + "".join(row.text for row in seed.rows if row.line not in lines)


def _text(file: Path, path: str) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise StudyError("a seed is missing", where=f"seeds/{path}", todo=_restore(path)) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        raise StudyError(
            "a seed is not UTF-8",
            where=f"seeds/{path}:{1 if wide else line}",
            expected="text in UTF-8",
            got="text in UTF-16" if wide else f"the byte 0x{content[error.start]:02x}, as of a spreadsheet in CP1252",
            todo="save the file as CSV in UTF-8",
        ) from None


def _records(text: str, path: str) -> list[tuple[int, str]]:
    """Line and text of each record: a quoted cell may hold line ends."""
    found, pending, start = [], "", 1
    for number, line in enumerate(text.split("\n"), start=1):
        start = start if pending else number
        pending += line + "\n"
        if pending.count('"') % 2 == 0 or not _is_open(pending):
            found.append((start, pending))
            pending = ""
    if pending:
        raise StudyError(
            "a quoted cell does not end",
            where=f"seeds/{path}:{start}",
            expected="a quote at the end of each quoted cell; a quote within it doubled",
            got=pending.splitlines()[0][:120],
            todo="close the quote",
        )
    last_line, last = found[-1]
    found[-1] = (last_line, last[:-1])  # the split gave the last line an end that it does not have
    return [record for record in found if record[1]] if found[-1][1] == "" else found


def _is_open(text: str) -> bool:
    """Whether a quoted cell is still open at the end: a quote within a cell that does not begin with one is text."""
    quoted, starts, position = False, True, 0
    while position < len(text):
        mark = text[position]
        if quoted and mark == '"' and text[position + 1 : position + 2] == '"':
            position += 1
        elif mark == '"' and (quoted or starts):
            quoted = not quoted
        starts = mark == ","
        position += 1
    return quoted


def _cells(line: int, text: str, path: str) -> list[str]:
    try:
        return next(csv.reader([text.removeprefix(BYTE_ORDER_MARK) if line == 1 else text], strict=True), [])
    except csv.Error as error:
        raise StudyError(
            "a row is no CSV",
            where=f"seeds/{path}:{line}",
            expected="a quoted cell closed by a quote and followed by a comma or the end of the line",
            got=f"{text.strip()[:120]} ({error})",
            todo="close the quote, or double a quote that belongs to the text",
        ) from None


def _refuse_other_columns(header: list[str], columns: list[str] | None, path: str) -> None:
    if columns is None or sorted(header) == sorted(columns):
        return
    parted = next((mark for mark in (";", "\t") if len(header) <= 1 and mark in header[0]), None) if header else None
    missing, unknown = [c for c in columns if c not in header], [c for c in header if c not in columns]
    differs = [f"without {', '.join(missing)}"] * bool(missing) + [f"with {', '.join(unknown)}"] * bool(unknown)
    raise StudyError(
        "a seed has other cells than columns" if parted else "a seed does not have its columns",
        where=f"seeds/{path}:1",
        expected=",".join(columns),
        got=f"cells parted by {parted!r}, as a spreadsheet saves them where a comma is a decimal mark"
        if parted
        else f"{','.join(header)[:300]} ({'; '.join(differs) or 'one of them twice'})",
        todo="save the file as CSV with commas between the cells and points in the numbers"
        if parted
        else "give the header back its columns",
    )


def _restore(path: str) -> str:
    return f"restore it: git checkout -- seeds/{path}"
