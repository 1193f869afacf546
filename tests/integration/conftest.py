import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration import lent_parse, own_data, slips
from tests.integration.real_files import REAL_FILES, are_there
from tests.integration.run_module import run_in

Make = Callable[[Path], None]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Make], Path]:
    """`once(name, make)`: a folder that the first test process to ask fills by `make(folder)`; others wait for it."""
    of_this_process = tmp_path_factory.getbasetemp()
    shared = of_this_process.parent if "PYTEST_XDIST_WORKER" in os.environ else of_this_process

    def made(name: str, make: Make) -> Path:
        folder, failed, done = (shared / f"{name}{ending}" for ending in ("", ".failed", ".done"))
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if failed.exists():
                pytest.fail(failed.read_text(encoding="utf-8"), pytrace=False)
            if not done.exists():
                folder.mkdir()
                try:
                    make(folder)
                except BaseException as error:
                    failed.write_text(f"{name} could not be made: {error}", encoding="utf-8")
                    raise
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def peers_python() -> Path:
    """The Python of the environment that holds the peers (tests/peers/requirements.in)."""
    python = Path(os.environ.get("CRADLE_PEERS_PYTHON", PROJECT_ROOT / ".venv-peers" / "bin" / "python"))
    if not python.is_file():
        pytest.skip(f"the peers to compare with are not installed ({python} is missing): `make test` installs them")
    return python


@pytest.fixture(scope="session")
def lend(once) -> Callable[..., None]:
    """`lend(target, database=None)`: spares dbt with this target folder and `CRADLE_DB` the 10 s of a whole parse."""
    parsed = once("parsed", lent_parse.parse)
    return lambda target, database=None: lent_parse.lend(parsed, target, database)


@pytest.fixture(scope="session")
def run(lend) -> Callable[..., subprocess.CompletedProcess]:
    """`run(folder, *module_and_arguments)`: a Python module, with its warehouse and dbt's files in the folder."""

    def run_module(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
        lend(folder / "target", folder / "cradle.duckdb")
        return run_in(folder, *arguments)

    return run_module


@pytest.fixture(scope="session")
def built_warehouse(once, run) -> Path:
    """The published file of a whole build from the bundle, dbt's data tests included; nobody writes to it."""

    def build(folder: Path) -> None:
        done = run(folder, "cradle.cli", "build", "--no-export")
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]

    return once("built", build) / "cradle.duckdb"


@pytest.fixture(scope="session")
def pulled_warehouse(once, run) -> Path:
    """As built_warehouse, after all real files that are there were given by the user."""

    def build(folder: Path) -> None:
        from ingest import sidecar
        from ingest.pull import take_files

        for source in sidecar.find([name for name in REAL_FILES if are_there(name)], sidecar.discover()):
            take_files(source, REAL_FILES[source.source_id], folder / "landing.duckdb")
        done = run(folder, "cradle.cli", "build", "--no-export")
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]

    return once("pulled", build) / "cradle.duckdb"


@pytest.fixture(scope="session")
def own(once, lend) -> Path:
    """The folder of one build with data of the user's own of every kind (own_data.py); the published file stays."""
    return once("data of mine", lambda folder: own_data.make(folder, lend))


@pytest.fixture(scope="session")
def found_slips(once, lend) -> dict[str, list[dict]]:
    """Test -> rows that it finds of the slips of all layers behind the seeds, and of the errors of peers."""
    return slips.found(once("slips", lambda folder: slips.judge(folder, lend)))


@pytest.fixture(scope="module")
def pulled(pulled_warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(pulled_warehouse), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def bundled(built_warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        yield con


# the files of a minute and more, the longest first, so that no process is left alone with one at the end
LONG = (
    "test_walk_through_of_a_study.py",
    "test_traces_to_the_export.py",
    "test_exports_for_other_tools.py",
    "test_slips_in_seeds_stop_the_build.py",
    "test_report.py",
    "test_known_answers.py",
    "test_published_results_move_with_their_inputs.py",
    "test_builds_are_reproducible.py",
    "test_errors_of_peers.py",
    "test_market_view.py",
    "test_model_cards.py",
    "test_unit_tests_of_the_models.py",
    "test_bad_traces.py",
    "test_windows_and_meters.py",
    "test_page_of_traces.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file for each shared warehouse goes first, so that two processes build them side by side and none waits."""
    needs: dict[Path, set[str]] = {}
    for item in items:
        needs.setdefault(item.path, set()).update({"built_warehouse", "pulled_warehouse"} & set(item.fixturenames))
    first = [next((p for p in needs if needs[p] == {name}), None) for name in ("built_warehouse", "pulled_warehouse")]
    order = {path: number for number, path in enumerate(first)}
    order |= {path: 2 + LONG.index(path.name) for path in needs if path.name in LONG and path not in order}
    items.sort(key=lambda item: order.get(item.path, len(LONG) + 2))
