import os
import subprocess
import sys
from pathlib import Path

import pytest

from cradle.paths import PROJECT_ROOT


@pytest.fixture(scope="session")
def built_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published file of a whole build from the bundle, dbt's own tests included; other builds are untouched."""
    folder = tmp_path_factory.mktemp("built")
    db = folder / "cradle.duckdb"
    elsewhere = {"CRADLE_DB": str(db), "DBT_TARGET_PATH": str(folder / "target"), "DBT_LOG_PATH": str(folder / "logs")}
    done = subprocess.run(
        [sys.executable, "-m", "cradle.cli", "build", "--no-export"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **elsewhere},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]
    return db
