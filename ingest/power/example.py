"""The synthetic example as a set of traces of every warehouse: no mart of measured energy is empty to look at."""

from contextlib import chdir
from pathlib import Path

from cradle import paths
from cradle.console import say
from ingest.landing import open_landing
from ingest.power.said import declare
from ingest.power.take import take_traces
from ingest.sidecar import discover, find

SET = "synthetic_example"
TRACES, WINDOWS = Path("examples/power/traces"), Path("examples/power/windows.csv")


def land_example(db: Path) -> None:
    """Land the example where it was never landed, and anew where it changed since; one that was removed stays away.

    Raises FetchError, ParseError or LandError as any pull of traces.
    """
    if not (paths.PROJECT_ROOT / TRACES).is_dir() or not _is_wanted(db):
        return
    said = declare(
        [TRACES],
        table=SET,
        licence="CC0-1.0",
        redistributable="yes",
        title="Synthetic power traces: no meter was read",
        windows=WINDOWS,
    )
    (sidecar,) = find(["power"], discover())
    with chdir(paths.PROJECT_ROOT):  # its name in the warehouse is the same on every machine
        landed = take_traces(sidecar, [TRACES], said, db)
    if landed.outcome == "landed":
        say(f"power: landed the synthetic example (`cradle pull power --remove {SET}` takes it out for good)")


def is_the_example(source_id: str, file_name: str) -> bool:
    """Return whether a set of traces is the example; one of the user's own may have its name."""
    return source_id == f"power:{SET}" and file_name == str(TRACES)


def _is_wanted(db: Path) -> bool:
    with open_landing(db) as con:
        (once,) = con.execute(
            "select count(*) from raw.ingest_log where source_id = 'power' and file_name = ? and outcome = 'landed'",
            [str(TRACES)],
        ).fetchone()
        has_sets = con.execute(
            "select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'power__tables'"
        ).fetchall()
        found = (
            has_sets
            and con.execute("select file_name from raw.power__tables where source_id = ?", [f"power:{SET}"]).fetchall()
        )
    if found:
        return is_the_example(f"power:{SET}", found[0][0])
    return not once
