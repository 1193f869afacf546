"""The marts as one DuckDB file that DuckDB 1.0 and later open, with the comments on tables and columns."""

from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

from cradle import __version__
from cradle.dictionary import Field
from exports.job import file_name, licences_of_parts, sources_of_parts
from exports.joined import joined
from exports.part import Part
from exports.progress import with_progress
from exports.saved_views import copy_views
from exports.sources import Source
from exports.tables import SCHEMA, quoted
from exports.written import Written

if TYPE_CHECKING:
    import duckdb

    from exports.job import Job

STORAGE = "v1.0.0"  # the oldest storage that DuckDB promises to read for good


def write_job(job: "Job") -> list[Written]:
    """Write a DuckDB file for each licence pack: the schema marts, and the schema about with licences and sources."""
    written = []
    for pack, parts in job.packs().items():
        path = job.folder / file_name("cradle", pack, "duckdb")
        rows, left_out = _write(job.con, path, parts)
        if left_out:
            job.notes.append(f"{path.name} lacks tables of the saved views {', '.join(left_out)}: they are left out")
        written.append(
            joined(path, "duckdb", rows, parts, "The schema marts, with comments; saved views; the schema about.")
        )
    return written


def _write(con: "duckdb.DuckDBPyConnection", path: Path, parts: list[Part]) -> tuple[int, list[str]]:
    """By a connection of its own: that to the warehouse is read-only, and so would be all that it attaches."""
    import duckdb

    with duckdb.connect() as to:
        to.execute("set timezone = 'UTC'")
        to.execute(f"attach {_text(str(path))} as cradle (storage_version '{STORAGE}')")
        to.execute(f"use cradle; create schema {SCHEMA}; create schema about")
        rows = sum(_copy(con, to, part) for part in with_progress(parts, f"DuckDB {path.name}", con))
        _about(to, parts)
        left_out = copy_views(con, to)
        to.execute("use memory; detach cradle")
    return rows, left_out


def _copy(con: "duckdb.DuckDBPyConnection", to: "duckdb.DuckDBPyConnection", part: Part) -> int:
    """Without the keys: nobody writes into the file, and an index only makes it larger."""
    table = part.table
    name = f"{SCHEMA}.{quoted(table.name)}"
    columns = ", ".join(f"{quoted(c.name)} {c.type}{'' if c.nullable else ' not null'}" for c in table.columns)
    to.execute(f"create table {name} ({columns})")
    to.register("part__", con.sql(part.select).to_arrow_reader())
    rows = to.execute(f"insert into {name} from part__").fetchall()[0][0]
    to.unregister("part__")
    to.execute(f"comment on table {name} is {_text(table.description)}")
    for column in table.columns:
        if column.description:
            meaning = {"description": column.description, "unit": column.unit, "null_meaning": column.null_meaning}
            said = Field.model_construct(name=column.name, **meaning).doc()
            to.execute(f"comment on column {name}.{quoted(column.name)} is {_text(said)}")
    return rows


def _about(to: "duckdb.DuckDBPyConnection", parts: list[Part]) -> None:
    """Version, licences and sources: DuckDB has no comment on a file that could hold them."""
    to.execute(f"create table about.version as select {_text(__version__)} as cradle_version")
    to.execute("create table about.licences (licence_id varchar)")
    for licence in licences_of_parts(parts):
        to.execute("insert into about.licences values (?)", [licence])
    names = [field.name for field in fields(Source)]
    to.execute(f"create table about.sources ({', '.join(f'{name} varchar' for name in names)})")
    for source in sources_of_parts(parts):
        to.execute(f"insert into about.sources values ({', '.join('?' * len(names))})", list(astuple(source)))


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
