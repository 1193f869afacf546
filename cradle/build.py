"""Run `dbt build` in this process, then export the published warehouse as Parquet."""

import os
import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cradle import build_note, paths
from cradle.build_summary import summary
from cradle.console import say
from cradle.errors import BuildError

FAILED = ("error", "fail", "runtime error", "partial success")


def build(*, verbose: bool = False) -> None:
    """Build and publish the warehouse; `verbose` tells every node. Raises BuildError with what failed, and why."""
    from cradle.build_progress import keep_seconds, watching
    from ingest.lock import acquire

    published, started = paths.published_db(), time.time()
    acquire(published).close()  # to say who builds before dbt is even imported; the plugin takes it to build
    before, inputs = build_note.read_note(published), build_note.stamps(paths.PROJECT_ROOT)
    from dbt.cli.main import dbtRunner

    root = str(paths.PROJECT_ROOT)
    colours = "--use-colors" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else "--no-use-colors"
    # unit tests judge the code and not the data: `make test` and a plain `dbt build` run them
    where = ["--exclude-resource-type", "unit_test", "--project-dir", root, "--profiles-dir", root]
    # dbt's log file names every statement where it is asked to, which takes a sixth of the build
    logged = ["--log-level", "none", "--log-level-file", os.environ.get("DBT_LOG_LEVEL_FILE", "info")]
    with watching(paths.dbt_target(), verbose) as told:
        try:
            done = dbtRunner(callbacks=[told]).invoke([*logged, colours, "build", *where])
        finally:
            _close_connections()
        told.finish()
    if isinstance(done.exception, KeyboardInterrupt):
        raise KeyboardInterrupt
    if not done.success:
        build_note.write_note(published, build_note.of_failure(before, _failed_names(done), _log()))
        raise _failed(done)
    keep_seconds(paths.dbt_target(), told.took)
    note = build_note.of_build(published, inputs, started)
    build_note.write_note(published, note)
    for line in summary(before, note, told.warnings):
        print(line, flush=True)
    _report_quarantine()


def export(
    out: Path,
    form: str = "parquet",
    without_packs: Collection[str] = (),
    scenarios: Collection[str] = (),
    *,
    publish: bool = False,
) -> None:
    """Write the published warehouse in a format into a folder, and say what was held back or changed for the format.

    Raises ExportError; to publish, where rows rest on data of both share-alike packs.
    """
    from exports.attribution import sentence
    from exports.write import write_export

    done = write_export(
        paths.published_db(), out, form, publish=publish, without_packs=without_packs, scenarios=scenarios
    )
    rows = sum(file.rows for file in done.written)
    beside = "datapackage.json and ATTRIBUTION.md: pass them on together" if publish else "datapackage.json"
    files = "1 file" if len(done.written) == 1 else f"{len(done.written)} files"
    say(f"{out}: {files}, {rows:,} rows, with {beside}")
    for said in [*done.notes, *map(sentence, done.held_back)]:
        say(f"  {said}")


def _report_quarantine() -> None:
    for source_id, rows, cells in quarantined(paths.published_db()):
        say(f'{source_id}: {rows:,} rows rejected, {cells:,} cells voided (cradle sql "from marts.quarantine")')


def quarantined(warehouse: Path) -> list[tuple[str, int, int]]:
    """Source, rows rejected and cells voided, for each source of which the contracts refused something."""
    import duckdb

    # counted in the contracts: several of their rows have one row_number where a source has several tables or
    # releases, or a wide table of which each cell is a row
    severities = "list_transform(violations, lambda v: v.severity)"
    with duckdb.connect(str(warehouse), read_only=True) as con:
        tables = con.execute(
            "select table_name from duckdb_columns() where schema_name = 'contracts' and column_name = 'violations'"
        ).fetchall()
        if not tables:
            return []
        rows = " union all ".join(
            f'select source_id, {severities} as severities from contracts."{table}"' for (table,) in tables
        )
        return con.execute(
            "select source_id, count(*) filter (list_contains(severities, 'reject_row')) as rejected,"
            " cast(sum(len(list_filter(severities, lambda s: s = 'void_cell'))) as bigint) as voided"
            f" from ({rows}) group by all having rejected + voided > 0 order by all"
        ).fetchall()


def _log() -> Path:
    return paths.PROJECT_ROOT / os.environ.get("DBT_LOG_PATH", "logs") / "dbt.log"


def _failed_names(done: Any) -> list[str]:
    results = getattr(done.result, "results", None) or []
    names = [result.node.name for result in results if result.status in FAILED]
    return names or [_first_lines(str(done.exception or "it did not run"), 1)]


def _failed(done: Any) -> BuildError:
    results = getattr(done.result, "results", None) or []
    failed = [result for result in results if result.status in FAILED]
    lines = [
        f"{result.node.name} ({result.status}): {_first_lines(result.message)}{_failing_rows(result)}"
        for result in failed
    ]
    skipped = sum(result.status == "skipped" for result in results)
    published = paths.published_db()
    broken = "not a valid DuckDB database" in str(done.exception or "")
    remedy = "delete the work file that is named, it is made anew; " if broken else ""
    return BuildError(
        f"the build failed: {len(failed)} failed, {skipped} skipped" if failed else "the build did not run",
        where="\n    ".join(["", *lines]) if lines else str(paths.PROJECT_ROOT),
        got="" if lines else _first_lines(str(done.exception or "") or "see logs/dbt.log", 20),
        todo=(remedy or "mend what is named and build again; ")
        + (f"the last good warehouse {published} is untouched" if published.is_file() else "nothing was published yet"),
    )


def _failing_rows(result: Any) -> str:
    """The first rows that a failed data test found, one a line; empty for anything else."""
    import duckdb

    query = getattr(result.node, "compiled_code", None)
    if result.status != "fail" or result.node.resource_type != "test" or not query:
        return ""
    # each row of the test of all columns is about another rule or column
    kind = getattr(getattr(result.node, "test_metadata", None), "name", "")
    most = 12 if kind == "sound_columns" else 3
    work = paths.published_db().with_suffix(".work.duckdb")
    try:
        with duckdb.connect(str(work), read_only=True) as con:
            found = con.execute(f"select * from ({query}) limit {most}")
            names = [column[0] for column in found.description]
            rows = found.fetchall()
    except duckdb.Error:  # the rows are a help, not the message
        return ""
    shown = [", ".join(f"{name} {value}" for name, value in zip(names, row, strict=True)) for row in rows]
    return "".join(f"\n      {line[:300]}" for line in shown)


def _first_lines(message: str | None, count: int = 6) -> str:
    lines = [line.strip() for line in (message or "no message").splitlines() if line.strip()]
    return "\n      ".join(lines[:count])


def _close_connections() -> None:
    # dbt keeps its connection, and with it the build lock, for the next run in the same process
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()
