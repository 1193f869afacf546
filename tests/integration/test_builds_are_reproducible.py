"""The same inputs give the same bytes: two builds from nothing, exported, are equal file by file."""

import os
import subprocess
import sys

from cradle.paths import PROJECT_ROOT
from exports.parquet import write_parquet


def test_two_builds_export_the_same_bytes(built_warehouse, tmp_path):
    again = tmp_path / "cradle.duckdb"
    elsewhere = {
        "CRADLE_DB": str(again),
        "DBT_TARGET_PATH": str(tmp_path / "target"),
        "DBT_LOG_PATH": str(tmp_path / "logs"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "cradle.cli", "build", "--no-export"],
        cwd=PROJECT_ROOT,
        env={**os.environ, **elsewhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    first = {file.table.name: file.sha256 for file in write_parquet(built_warehouse, tmp_path / "first")}
    second = {file.table.name: file.sha256 for file in write_parquet(again, tmp_path / "second")}
    assert first == second
