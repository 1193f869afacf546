"""What a study adds to a build. `python -m tests.benchmarks.added_studies` prints a markdown table.

A copy of this project is built and tested as it is and with copies of one scenario that `cradle study new` adds, in
turn; the check of one added study is timed beside them. Seconds of the processor are those of the one process that
builds; they are the ones to compare where other work runs on the machine.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from cradle.study.adding import add
from tests.integration.project_copy import copy_of_project


class Measured(NamedTuple):
    """What one command took."""

    seconds: float
    processor_seconds: float
    peak_bytes: int


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each command; the median is shown")
    parser.add_argument("--studies", type=int, nargs="+", default=[10, 50], help="how many studies are added")
    parser.add_argument("--like", default="sd_service_2025_open", help="the scenario that is copied")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        project = copy_of_project(Path(scratch))
        _cradle(project, "build", "--no-export")  # cold: lands the bundle, fills the parse cache
        add(project / "seeds", "added_0", chosen.like)
        checked = [_cradle(project, "study", "check", "added_0") for _ in range(chosen.runs)]
        shutil.rmtree(project / "seeds")
        shutil.copytree(Path(__file__).parents[2] / "seeds", project / "seeds")
        seeds = {0: project / "seeds"}
        for count in chosen.studies:
            seeds[count] = shutil.copytree(project / "seeds", project / f"seeds_{count}")
            for number in range(count):
                add(seeds[count], f"added_{number}", chosen.like)
        kept = project / "seeds_0"
        seeds[0] = shutil.copytree(project / "seeds", kept)
        built: dict[int, list[Measured]] = {count: [] for count in seeds}
        for _ in range(chosen.runs):
            for count, folder in seeds.items():
                shutil.rmtree(project / "seeds")
                shutil.copytree(folder, project / "seeds")
                built[count].append(_cradle(project, "build", "--no-export"))
    _print_table(chosen.like, built, checked)


def _cradle(project: Path, *arguments: str) -> Measured:
    command = [sys.executable, "-m", "cradle.cli", *arguments]
    env = {key: value for key, value in os.environ.items() if not key.startswith(("CRADLE_", "DBT_"))}
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=project, env={**env, "PYTHONPATH": str(project)}, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed\n{output.read().decode()[-4000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def _print_table(like: str, built: dict[int, list[Measured]], checked: list[Measured]) -> None:
    print(f"copies of `{like}`; median of {len(checked)} runs (range)")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    print("| command | seconds | seconds of the processor | ratio | for each study added, s | peak memory, MB |")
    print("|---|---|---|---|---|---|")
    base = statistics.median(one.processor_seconds for one in built[0])
    for count, measured in sorted(built.items()):
        own = statistics.median(one.processor_seconds for one in measured)
        each = f"{(own - base) / count:.2f}" if count else ""
        print(_line(f"`cradle build`, {count} studies added", measured, f"{own / base:.2f}", each))
    print(_line("`cradle study check` of one added study", checked, "", ""))


def _line(name: str, measured: list[Measured], ratio: str, each: str) -> str:
    columns = []
    for values in ([one.seconds for one in measured], [one.processor_seconds for one in measured]):
        columns.append(f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})")
    memory = statistics.median(one.peak_bytes for one in measured) / 1e6
    return f"| {name} | {' | '.join(columns)} | {ratio} | {each} | {memory:.0f} |"


if __name__ == "__main__":
    main()
