"""A Python module, such as a command of Cradle or dbt, as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from cradle.paths import PROJECT_ROOT


def run_in(folder: Path, *arguments: str, project: Path = PROJECT_ROOT) -> subprocess.CompletedProcess:
    """Run a Python module with its warehouse and dbt's files in the folder; `project` may be a copy of this one."""
    env = {
        "CRADLE_DB": str(folder / "cradle.duckdb"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_PROFILES_DIR": str(project),
        **({} if project == PROJECT_ROOT else {"PYTHONPATH": str(project)}),
    }
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=project,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
