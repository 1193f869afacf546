"""The marts as Parquet files that explain themselves, with a Frictionless data package beside them."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.part import HeldBack, Part
from exports.progress import with_progress
from exports.schema import with_metadata
from exports.write import write_export
from exports.written import Written

if TYPE_CHECKING:
    import duckdb

    from exports.job import Job

BATCH_ROWS = 122_880  # DuckDB's own row group: one Parquet row group a batch, whatever the size of the table


def publish_parquet(
    db: Path, out: Path, without_packs: Collection[str] = (), kept: Mapping[str, Any] | None = None
) -> tuple[list[Written], list[HeldBack]]:
    """Write what may be passed on of the marts in `db`, with its descriptor and ATTRIBUTION.md: see `exports.publish`.

    Rows under a share-alike licence stand in files of their own, `<table>.odbl.parquet` and `<table>.by-sa.parquet`.
    Returns the files and what was held back. Raises ExportError, before anything is written, where rows rest on both.
    """
    done = write_export(db, out, publish=True, without_packs=without_packs, kept=kept)
    return done.written, done.held_back


def write_parquet(db: Path, out: Path, kept: Mapping[str, Any] | None = None) -> list[Written]:
    """Write every table of the marts in `db` to `out`/<table>.parquet, with `out`/datapackage.json, for your own use.

    `kept` goes into the descriptor. The same content gives the same bytes (on one version of pyarrow). Raises
    ExportError as `exports.write.write_export` does.
    """
    return write_export(db, out, kept=kept).written


def write_job(job: "Job") -> list[Written]:
    """Write each part of the job as a Parquet file."""
    return [_write(job.con, part, job.folder) for part in with_progress(job.parts, "Parquet", job.con)]


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
    return Written.of(path, "parquet", rows, part)
