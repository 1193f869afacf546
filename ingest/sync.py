"""Bring dbt's work file up to date with what is landed and with the files of the seeds."""

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.bundle import land_bundle
from ingest.landing import open_landing, patiently
from ingest.sidecar import Sidecar, discover
from ingest.sources_table import write_sources

if TYPE_CHECKING:
    import duckdb


def sync(conn: "duckdb.DuckDBPyConnection", root: Path, landing: Path) -> None:
    """Land the bundle, refresh raw.sources, copy changed sources and list the seed files, in one transaction.

    Raises LandError when the bundle is damaged or the landing file is held, SidecarError for a faulty sidecar.
    """
    sidecars = discover(root / "ingest")
    land_bundle(sidecars, root / "release", landing)
    with open_landing(landing) as con:
        write_sources(con, sidecars)
    quoted = str(landing).replace("'", "''")
    patiently(lambda: conn.execute(f"attach '{quoted}' as landing (read_only)"))
    try:
        conn.execute("begin")
        try:
            _copy_sources(conn, sidecars)
            _list_seed_files(conn, root)
        except BaseException:
            conn.execute("rollback")
            raise
        conn.execute("commit")
    finally:
        conn.execute("detach landing")


def _copy_sources(conn: "duckdb.DuckDBPyConnection", sidecars: list[Sidecar]) -> None:
    conn.execute("create schema if not exists raw")
    conn.execute("create table if not exists raw.landed as from landing.raw.landed limit 0")
    changed = {row[0] for row in conn.execute("from landing.raw.landed except from raw.landed").fetchall()}
    landed = {row[0] for row in conn.execute("select source_id from landing.raw.landed").fetchall()}
    wanted = {sidecar.table(entity): sidecar.source_id for sidecar in sidecars for entity in sidecar.entities}
    there = {
        row[0]
        for row in conn.execute(
            "select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'raw'"
            " and contains(table_name, '__')"
        ).fetchall()
    }
    for table in sorted(there - wanted.keys()):
        conn.execute(f'drop table raw."{table}"')
    for table, source_id in wanted.items():
        if source_id in landed and (source_id in changed or table not in there):
            conn.execute(f'create or replace table raw."{table}" as from landing.raw."{table}"')
    for table in ("landed", "ingest_log", "sources"):
        conn.execute(f"create or replace table raw.{table} as from landing.raw.{table}")
    for source_id in sorted({sidecar.source_id for sidecar in sidecars} - landed):
        print(f"source {source_id} is not landed: run `cradle pull {source_id}`", file=sys.stderr)


def _list_seed_files(conn: "duckdb.DuckDBPyConnection", root: Path) -> None:
    conn.execute(
        "create or replace table raw.seed_files"
        " (seed_name varchar, file_path varchar, file_sha256 varchar, bytes bigint)"
    )
    for file in sorted((root / "seeds").glob("**/*.csv")):
        content = file.read_bytes()
        row = [file.stem, file.relative_to(root).as_posix(), hashlib.sha256(content).hexdigest(), len(content)]
        conn.execute("insert into raw.seed_files values (?, ?, ?, ?)", row)
