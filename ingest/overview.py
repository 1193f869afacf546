"""What `cradle sources` shows."""

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from ingest.bundle import read_manifest
from ingest.landing import patiently
from ingest.power.example import is_the_example
from ingest.sidecar import Sidecar, discover
from ingest.stillborn import is_stillborn

COLUMNS = ["source", "version", "published", "licence", "passed on", "pack", "rows", "state", "last attempt"]
LAST_ATTEMPTS = """
    select source_id, finished_at, coalesce(error, '')
    from raw.ingest_log
    qualify row_number() over (partition by source_id order by ingest_id desc) = 1 and outcome = 'failed'
"""
STATES = {"bundled": "bundled release", "pulled": "pulled", "user_file": "your file"}


def overview(root: Path, db: Path) -> list[list[str]]:
    """One row a source, under COLUMNS. Raises SidecarError for a faulty sidecar."""
    landed, failed = _landed(db)
    bundled: Counter[str] = Counter()
    for table in read_manifest(root / "release"):
        bundled[table["source_id"]] += table["rows"]
    rows = []
    for sidecar in discover(root / "ingest"):
        unlanded = (None, sidecar.version, bundled.get(sidecar.source_id))
        origin, release_id, count = landed.get(sidecar.source_id, unlanded)
        state = f"{STATES[origin]}, release {release_id}" if origin else _waiting(sidecar, bundled)
        tables = _tables(sidecar, db)
        if tables:
            count = sum(table.rows for table in tables)
            yours = sum(not table.is_example for table in tables)
            state = f"yours: {yours}, each on a line of its own below" if yours else "none of yours; an example below"
        rows.append(
            [
                sidecar.source_id,
                sidecar.version,
                sidecar.published_on.isoformat() if sidecar.published_on else "",
                sidecar.licence.id,
                sidecar.redistributable,
                sidecar.licence_pack or "",
                "" if count is None else f"{count:,}",
                state,
                failed.get(sidecar.source_id, ""),
            ]
        )
        rows += [table.cells for table in tables]
    return rows


class _Table(NamedTuple):
    """A table or a set of traces of the user's: how many rows, samples included, and what is shown of it."""

    rows: int
    is_example: bool
    cells: list[str]


def _tables(sidecar: Sidecar, db: Path) -> list[_Table]:
    """One a table of the user's, each with the licence that was declared for it."""
    if not sidecar.asks_licence or not db.is_file():
        return []
    import duckdb

    con = patiently(lambda: duckdb.connect(str(db), read_only=True))
    try:
        listed = con.table(f'raw."{sidecar.table("tables")}"')
        # samples stand beside the landing file and are not counted among its rows
        samples = "cast(samples as bigint)" if "samples" in listed.columns else "0"
        found = listed.order("source_id").project(
            "source_id, release_id, licence_id, redistributable, licence_pack, title, file_name,"
            f" cast(rows_landed as bigint) + {samples}"
        )
        tables = found.fetchall()
    except duckdb.CatalogException:  # none was ever landed
        return []
    finally:
        con.close()
    shown = []
    for source_id, release_id, licence, passed_on, pack, title, file_name, rows in tables:
        is_example = is_the_example(source_id, file_name)
        state = f"{'example' if is_example else 'your file'}: {title}"
        cells = [source_id, release_id, "", licence, passed_on, pack or "", f"{rows:,}", state, ""]
        shown.append(_Table(rows, is_example, cells))
    return shown


def _waiting(sidecar: Sidecar, bundled: Collection[str]) -> str:
    if sidecar.source_id in bundled:
        return "in the bundle, lands with the next build"
    command = sidecar.pull_command
    if sidecar.redistributable == "no":
        return f"not landed, pulled only (never bundled): {command}"
    return f"not landed: {command}"


def _landed(db: Path) -> tuple[dict[str, list], dict[str, str]]:
    """What is landed by source, and of the sources whose last attempt failed, when and why."""
    if not db.is_file() or is_stillborn(db):
        return {}, {}
    import duckdb

    con = patiently(lambda: duckdb.connect(str(db), read_only=True))
    try:
        if not con.execute("select 1 from duckdb_tables() where table_name = 'ingest_log'").fetchall():
            return {}, {}  # a first pull that was killed before it made its tables
        found = con.execute("select source_id, origin, release_id, rows from raw.landed").fetchall()
        attempts = con.execute(LAST_ATTEMPTS).fetchall()
    finally:
        con.close()
    return (
        {source_id: state for source_id, *state in found},
        {source_id: f"failed on {when:%Y-%m-%d %H:%M} UTC: {_in_short(error)}" for source_id, when, error in attempts},
    )


def _in_short(error: str) -> str:
    what, *parts = error.splitlines()
    got = next((part.strip().removeprefix("got: ") for part in parts if part.startswith("  got: ")), "")
    return (f"{what}: {got}" if got else what)[:160]
