"""The saved views of the warehouse (schema answers) in another DuckDB file that has the marts they are made of."""

from typing import TYPE_CHECKING

from exports.tables import quoted

if TYPE_CHECKING:
    import duckdb

ANSWERS = "answers"


def copy_views(con: "duckdb.DuckDBPyConnection", to: "duckdb.DuckDBPyConnection") -> list[str]:
    """Make the views of `con` in the database in use of `to`, with their comments; the names of those left out.

    A view is left out where the file lacks a table or column of it, as one of a licence pack may.
    """
    import duckdb

    views = con.execute(
        "select view_name, sql, comment from duckdb_views()"
        " where schema_name = ? and database_name = current_database() order by view_name",
        [ANSWERS],
    ).fetchall()
    if not views:
        return []
    to.execute(f"create schema {ANSWERS}")
    left_out = []
    for name, sql, comment in views:
        try:
            to.execute(sql)
        except (duckdb.CatalogException, duckdb.BinderException):
            left_out.append(name)
            continue
        view = f"{ANSWERS}.{quoted(name)}"
        _comment(to, f"view {view}", comment)
        for column, said in con.execute(
            "select column_name, comment from duckdb_columns()"
            " where schema_name = ? and table_name = ? and database_name = current_database() order by column_index",
            [ANSWERS, name],
        ).fetchall():
            _comment(to, f"column {view}.{quoted(column)}", said)
    return left_out


def _comment(to: "duckdb.DuckDBPyConnection", what: str, text: str | None) -> None:
    if text:
        to.execute(f"comment on {what} is '{text.replace(chr(39), chr(39) * 2)}'")
