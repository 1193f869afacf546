"""The table raw.sources: one row a sidecar, with the state of what is landed of it."""

from typing import TYPE_CHECKING

from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import duckdb

COLUMNS = {
    "source_id": "varchar",
    "producer": "varchar",
    "title": "varchar",
    "version": "varchar",
    "published_on": "date",
    "retrieved_on": "date",
    "landing_page": "varchar",
    "download_url": "varchar",
    "licence_id": "varchar",
    "licence_name": "varchar",
    "licence_url": "varchar",
    "redistributable": "varchar",
    "licence_pack": "varchar",
    "citation": "varchar",
    "pinned_sha256": "varchar",
    "pinned_bytes": "bigint",
    "kind": "varchar",
}
STATE = ("origin", "release_id", "file_sha256", "bytes", "rows")


def write_sources(con: "duckdb.DuckDBPyConnection", sidecars: list[Sidecar]) -> None:
    """Bring raw.sources up to date with the sidecars and raw.landed; nothing is written where nothing changed."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    con.execute(f"create or replace temp table sidecars ({columns})")
    for sidecar in sidecars:
        con.execute(f"insert into sidecars values ({', '.join('?' * len(COLUMNS))})", _row(sidecar))
    state = ", ".join(f"landed.{name}" for name in STATE)
    con.execute(
        f"create or replace temp table wanted as select sidecars.*, {state} from sidecars"
        " left join raw.landed as landed using (source_id) order by source_id"
    )
    con.execute("create table if not exists raw.sources as from wanted limit 0")
    if not same_rows(con, "raw.sources", "wanted"):
        con.execute("create or replace table raw.sources as from wanted")


def same_rows(con: "duckdb.DuckDBPyConnection", one: str, other: str) -> bool:
    """Whether two tables have the same columns and rows."""
    names = [con.execute(f"select column_name, column_type from (describe {t})").fetchall() for t in (one, other)]
    if names[0] != names[1]:
        return False
    differing = f"select 1 from ((from {one} except all from {other}) union all (from {other} except all from {one}))"
    return not con.execute(f"{differing} limit 1").fetchall()


def _row(sidecar: Sidecar) -> list:
    first = sidecar.download[0]
    return [
        sidecar.source_id,
        sidecar.producer,
        sidecar.title,
        sidecar.version,
        sidecar.published_on,
        sidecar.retrieved_on,
        sidecar.landing_page,
        first.url,
        sidecar.licence.id,
        sidecar.licence.name,
        sidecar.licence.url,
        sidecar.redistributable,
        sidecar.licence_pack,
        sidecar.citation,
        first.sha256,
        first.bytes,
        "dataset",
    ]
