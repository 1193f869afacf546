"""Natural slips when a study is added: each stops the build by name and shows the row; the published file stays."""

import hashlib
import shutil
import subprocess

import pytest

from tests.integration.slips import IN_SEEDS, SLIPS, project_with, rows_of, run


@pytest.fixture(scope="module")
def stopped(built_warehouse, lend, tmp_path_factory) -> tuple[subprocess.CompletedProcess, bool]:
    """What `cradle build` says of the slips in seeds, and whether the published file is still the same."""
    project = project_with([IN_SEEDS], tmp_path_factory.mktemp("slips"))
    lend(project / "target")
    database = project / "warehouse" / "cradle.duckdb"
    database.parent.mkdir()
    shutil.copy(built_warehouse, database)
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    done = run(project, "from cradle.cli import main; sys.exit(main(['build', '--no-export']))")
    return done, hashlib.sha256(database.read_bytes()).hexdigest() == before


def test_the_build_fails_with_one_message_and_publishes_nothing(stopped):
    done, is_unchanged = stopped
    assert done.returncode == 2, done.stdout[-3000:] + done.stderr[-3000:]
    assert "Traceback" not in done.stdout + done.stderr
    assert "untouched" in done.stderr
    assert is_unchanged


@pytest.mark.parametrize("name", [name for name, slip in SLIPS.items() if slip[0] == IN_SEEDS])
def test_a_slip_in_seeds_is_named_with_its_row(stopped, name):
    for text in SLIPS[name][4]:
        assert text in stopped[0].stderr, stopped[0].stderr[-5000:]


@pytest.mark.parametrize("name", [name for name, slip in SLIPS.items() if slip[0] != IN_SEEDS])
def test_a_later_slip_is_found_with_its_row(found_slips, name):
    test, *texts = SLIPS[name][4]
    rows = [", ".join(f"{column} {value}" for column, value in row.items()) for row in rows_of(found_slips, test)]
    assert any(all(text in row for text in texts) for row in rows), rows
