"""What a check finds, and the rows of the seeds that it is about."""

import difflib
from pathlib import Path
from typing import Any, NamedTuple

from cradle.study import tables
from cradle.study.seed_file import Seed

# stops: the build would fail; gap: it passes and lacks something; to_do: a row that nobody has looked at yet
LEVELS = ("stops", "gap", "to_do")
# columns that say of which row a finding is, in the words of seeds and models
KEYS = (
    "parameter_id",
    "factor_id",
    "rule_id",
    "published_value_id",
    "scenario_id",
    "flow_id",
    "parameter_name",
    "geography_role",
    "model_id",
    "factor_set_id",
    "rank",
    "source_id",
    "functional_unit_id",
    "input_name",
)
MOST_PLACES = 8


class Finding(NamedTuple):
    """One thing that a check found; `where` are places as `file:line`."""

    level: str
    what: str
    where: list[str] = []  # noqa: RUF012 (a NamedTuple copies nothing, and nobody adds to it)
    expected: str = ""
    got: str = ""
    todo: str = ""


class Places:
    """The rows of all seeds by what they hold, to find those that a finding is about."""

    def __init__(self, seeds: dict[str, Seed], parents: dict[str, list[str]]) -> None:
        """Take the seeds by name and the parents of each scenario, the nearest first."""
        self.seeds, self.parents = seeds, parents

    def of_cell(self, seed: str, column: str, text: str) -> list[str]:
        """The rows of a seed that hold this text in this column."""
        return [
            self.seeds[seed].where(row) for row in self.seeds[seed].rows if row.cells.get(column) == text
        ][:MOST_PLACES]

    def of_row(self, found: dict[str, Any], prefer: str = "") -> list[str]:
        """The rows that hold the most of what a finding names; those of `prefer` first. Empty where none does."""
        keys = {name: _as_text(found[name]) for name in KEYS if found.get(name) is not None}
        scenario = keys.get("scenario_id", "")
        for name in [scenario, *self.parents.get(scenario, [])]:
            places = self._best(keys | ({"scenario_id": name} if name else {}), prefer)
            if places:
                return places
        return []

    def stated(self, scenario_id: str, parameter_name: str) -> list[str]:
        """Where a scenario or the nearest of its parents states a parameter."""
        for name in [scenario_id, *self.parents.get(scenario_id, [])]:
            for row in self.seeds["parameters"].rows:
                if (row.cells["scenario_id"], row.cells["parameter_name"]) == (name, parameter_name):
                    return [self.seeds["parameters"].where(row)]
        return []

    def _best(self, keys: dict[str, str], prefer: str) -> list[str]:
        best: list[str] = []
        most = 1 if len(keys) > 1 else 0  # of several names one alone is on too many rows to help
        names = sorted(self.seeds, key=lambda name: name != prefer)
        for name in names:
            shared = [key for key in keys if key in self.seeds[name].columns]
            if len(shared) > most:
                rows = [row for row in self.seeds[name].rows if all(row.cells[key] == keys[key] for key in shared)]
                if rows:
                    best, most = [self.seeds[name].where(row) for row in rows[:MOST_PLACES]], len(shared)
        if not best and "flow_id" in keys:
            best = self.of_cell("flows", "flow_id", keys["flow_id"])
        return best


def near(text: str, known: list[str]) -> str:
    """`such as a, b` where something known is spelt nearly like this text."""
    found = difflib.get_close_matches(text, sorted(set(known)), n=3)
    return f"such as {', '.join(found)}" if found else ""


def name_of(path: str | Path) -> str:
    """The name under which dbt knows a seed."""
    return Path(path).stem


STUDY_SEEDS = [name_of(table.path) for table in (*tables.ALL, *tables.ADDED_BY_HAND)]


def _as_text(value: Any) -> str:
    return str(value)
