"""A build of the seeds as they are, in a scratch copy of the warehouse: what would fail, and what comes out."""

import contextlib
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cradle import paths
from cradle.scratch import scratch_folder

if TYPE_CHECKING:
    import duckdb

# what can make a warehouse out of date besides seeds and landed data
CODE = ("models", "macros", "ingest", "release", "dbt_project.yml")
# the folders with the seeds of studies: where there is no warehouse, their tests run and no others
FOLDERS = ("service_models", "factors", "published")
FAILED = ("error", "fail", "runtime error")
MOST_ROWS = 20
LANDED = "from raw.landed order by all"


class Failure(NamedTuple):
    """A node of dbt that failed: its name, the seed or model and the column that it judges, message and rows."""

    test: str
    kind: str
    seed: str
    column: str
    message: str
    rows: list[dict[str, Any]]


class Trial(NamedTuple):
    """What a trial found, and the scratch warehouse that it made (read-only)."""

    failures: list[Failure]
    con: "duckdb.DuckDBPyConnection"
    reused: bool


@contextmanager
def trial(project: Path) -> Iterator[Trial]:
    """Run dbt on the seeds as they are, beside the warehouse and never in it; yields what came of it.

    Takes what a published warehouse holds where that is not out of date, else makes everything anew.
    Raises OSError, and BuildError where dbt cannot start.
    """
    import duckdb

    published = paths.published_db()
    with scratch_folder(published.parent, ".study-check-") as folder:
        work = folder / published.with_suffix(".work.duckdb").name
        reused = _copy_warehouse(project, published, work)
        changed = _changed_seeds(project, work) if reused else []
        failures = [] if reused and not changed else _run(project, folder, work, changed)
        with duckdb.connect(str(work), read_only=True) as con:
            yield Trial(failures, con, reused)


def _copy_warehouse(project: Path, published: Path, work: Path) -> bool:
    """Copy the published warehouse and the landed data into the folder; False where it is none to go on from."""
    import duckdb

    from ingest.landing import patiently

    landing, landed = paths.landing_db(), None
    if landing.is_file():
        # an open reader holds writers off while the file is copied
        with patiently(lambda: duckdb.connect(str(landing), read_only=True)) as con:
            landed = con.execute(LANDED).fetchall()
            shutil.copyfile(landing, work.with_name(landing.name))
    if not published.is_file() or published.stat().st_mtime < _newest_code(project):
        return False
    shutil.copyfile(published, work)
    with _readable(work) as con:
        with contextlib.suppress(duckdb.Error):
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


def _run(project: Path, folder: Path, work: Path, changed: list[str]) -> list[Failure]:
    """Seeds with their tests, then models, then the tests of the models: each where the one before passed."""
    target = folder / "target"
    target.mkdir()
    parsed = Path(os.environ.get("DBT_TARGET_PATH") or project / "target") / "partial_parse.msgpack"
    if parsed.is_file():  # reading the project anew takes as long as all the rest
        shutil.copyfile(parsed, target / parsed.name)
    seeds = changed or sorted(file.stem for name in FOLDERS for file in (project / "seeds" / name).glob("*.csv"))
    made = ["--select", *(f"{seed}+" for seed in changed), "--exclude", *changed] if changed else []
    with _elsewhere(folder):
        dbt = _Dbt(project, folder)
        try:
            first, then = dbt.tests_of(seeds)
            for step in (
                ["seed", *(["--select", *changed] if changed else [])],
                ["test", *_without("unit_test"), "--select", *first],
                ["build", *made, *_without("seed", "test", "unit_test")],
                ["test", *_without("unit_test"), "--select", *then],
            ):
                failures = dbt.run(step, work) if step[-1] != "--select" else []
                if failures:
                    return failures
        finally:
            dbt.close()
    return []


def _without(*kinds: str) -> list[str]:
    return [word for kind in kinds for word in ("--exclude-resource-type", kind)]


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


class _Dbt:
    """dbt in this process, with one parse for all its runs."""

    def __init__(self, project: Path, folder: Path) -> None:
        root = str(project)
        self.options = ["--project-dir", root, "--profiles-dir", root, "--target-path", str(folder / "target")]
        self.options += ["--log-path", str(folder / "logs")]
        self.manifest = None
        self.manifest = self._invoke(["parse", *self.options]).result

    def tests_of(self, seeds: list[str]) -> tuple[list[str], list[str]]:
        """The names of the data tests that judge seeds alone, and of all others that these seeds reach."""
        self.manifest.build_parent_and_child_maps()
        children = self.manifest.child_map
        reached, waiting = set(), [f"seed.cradle.{seed}" for seed in seeds]
        while waiting:
            node = waiting.pop()
            if node not in reached:
                reached.add(node)
                waiting += children.get(node, [])
        tests = [self.manifest.nodes[node] for node in sorted(reached) if node.startswith("test.")]
        alone = {test.name for test in tests if all(name.startswith("seed.") for name in test.depends_on.nodes)}
        return sorted(alone), sorted({test.name for test in tests} - alone)

    def run(self, step: list[str], work: Path) -> list[Failure]:
        done = self._invoke([*step, *self.options])
        results = getattr(done.result, "results", None) or []
        failed = [result for result in results if result.status in FAILED]
        if not done.success and not failed:
            raise _not_started(done)
        self.close()
        return [_failure(result, work) for result in failed]

    def _invoke(self, arguments: list[str]) -> Any:
        from dbt.cli.main import dbtRunner

        quiet = ["--log-level", "none", "--log-level-file", "none", "--no-write-json", "--no-send-anonymous-usage-stats"]
        done = dbtRunner(manifest=self.manifest).invoke([*quiet, *arguments])
        if isinstance(done.exception, KeyboardInterrupt):
            raise KeyboardInterrupt
        if arguments[0] == "parse" and not done.success:
            raise _not_started(done)
        return done

    def close(self) -> None:
        from cradle.build import _close_connections

        _close_connections()


def _not_started(done: Any) -> Exception:
    from cradle.errors import BuildError

    text = " ".join(str(done.exception or "dbt gave no reason").split())
    return BuildError("the seeds cannot be tried out: dbt does not start on them", got=text[:600])


def _failure(result: Any, work: Path) -> Failure:
    node = result.node
    is_test = node.resource_type == "test"
    judged = (getattr(node, "attached_node", None) or node.unique_id).split(".")[2]
    return Failure(
        test=node.name,
        kind=node.test_metadata.name if is_test and getattr(node, "test_metadata", None) else node.resource_type,
        seed=judged,
        column=getattr(node, "column_name", None) or "",
        message=" ".join((result.message or "").split())[:600],
        rows=_rows(node.compiled_code, work) if is_test and result.status == "fail" else [],
    )


def _rows(query: str, work: Path) -> list[dict[str, Any]]:
    import duckdb

    with duckdb.connect(str(work), read_only=True) as con:
        try:
            found = con.execute(f"select * from ({query}) limit {MOST_ROWS}")
        except duckdb.Error:  # the rows are a help, not the finding
            return []
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
