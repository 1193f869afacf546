"""The marts as Parquet files that explain themselves, with a Frictionless data package beside them."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from exports.datapackage import write_datapackage
from exports.folder import DESCRIPTOR, replaced
from exports.schema import with_metadata
from exports.sources import Source, licence_set_of, read_sources, sources_of
from exports.tables import Table, read_tables, warehouse
from exports.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

BATCH_ROWS = 122_880  # DuckDB's own row group: one Parquet row group a batch, whatever the size of the table


def write_parquet(db: Path, out: Path) -> list[Written]:
    """Write every table of the marts in `db` to `out`/<table>.parquet, with `out`/datapackage.json.

    The same content gives the same bytes (on one version of pyarrow). The folder is replaced as a whole, so files of
    tables that are gone go too, and a failed export leaves the last good one. Raises ExportError.
    """
    with warehouse(db) as con, replaced(out) as folder:
        tables = read_tables(con)
        sources = read_sources(con, tables)
        written = [
            _write(con, table, folder / f"{table.name}.parquet", sources) for table in _with_progress(tables, out)
        ]
        write_datapackage(folder / DESCRIPTOR, written)
    return [replace(file, path=out / file.path.name) for file in written]


def _write(con: "duckdb.DuckDBPyConnection", table: Table, path: Path, sources: dict[str, Source]) -> Written:
    import pyarrow as pa
    import pyarrow.parquet as pq

    behind, licence_set = sources_of(con, table, sources), licence_set_of(con, table)
    batches = con.sql(table.select).to_arrow_reader(BATCH_ROWS)
    schema = with_metadata(batches.schema, table, behind, licence_set)
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema), row_group_size=BATCH_ROWS)
            rows += batch.num_rows
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(table, path, rows, path.stat().st_size, sha256, behind, licence_set)


def _with_progress(tables: list[Table], out: Path) -> "Iterator[Table]":
    """The tables, with a bar on the terminal's error stream; quiet when that is no terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(tables, f"Parquet to {out}", console=console, transient=True, disable=not console.is_terminal)
