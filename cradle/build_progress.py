"""How far a build is: a live line where somebody looks, and a line a stage of it in any case."""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from cradle.console import is_watched, length_of_time, live_bar

RESULTS = ("LogModelResult", "LogSeedResult", "LogTestResult", "LogSnapshotResult", "LogNodeResult")
SAID_AT_THE_END = ("MainEncounteredError", "MainStackTrace")  # by the error of the build; dbt's log has the stack

PUBLISH = "publish"  # among the seconds of the nodes
SECONDS = "build_seconds.json"


@dataclass
class Stage:
    """What is done of one layer of the warehouse."""

    nodes: int = 0
    rows: int = 0
    seconds: float = 0.0


@dataclass
class Progress:
    """Takes the events of dbt; `seconds_of` is what each node took in an earlier build, by its id."""

    seconds_of: dict[str, float]
    out: TextIO
    verbose: bool = False
    bar: Any = None
    task: Any = None
    stages: dict[str, Stage] = field(default_factory=dict)
    waiting: Counter = field(default_factory=Counter)
    warnings: int = 0
    rows: int = 0
    tables: int = 0
    all_tables: int = 0
    done: int = 0
    total: int = 0
    running: str = ""
    started: float = field(default_factory=time.monotonic)
    first_node: float | None = None
    last_node: float = 0.0
    took: dict[str, float] = field(default_factory=dict)
    left_s: float = 0.0
    worked_s: float = 0.0

    def __call__(self, event: Any) -> None:
        """Note one event of dbt, and say what is news of it."""
        name, level = event.info.name, event.info.level
        if name in SAID_AT_THE_END:
            return
        if name == "FoundStats":
            self._plan()
        if name == "LogStartLine":
            self._begin(event.data)
        elif name in RESULTS:
            self._finish(event.data)
        if level == "warn":
            self.warnings += 1
        if level in ("warn", "error") or self._is_news(name, level):
            self._print(event.info.msg)

    def finish(self) -> None:
        """Say what is left to be said once dbt is through."""
        for stage in list(self.stages):
            self._close(stage)
        if self.first_node is not None and self.last_node:
            self.took[PUBLISH] = time.monotonic() - self.last_node
            self._print(f"publishing: {length_of_time(self.took[PUBLISH])}")

    def _is_news(self, name: str, level: str) -> bool:
        if self.verbose:
            return level == "info"
        return level == "info" and name == "JinjaLogInfo"

    def _plan(self) -> None:
        """Count the nodes of each stage in the manifest that dbt has just written."""
        try:
            from dbt.flags import get_flags

            flags = get_flags()
            file = Path(flags.PROJECT_DIR or ".") / flags.TARGET_PATH if flags.TARGET_PATH else None
            file = file or Path(flags.PROJECT_DIR or ".") / "target"
            nodes = json.loads((file / "manifest.json").read_text(encoding="utf-8"))["nodes"]
        except (OSError, ValueError, KeyError, AttributeError):  # then a stage is told of when all is done
            return
        for node in nodes.values():
            if node["resource_type"] in ("model", "seed", "test") and node["config"]["materialized"] != "ephemeral":
                self.waiting[_stage(node["resource_type"], node["schema"])] += 1
        self.all_tables = sum(count for stage, count in self.waiting.items() if stage != "tests")
        self.left_s = self.seconds_of.get(PUBLISH, 0.0) + sum(
            self._estimate(name) for name in nodes if not name.startswith(("unit_test.", "analysis."))
        )

    def _begin(self, data: Any) -> None:
        if self.first_node is None:
            self.first_node = time.monotonic()
            self._print(f"landing and parsing: {length_of_time(self.first_node - self.started)}")
        self.total = data.total
        if data.node_info.resource_type != "test":
            self.running = data.node_info.node_name
        self._show()

    def _finish(self, data: Any) -> None:
        node = data.node_info
        stage_name = _stage(node.resource_type, node.node_relation.schema)
        stage = self.stages.setdefault(stage_name, Stage())
        stage.nodes += 1
        stage.seconds += data.execution_time
        if node.resource_type != "test":
            self.tables += 1
            # to count a view would be to reckon it
            rows = _rows_of(node.node_relation) if node.materialized in ("table", "seed", "incremental") else None
            stage.rows += rows or 0
            self.rows += rows or 0
        self.done += 1
        self.last_node = time.monotonic()
        self.took[node.unique_id] = data.execution_time
        self.left_s -= (estimate := self._estimate(node.unique_id))
        self.worked_s += estimate
        self.waiting[stage_name] -= 1
        if self.done == self.total:
            self.running = "publishing"
        self._show()
        if not self.waiting[stage_name]:
            self._close(stage_name)

    def _close(self, name: str) -> None:
        stage = self.stages.pop(name)
        kind = "test" if name == "tests" else "table"
        what = f"{stage.nodes:,} {kind}{'' if stage.nodes == 1 else 's'}"
        what += "" if name == "tests" else f", {stage.rows:,} rows"
        self._print(f"{name}: {what}, {length_of_time(stage.seconds)}")

    def _estimate(self, unique_id: str) -> float:
        if not self.seconds_of:
            return 0.0
        kind = unique_id.partition(".")[0]
        return self.seconds_of.get(unique_id, self.seconds_of.get(kind, 0.0))

    def seconds_left(self) -> float | None:
        """An estimate: from the last build at the pace of this one; without one, by the count of nodes."""
        if self.first_node is None or not self.done:
            return None
        passed = time.monotonic() - self.first_node
        if self.seconds_of and self.worked_s > 1:
            return max(0.0, self.left_s) * passed / self.worked_s
        return passed / self.done * (self.total - self.done)

    def _show(self) -> None:
        if self.bar is None:
            return
        left = self.seconds_left()
        self.bar.update(
            self.task,
            completed=self.done,
            total=self.total or None,
            tables=f"{self.tables:,} of {self.all_tables:,} tables" if self.all_tables else f"{self.tables:,} tables",
            rows=f"{self.rows:,} rows",
            left="" if left is None else f"about {length_of_time(left)} left",
            running=self.running,
        )

    def _print(self, text: str) -> None:
        print(text, file=self.out if self.bar is None or not sys.stdout.isatty() else sys.stdout, flush=True)


@contextmanager
def watching(target: Path, verbose: bool) -> Iterator[Progress]:
    """A Progress to give to dbt; a live line with it where somebody is looking and not every node is to be told.

    `target` is dbt's folder, where the times of each whole build are kept for the next.
    """
    told = Progress(seconds_of(target), sys.stdout, verbose)
    if verbose or not is_watched():
        yield told
        return
    from rich.progress import BarColumn, TextColumn

    columns = (
        TextColumn("building"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[tables]}"),
        TextColumn("{task.fields[rows]}"),
        TextColumn("{task.fields[left]}"),
        TextColumn("{task.fields[running]}", style="dim"),
    )
    with live_bar(*columns) as bar:
        told.bar = bar
        told.task = bar.add_task("building", total=None, tables="", rows="", left="", running="landing and parsing")
        yield told
        told.bar = None


def seconds_of(target: Path) -> dict[str, float]:
    """What each node took in the last whole build, and under `model`, `seed`, `test` the median; empty if unknown."""
    try:
        seconds = {name: float(one) for name, one in json.loads((target / SECONDS).read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    kinds = {name.partition(".")[0] for name in seconds if "." in name}
    medians = {
        kind: statistics.median(s for name, s in seconds.items() if name.startswith(f"{kind}.")) for kind in kinds
    }
    return seconds | medians


def keep_seconds(target: Path, took: dict[str, float]) -> None:
    """Keep what a whole build took for `seconds_of`; a folder that cannot be written goes without."""
    with suppress(OSError):
        (target / SECONDS).write_text(json.dumps({name: round(s, 4) for name, s in took.items()}), encoding="utf-8")


def _stage(kind: str, schema: str) -> str:
    return "tests" if kind == "test" else schema


def _rows_of(relation: Any) -> int | None:
    """The rows of a table that dbt has just written, asked in the connection that dbt holds; None where it cannot."""
    import duckdb
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    held = getattr(getattr(DuckDBConnectionManager, "_ENV", None), "conn", None)
    if held is None:
        return None
    names = ".".join('"' + part.replace('"', '""') + '"' for part in (relation.schema, relation.alias))
    try:
        cursor = held.cursor()
        try:
            return cursor.execute(f"select count(*) from {names}").fetchall()[0][0]
        finally:
            cursor.close()
    except duckdb.Error:  # a view that broke, a table that was not written: the build itself says so
        return None
