"""A build of the seeds as they are, in a scratch copy of the warehouse: what would fail, and what comes out."""

import contextlib
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cradle import paths
from cradle.scratch import scratch_folder
from cradle.study import tables
from cradle.study.dbt_steps import Dbt, Failure
from cradle.study.seed_file import read

if TYPE_CHECKING:
    import duckdb

# what can make a warehouse out of date besides seeds and landed data
CODE = ("models", "macros", "ingest", "release", "dbt_project.yml")
# the folders with the seeds of studies: where there is no warehouse, their tests run and no others
FOLDERS = ("service_models", "factors", "published")
SOURCES = "study_sources"
LANDED = "from raw.landed order by all"


class Trial(NamedTuple):
    """What a trial found, and the scratch warehouse that it made (read-only).

    `has_results` is false where the seeds failed before a model was made; `reused` is true where the trial went on
    from the published warehouse.
    """

    failures: list[Failure]
    has_results: bool
    con: "duckdb.DuckDBPyConnection"
    reused: bool


@contextmanager
def trial(project: Path) -> Iterator[Trial]:
    """Run dbt on the seeds as they are, beside the warehouse and never in it; yields what came of it.

    Takes what a published warehouse holds where that is not out of date, else makes everything anew.
    Raises OSError, and BuildError where dbt cannot start.
    """
    published = paths.published_db()
    with scratch_folder(published.parent, ".study-check-") as folder:
        work = folder / published.with_suffix(".work.duckdb").name
        reused = _copy_warehouse(project, published, work)
        changed = _changed_seeds(project, work) if reused else []
        failures, has_results = ([], True) if reused and not changed else _run(project, folder, work, changed)
        with _readable(work) as con:
            yield Trial(failures, has_results, con, reused)


def _copy_warehouse(project: Path, published: Path, work: Path) -> bool:
    """Copy the published warehouse and the landed data into the folder; False where it is none to go on from."""
    import duckdb

    from ingest.landing import patiently
    from ingest.power.traces import lend

    landing, landed = paths.landing_db(), None
    if landing.is_file():
        # an open reader holds writers off while the file is copied
        with patiently(lambda: duckdb.connect(str(landing), read_only=True)) as con:
            landed = con.execute(LANDED).fetchall()
            shutil.copyfile(landing, work.with_name(landing.name))
            lend(landing, work)
    if not published.is_file() or published.stat().st_mtime < _newest_code(project):
        return False
    shutil.copyfile(published, work)
    with contextlib.suppress(duckdb.Error), _readable(work) as con:
        con.execute("from raw.seed_files limit 0")
        if con.execute(LANDED).fetchall() == landed:  # what was pulled since is not in its models
            return True
    work.unlink()
    return False


def _readable(db: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb

    return duckdb.connect(str(db), read_only=True)


def _newest_code(project: Path) -> float:
    files = [
        file
        for name in CODE
        for file in [project / name, *(project / name).rglob("*")]
        if file.is_file() and "__pycache__" not in file.parts
    ]
    return max((file.stat().st_mtime for file in files), default=0)


def _changed_seeds(project: Path, work: Path) -> list[str]:
    """The seeds that are not those from which the copied warehouse was built."""
    with _readable(work) as con:
        built = dict(con.execute("select seed_name, file_sha256 from raw.seed_files").fetchall())
    now = {
        file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted((project / "seeds").rglob("*.csv"))
    }
    return [name for name, content in now.items() if built.get(name) != content]


def _run(project: Path, folder: Path, work: Path, changed: list[str]) -> tuple[list[Failure], bool]:
    """Seeds with their tests, then models, then the tests of the models: each where the one before passed."""
    with _elsewhere(folder):
        dbt = Dbt(project, folder)
        try:
            for step in dbt.steps(
                changed or _all_seeds(project), anew=not changed, cited=_cited(project, work, changed)
            ):
                if failures := dbt.run(step, work):
                    return failures, step[0] == "test"
        finally:
            dbt.close()
    return [], True


def _all_seeds(project: Path) -> list[str]:
    return sorted(file.stem for name in FOLDERS for file in (project / "seeds" / name).glob("*.csv"))


def _cited(project: Path, work: Path, changed: list[str]) -> bool:
    """Whether a source may have changed that factors cite: where sources were only added, no factor can."""
    if SOURCES not in changed:
        return False
    seed = read(project / "seeds", tables.SOURCES.path)
    now = {tuple(row.cells[column] for column in sorted(seed.columns)) for row in seed.rows}
    columns = ", ".join(f"coalesce({column}, '')" for column in sorted(seed.columns))
    with _readable(work) as con:
        return not set(con.execute(f"select {columns} from seeds.{SOURCES}").fetchall()) <= now


@contextmanager
def _elsewhere(folder: Path) -> Iterator[None]:
    """Let dbt's plugin take the files of this folder for the warehouse, its work file and what is landed."""
    from ingest.dbt_plugin import TRIAL_VARIABLE

    before = os.environ.get(TRIAL_VARIABLE)
    os.environ[TRIAL_VARIABLE] = str(folder)
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # what the plugin tells a builder
            yield
    finally:
        if before is None:
            del os.environ[TRIAL_VARIABLE]
        else:
            os.environ[TRIAL_VARIABLE] = before
