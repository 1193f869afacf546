"""dbt in steps, for a trial: what depends on some seeds, and the tests that judge it, with the rows that they find."""

from pathlib import Path
from typing import Any, NamedTuple

from cradle import paths
from cradle.errors import BuildError

FAILED = ("error", "fail", "runtime error")
MOST_ROWS = 20
SOURCES = {"seed.cradle.study_sources", "model.cradle.sources"}
FACTORS = "model.cradle.factors"


class Failure(NamedTuple):
    """A node of dbt that failed: what it judges and by which rule, what it says, and the rows that it found."""

    test: str
    kind: str
    seed: str
    column: str
    arguments: dict[str, Any]
    rule: str
    message: str
    rows: list[dict[str, Any]]


class Dbt:
    """dbt in this process, with one parse for all its runs."""

    def __init__(self, project: Path, folder: Path) -> None:
        """Parse the project, with all that dbt writes in the folder. Raises BuildError."""
        root = str(project)
        self.options = ["--project-dir", root, "--profiles-dir", root, "--target-path", str(folder / "target")]
        self.options += ["--log-path", str(folder / "logs")]
        # dbt holds the parse of the last build against the files and reads what differs, in 3 s instead of 10
        last = paths.dbt_target(project) / "partial_parse.msgpack"
        spared = ["--partial-parse-file-path", str(last)] if last.is_file() else []
        self.manifest = None
        self.manifest = self._invoke(["parse", *self.options, *spared]).result

    def steps(self, seeds: list[str], anew: bool, cited: bool) -> list[list[str]]:
        """The runs that try these seeds out: seeds with their own tests, models, tests of the models.

        `anew` makes all seeds and models and not only what these seeds reach; `cited` says that a change of the
        sources may reach factors.
        """
        self.manifest.build_parent_and_child_maps()
        reached = self._reached([f"seed.cradle.{seed}" for seed in seeds], past_sources=anew or cited)
        nodes = [self.manifest.nodes[name] for name in sorted(reached) if name in self.manifest.nodes]
        tests = [node for node in nodes if node.resource_type == "test"]
        alone = {test.name for test in tests if all(name.startswith("seed.") for name in test.depends_on.nodes)}
        loaded = ["resource_type:seed"] if anew else [self._only(f"seed.cradle.{seed}") for seed in seeds]
        models = [node.unique_id for node in nodes if node.resource_type == "model"]
        made = ["resource_type:model"] if anew else [self._only(model) for model in models]
        judged = sorted({test.name for test in tests} - alone)
        steps = [
            ["build", "--indirect-selection", "empty", "--select", *loaded, *sorted(alone)],
            ["build", "--indirect-selection", "empty", "--select", *made],
            ["test", "--select", *judged],
        ]
        return [[*step, "--exclude-resource-type", "unit_test"] for step in steps if step[-1] != "--select"]

    def _only(self, node: str) -> str:
        """The selector of this node alone: to dbt a bare `service_models` is the folder with all of its tests too."""
        return "fqn:" + ".".join(self.manifest.nodes[node].fqn)

    def _reached(self, start: list[str], past_sources: bool) -> set[str]:
        """The nodes that depend on others; sources reach factors only where a source of theirs changed."""
        of_factors, waiting = {FACTORS}, [FACTORS]
        while waiting:
            for parent in self.manifest.parent_map.get(waiting.pop(), []):
                if parent not in of_factors:
                    of_factors.add(parent)
                    waiting.append(parent)
        reached, waiting = set(start), list(start)
        while waiting:
            node = waiting.pop()
            for child in self.manifest.child_map.get(node, []):
                if node in SOURCES and child in of_factors - SOURCES and not past_sources:
                    continue
                if child not in reached:
                    reached.add(child)
                    waiting.append(child)
        return reached

    def run(self, step: list[str], work: Path) -> list[Failure]:
        """Do one step; returns what failed in it. Raises BuildError where dbt does not start."""
        done = self._invoke([*step, *self.options])
        results = getattr(done.result, "results", None) or []
        failed = [result for result in results if result.status in FAILED]
        if not done.success and not failed:
            raise _not_started(done)
        self.close()
        return [_failure(result, work) for result in failed]

    def _invoke(self, arguments: list[str]) -> Any:
        from dbt.cli.main import dbtRunner

        quiet = [
            "--log-level",
            "none",
            "--log-level-file",
            "none",
            "--no-write-json",
            "--no-send-anonymous-usage-stats",
        ]
        done = dbtRunner(manifest=self.manifest).invoke([*quiet, *arguments])
        if isinstance(done.exception, KeyboardInterrupt):
            raise KeyboardInterrupt
        if arguments[0] == "parse" and not done.success:
            raise _not_started(done)
        return done

    def close(self) -> None:
        """Let go of the database: dbt keeps its connection for the next run in the same process."""
        from cradle.build import _close_connections

        _close_connections()


_SEE_WHY = "mend the file that is named; `git diff -- seeds models` shows what is not as it was published"


def _not_started(done: Any) -> BuildError:
    text = " ".join(str(done.exception or "dbt gave no reason").split())
    return BuildError("the seeds cannot be tried out: dbt does not start on them", got=text[:600], todo=_SEE_WHY)


def _failure(result: Any, work: Path) -> Failure:
    node = result.node
    is_test = node.resource_type == "test"
    judged = (getattr(node, "attached_node", None) or node.unique_id).split(".")[2]
    return Failure(
        test=node.name,
        kind=node.test_metadata.name if is_test and getattr(node, "test_metadata", None) else node.resource_type,
        seed=judged,
        column=getattr(node, "column_name", None) or "",
        arguments=dict(node.test_metadata.kwargs) if is_test and getattr(node, "test_metadata", None) else {},
        rule=_rule(node.raw_code) if is_test else "",
        message=" ".join((result.message or "").split())[:600],
        rows=_rows(node.compiled_code, work) if is_test and result.status == "fail" else [],
    )


def _rule(code: str) -> str:
    """The comment at the beginning of a test: the rule in words."""
    lines = code.strip().splitlines()
    comment = [
        line.removeprefix("--").strip() for line in lines[: next((i for i, x in enumerate(lines) if x[:2] != "--"), 0)]
    ]
    return " ".join(comment)


def _rows(query: str, work: Path) -> list[dict[str, Any]]:
    import duckdb

    with duckdb.connect(str(work), read_only=True) as con:
        try:
            found = con.execute(f"select * from ({query}) limit {MOST_ROWS}")
        except duckdb.Error:  # the rows are a help, not the finding
            return []
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
