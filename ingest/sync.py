"""Bring dbt's work file up to date with what is landed and with the files of the seeds."""

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import LandError
from ingest.bundle import land_bundle
from ingest.empty_tables import MARK, comments, make_empty_tables
from ingest.landing import open_landing, patiently
from ingest.power.traces import show_samples
from ingest.sidecar import Sidecar, discover
from ingest.sources_table import write_sources

if TYPE_CHECKING:
    import duckdb


def sync(conn: "duckdb.DuckDBPyConnection", root: Path, landing: Path) -> None:
    """Land the bundle, refresh raw.sources, copy changed sources and list the seed files, in one transaction.

    A source that is not landed gets its tables without rows, so that the models that read them build. Raises LandError
    when the bundle is damaged, a landed source lacks a table or the landing file is held; ContractError where a
    contract is not there; SidecarError for a faulty sidecar.
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
            if any(sidecar.source_id == "power" for sidecar in sidecars):
                show_samples(conn, landing)
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
    landed = dict(conn.execute("select source_id, origin from landing.raw.landed").fetchall())
    wanted = {sidecar.table(entity) for sidecar in sidecars for entity in sidecar.entities}
    there = comments(conn)
    for table in sorted(there.keys() - wanted):
        conn.execute(f'drop table raw."{table}"')
    for sidecar in sidecars:
        if sidecar.source_id not in landed:
            make_empty_tables(conn, sidecar)
            continue
        _refuse_missing_tables(conn, sidecar, landed[sidecar.source_id])
        for table in map(sidecar.table, sidecar.entities):
            stands_in = (there.get(table) or "").startswith(MARK)
            if sidecar.source_id in changed or table not in there or stands_in:
                conn.execute(f'create or replace table raw."{table}" as from landing.raw."{table}"')
    for table in ("landed", "ingest_log", "sources"):
        conn.execute(f"create or replace table raw.{table} as from landing.raw.{table}")
    _name_sources_not_landed([sidecar for sidecar in sidecars if sidecar.source_id not in landed])


def _refuse_missing_tables(conn: "duckdb.DuckDBPyConnection", sidecar: Sidecar, origin: str) -> None:
    """A source gained an entity after it was landed: an empty table would pass for one that upstream left empty."""
    found = conn.execute(
        "select table_name from duckdb_tables() where database_name = 'landing' and schema_name = 'raw'"
    ).fetchall()
    missing = sorted({sidecar.table(entity) for entity in sidecar.entities} - {table for (table,) in found})
    if missing:
        again = f"`cradle pull {sidecar.source_id}{' --file PATH' if origin == 'user_file' else ''}`"
        if origin == "bundled":
            again += ", or restore the folder release/ (`git checkout -- release`)"
        raise LandError(
            f"source {sidecar.source_id} was landed before it had all the tables that its sidecar lists",
            where=str(sidecar.folder / "source.yml"),
            expected=", ".join(f"raw.{sidecar.table(entity)}" for entity in sidecar.entities),
            got="no " + ", ".join(f"raw.{table}" for table in missing),
            todo=f"land it again: {again}",
        )


def _name_sources_not_landed(sidecars: list[Sidecar]) -> None:
    for sidecar in sidecars:
        if sidecar.redistributable != "no":
            print(f"source {sidecar.source_id} is not landed: run `{sidecar.pull_command}`", file=sys.stderr)
    if held_back := [sidecar.source_id for sidecar in sidecars if sidecar.redistributable == "no"]:
        print(
            f"not landed, as their licences keep them out of the bundle: {', '.join(held_back)}"
            " (`cradle pull NAME` lands one, `cradle sources` says more)",
            file=sys.stderr,
        )


def _list_seed_files(conn: "duckdb.DuckDBPyConnection", root: Path) -> None:
    conn.execute(
        "create or replace table raw.seed_files"
        " (seed_name varchar, file_path varchar, file_sha256 varchar, bytes bigint)"
    )
    for file in sorted((root / "seeds").glob("**/*.csv")):
        content = file.read_bytes()
        row = [file.stem, file.relative_to(root).as_posix(), hashlib.sha256(content).hexdigest(), len(content)]
        conn.execute("insert into raw.seed_files values (?, ?, ?, ?)", row)
