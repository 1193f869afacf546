"""How much of a build is Cradle's own work? `python -m tests.benchmarks.build_ratio` prints a markdown table.

Side by side on this machine: a warm `dbt build` of the project, and one of a generated project with as many models,
seeds and tests that do nothing, which is what dbt and DuckDB cost by themselves.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cradle.paths import PROJECT_ROOT

BIN = Path(sys.executable).parent
PROFILE = """empty:
  target: dev
  outputs:
    dev: {type: duckdb, path: empty.duckdb, threads: 1}
"""
PROJECT = """name: empty
version: 1.0.0
profile: empty
flags: {send_anonymous_usage_stats: false}
models: {empty: {+materialized: table}}
"""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each command; the median is shown")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        own, empty = Path(scratch) / "own", Path(scratch) / "empty"
        own.mkdir()
        cradle = _dbt_build(PROJECT_ROOT, own, {"CRADLE_DB": str(own / "cradle.duckdb")})
        cradle()  # cold: lands the bundle, fills the parse cache
        kinds = _nodes_by_kind(own / "target" / "manifest.json")
        _write_empty_project(empty, kinds)
        baseline = _dbt_build(empty, empty, {})
        baseline()
        built, nothing = _alternating(runs, cradle, baseline)
        started = [_run([str(BIN / "cradle"), "--help"], PROJECT_ROOT, {}) for _ in range(runs)]
    _print_table(kinds, built, nothing, started)


class Measured(NamedTuple):
    """What one command took."""

    seconds: float
    peak_bytes: int


def _run(command: list[str], cwd: Path, env: dict[str, str]) -> Measured:
    """One command, measured by itself: wait4 gives the peak memory of this child alone, not of all so far."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=cwd, env={**os.environ, **env}, stdout=output, stderr=output)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed\n{output.read().decode()[-4000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(seconds, usage.ru_maxrss * unit)


def _dbt_build(project: Path, scratch: Path, env: dict[str, str]) -> Callable[[], Measured]:
    elsewhere = {"DBT_TARGET_PATH": str(scratch / "target"), "DBT_LOG_PATH": str(scratch / "logs"), **env}
    command = [str(BIN / "dbt"), "build", "--quiet", "--project-dir", str(project), "--profiles-dir", str(project)]
    return lambda: _run(command, project, elsewhere)


def _alternating(runs: int, *commands: Callable[[], Measured]) -> list[list[Measured]]:
    """The commands in turn, so that a slow minute of the machine meets all of them."""
    rounds = [[command() for command in commands] for _ in range(runs)]
    return [list(column) for column in zip(*rounds, strict=True)]


def _nodes_by_kind(manifest: Path) -> Counter[str]:
    found = json.loads(manifest.read_text(encoding="utf-8"))
    nodes = [*found["nodes"].values(), *found.get("unit_tests", {}).values()]
    return Counter(
        "python model"
        if (node["resource_type"], node.get("language")) == ("model", "python")
        else node["resource_type"]
        for node in nodes
        if node["resource_type"] in ("model", "seed", "test", "unit_test")
    )


def _write_empty_project(folder: Path, kinds: Counter[str]) -> None:
    models = kinds["model"] + kinds["python model"]
    for name in ("models", "seeds", "tests"):
        (folder / name).mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(PROJECT, encoding="utf-8")
    (folder / "profiles.yml").write_text(PROFILE, encoding="utf-8")
    for number in range(models):
        (folder / "models" / f"model_{number}.sql").write_text("select 1 as x where false\n", encoding="utf-8")
    for number in range(kinds["seed"]):
        (folder / "seeds" / f"seed_{number}.csv").write_text("x\n1\n", encoding="utf-8")
    for number in range(kinds["test"] + kinds["unit_test"]):
        text = f"select x from {{{{ ref('model_{number % models}') }}}}\n"
        (folder / "tests" / f"test_{number}.sql").write_text(text, encoding="utf-8")


def _print_table(kinds: Counter[str], built: list[Measured], nothing: list[Measured], started: list[Measured]) -> None:
    rows = {"`dbt build`, warm": built, "the same number of empty nodes": nothing, "`cradle --help`": started}
    counts = ", ".join(f"{count} {kind}s" for kind, count in sorted(kinds.items()))
    print(f"{counts}; median of {len(built)} runs (range)")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    print("| command | seconds | peak memory, MB |\n|---|---|---|")
    for name, measured in rows.items():
        seconds = [one.seconds for one in measured]
        memory = statistics.median(one.peak_bytes for one in measured) / 1e6
        spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
        print(f"| {name} | {statistics.median(seconds):.2f} ({spread}) | {memory:.0f} |")
    ratio = statistics.median(one.seconds for one in built) / statistics.median(one.seconds for one in nothing)
    print(f"\nThe build takes {ratio:.2f} times as long as one of nodes that do nothing.")


if __name__ == "__main__":
    main()
