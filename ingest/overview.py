"""What `cradle sources` shows."""

from pathlib import Path

from ingest.bundle import read_manifest
from ingest.landing import patiently
from ingest.sidecar import discover

COLUMNS = ["source", "version", "published", "licence", "rows", "state"]
STATES = {"bundled": "bundled release", "pulled": "pulled", "user_file": "your file"}


def overview(root: Path, db: Path) -> list[list[str]]:
    """One row a source, under COLUMNS. Raises SidecarError for a faulty sidecar."""
    landed, bundled = _landed(db), {table["source_id"] for table in read_manifest(root / "release")}
    rows = []
    for sidecar in discover(root / "ingest"):
        origin, release_id, count = landed.get(sidecar.source_id, (None, sidecar.version, None))
        waiting = "in the bundle, lands with the next build" if sidecar.source_id in bundled else "not landed"
        state = f"{STATES[origin]}, release {release_id}" if origin else waiting
        rows.append(
            [
                sidecar.source_id,
                sidecar.version,
                sidecar.published_on.isoformat(),
                sidecar.licence.id,
                "" if count is None else f"{count:,}",
                state,
            ]
        )
    return rows


def _landed(db: Path) -> dict[str, tuple]:
    if not db.is_file():
        return {}
    import duckdb

    con = patiently(lambda: duckdb.connect(str(db), read_only=True))
    try:
        found = con.execute("select source_id, origin, release_id, rows from raw.landed").fetchall()
    finally:
        con.close()
    return {source_id: state for source_id, *state in found}
