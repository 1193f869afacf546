"""Ask the published warehouse a question in SQL, read-only."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import CradleError
from cradle.visible import visible

if TYPE_CHECKING:
    import duckdb


READING_LIST = "select relation_name as ask, question from answers.start_here order by position"
_LISTS = (
    "list the tables: cradle sql \"select table_name from duckdb_tables() where schema_name = 'marts' order by all\"\n"
    '    and the columns of one: cradle sql "describe marts.impacts"'
)
_EXAMPLE = 'ask as in: cradle sql "from marts.sources"'


class QueryError(CradleError):
    """A query that the warehouse cannot answer."""


def ask(db: Path, query: str, style: str = "table") -> str:
    """The answer as text: `table` (aligned columns, an empty cell for null) or `csv`.

    Raises QueryError where there is no warehouse or DuckDB refuses the query, KeyboardInterrupt for Ctrl-C within it.
    """
    import duckdb

    try:
        query.encode("utf-8")
    except UnicodeEncodeError:
        raise QueryError(
            "this query is not UTF-8",
            got=repr(query),
            todo="set LC_ALL=C.UTF-8, or give the query on standard input",
        ) from None
    if not db.is_file():
        raise QueryError("there is no warehouse to ask", where=str(db), todo="run `cradle build` first")
    try:
        with duckdb.connect(str(db), read_only=True) as con:
            if _only_selects(con, query):
                _allow_samples(con, db)
            # read-only protects this one file: without these a query could still write, attach or load others
            con.execute("set enable_external_access = false; set lock_configuration = true")
            answer = con.execute(query)
            names = [column[0] for column in answer.description or []]
            rows = [["" if cell is None else str(cell) for cell in row] for row in answer.fetchall()] if names else []
    except (duckdb.Error, RuntimeError, OverflowError, AttributeError, ValueError) as error:
        # DuckDB's own errors, and what its client raises for text or dates that Python cannot hold
        if str(error).endswith("Query interrupted"):  # what DuckDB makes of Ctrl-C
            raise KeyboardInterrupt from None
        raise QueryError(
            "the warehouse cannot answer this query",
            where=str(db),
            expected="one query in SQL that reads",
            got=str(error).strip() or type(error).__name__,
            todo=_LISTS if isinstance(error, (duckdb.CatalogException, duckdb.BinderException)) else _EXAMPLE,
        ) from None
    if not names:
        raise QueryError(
            "the query has no answer",
            where=str(db),
            expected="one query in SQL",
            got=repr(query.strip()),
            todo=_EXAMPLE,
        )
    if style == "csv":
        return _csv(names, rows)
    return _table([visible(name) for name in names], [[visible(cell) for cell in row] for row in rows])


def _only_selects(con: "duckdb.DuckDBPyConnection", query: str) -> bool:
    """DuckDB writes wherever it may read: only what can do nothing but select is let near a file."""
    import duckdb

    try:
        return all(one.type == duckdb.StatementType.SELECT for one in con.extract_statements(query))
    except TypeError:  # a text that is no UTF-8, which the query itself is refused for
        return False


def _allow_samples(con: "duckdb.DuckDBPyConnection", db: Path) -> None:
    """The view raw.power__samples reads the Parquet files of the landed traces: these files, and no folder."""
    from ingest.power.traces import folder_of, quoted

    files = [file for file in sorted(folder_of(db).glob("*.parquet")) if not file.is_symlink()]
    if files:
        con.execute(f"set allowed_paths = [{', '.join(quoted(file) for file in files)}]")


def _table(names: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(line[i]) for line in [names, *rows]) for i in range(len(names))]
    lines = [names, ["-" * width for width in widths], *rows]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _csv(names: list[str], rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *rows])
    return text.getvalue()
