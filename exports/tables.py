"""What a published warehouse says about its own tables: names, types, keys, comments."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from cradle.dictionary import Field

SCHEMA = "marts"


@dataclass(frozen=True)
class Column:
    """A column; `unit` and `null_meaning` are None where the warehouse does not say."""

    name: str
    type: str
    nullable: bool
    description: str
    unit: str | None
    null_meaning: str | None


@dataclass(frozen=True)
class Table:
    """A table of the marts, with its primary key where the warehouse enforces one."""

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.name.replace("_", " ").capitalize()

    @property
    def select(self) -> str:
        """The query that reads the whole table in an order that depends on its content alone."""
        return f"select * from {SCHEMA}.{quoted(self.name)} order by {order_of(self)}"


def order_of(table: Table) -> str:
    """An order of the table's rows that depends on its content alone."""
    return ", ".join(f"{quoted(name)} nulls last" for name in table.primary_key) or "all nulls last"


def quoted(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def warehouse(db: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A read-only connection to the published file; raises ExportError where there is none to read."""
    import duckdb

    todo = "build it with `make warehouse` or `cradle build`, or name another file in CRADLE_DB"
    if not db.is_file():
        raise ExportError("there is no warehouse to export", where=str(db), expected="a DuckDB file", todo=todo)
    try:
        con = duckdb.connect(str(db), read_only=True)
    except duckdb.Error as err:
        raise ExportError("the warehouse cannot be opened", where=str(db), got=str(err), todo=todo) from err
    try:
        con.execute("set timezone = 'UTC'")
        yield con
    except duckdb.Error as err:
        raise ExportError("the warehouse cannot be read", where=str(db), got=str(err), todo=todo) from err
    finally:
        con.close()


def read_tables(con: "duckdb.DuckDBPyConnection") -> list[Table]:
    """The tables and views of the schema marts by name; raises ExportError where there are none."""
    comments = dict(
        con.execute(
            "select name, comment from ("
            " select database_name, schema_name, table_name as name, comment from duckdb_tables() union all"
            " select database_name, schema_name, view_name as name, comment from duckdb_views()"
            ") where schema_name = ? and database_name = current_database() order by name",
            [SCHEMA],
        ).fetchall()
    )
    if not comments:
        raise ExportError(
            "the warehouse has no marts",
            where=f"schema {SCHEMA}",
            expected="the tables that `dbt build` makes",
            got="an empty schema, or none",
            todo="run `cradle build`; an earlier build may have failed",
        )
    rows = con.execute(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where schema_name = ? and database_name = current_database() order by table_name, column_index",
        [SCHEMA],
    ).fetchall()
    dictionary = _dictionary() if any(row[-1] is None for row in rows) else {}
    names: dict[str, set[str]] = {}
    for table, column, *_ in rows:
        names.setdefault(table, set()).add(column)
    return [
        Table(
            name,
            comment or "",
            tuple(_column(*row[1:], names[name], dictionary) for row in rows if row[0] == name),
            _primary_key(con, name),
        )
        for name, comment in comments.items()
    ]


def _dictionary() -> "dict[str, Field]":
    from cradle.dictionary import load

    return load()


def _column(
    name: str, kind: str, nullable: bool, comment: str | None, beside: set[str], dictionary: "dict[str, Field]"
) -> Column:
    """The comment travels with the file and describes that build; the dictionary of this checkout only fills in."""
    from cradle.dictionary import Field, unit_among

    field = Field.from_doc(name, comment) if comment else dictionary.get(name)
    if field is None:
        return Column(name, kind, nullable, "", None, None)
    return Column(name, kind, nullable, field.description, unit_among(field.unit, beside), field.null_meaning)


def _primary_key(con: "duckdb.DuckDBPyConnection", table: str) -> tuple[str, ...]:
    keys = con.execute(
        "select constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
        " and schema_name = ? and table_name = ? and database_name = current_database()",
        [SCHEMA, table],
    ).fetchall()
    return tuple(keys[0][0]) if keys else ()
