"""The marts as Parquet files that explain themselves, with a Frictionless data package beside them."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cradle import __version__
from exports.attribution import FILE, attribution
from exports.datapackage import write_datapackage
from exports.folder import DESCRIPTOR, replaced
from exports.part import HeldBack, Part
from exports.publish import parts_to_publish
from exports.schema import with_metadata
from exports.sources import Source, licence_set_of, read_sources, sources_of
from exports.tables import Table, read_tables, warehouse
from exports.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

T = TypeVar("T")
BATCH_ROWS = 122_880  # DuckDB's own row group: one Parquet row group a batch, whatever the size of the table


def publish_parquet(
    db: Path, out: Path, without_packs: Collection[str] = (), kept: Mapping[str, Any] | None = None
) -> tuple[list[Written], list[HeldBack]]:
    """Write what may be passed on of the marts in `db`, with its descriptor and ATTRIBUTION.md: see `exports.publish`.

    Rows under a share-alike licence stand in files of their own, `<table>.odbl.parquet` and `<table>.by-sa.parquet`.
    Returns the files and what was held back. Raises ExportError, before anything is written, where rows rest on both.
    """
    with warehouse(db) as con:
        tables = read_tables(con)
        parts, held_back = parts_to_publish(con, tables, read_sources(con, tables), without_packs)
        with replaced(out, to_publish=True) as folder:
            written = [_write(con, part, folder) for part in _with_progress(parts, out)]
            (folder / FILE).write_text(attribution(written, held_back, __version__), encoding="utf-8")
            write_datapackage(folder / DESCRIPTOR, written, held_back, FILE, kept)
    return [replace(file, path=out / file.path.name) for file in written], held_back


def write_parquet(db: Path, out: Path, kept: Mapping[str, Any] | None = None) -> list[Written]:
    """Write every table of the marts in `db` to `out`/<table>.parquet, with `out`/datapackage.json, for your own use.

    `kept` goes into the descriptor. The same content gives the same bytes (on one version of pyarrow). The folder is
    replaced as a whole, so files of tables that are gone go too, and a failed export leaves the last good one. Raises
    ExportError.
    """
    with warehouse(db) as con, replaced(out) as folder:
        tables = read_tables(con)
        sources = read_sources(con, tables)
        parts = (_whole(con, table, sources) for table in _with_progress(tables, out))
        written = [_write(con, part, folder) for part in parts]
        write_datapackage(folder / DESCRIPTOR, written, kept=kept)
    return [replace(file, path=out / file.path.name) for file in written]


def _whole(con: "duckdb.DuckDBPyConnection", table: Table, sources: dict[str, Source]) -> Part:
    return Part(table, table.name, table.select, sources_of(con, table, sources), licence_set_of(con, table))


def _write(con: "duckdb.DuckDBPyConnection", part: Part, folder: Path) -> Written:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / f"{part.name}.parquet"
    batches = con.sql(part.select).to_arrow_reader(BATCH_ROWS)
    schema = with_metadata(batches.schema, part.table, part.sources, part.licence_set)
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema), row_group_size=BATCH_ROWS)
            rows += batch.num_rows
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(part.table, part.name, path, rows, path.stat().st_size, sha256, part.sources, part.licence_set)


def _with_progress(tables: "list[T]", out: Path) -> "Iterator[T]":
    """The tables or parts, with a bar on the terminal's error stream; quiet when that is no terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(tables, f"Parquet to {out}", console=console, transient=True, disable=not console.is_terminal)
