"""What a check finds, and the rows of the seeds that it is about."""

from pathlib import Path
from typing import Any, NamedTuple

from cradle.near import near_names
from cradle.study import tables
from cradle.study.seed_file import Row, Seed

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
        return [self.seeds[seed].where(row) for row in self.seeds[seed].rows if row.cells.get(column) == text][
            :MOST_PLACES
        ]

    def of_row(self, found: dict[str, Any], prefer: str = "") -> list[str]:
        """The rows that hold the most of what a finding names; those of `prefer` first. Empty where none does."""
        keys = {name: str(found[name]) for name in KEYS if found.get(name) is not None}
        scenario = keys.get("scenario_id", "")
        for name in [scenario, *self.parents.get(scenario, [])]:
            places = self._best(keys | ({"scenario_id": name} if name else {}), prefer)
            if places:
                return places
        return []

    def of_any_cell(self, column: str, text: str, prefer: str) -> list[str]:
        """The rows that hold this text in this column: of the seed that is judged, else of any."""
        if prefer in self.seeds and column in self.seeds[prefer].columns:
            return self.of_cell(prefer, column, text)
        found = [place for name in STUDY_SEEDS for place in self.of_cell(name, column, text)] if text else []
        return found[:MOST_PLACES]

    def names_of(self, model_id: str) -> dict[str, set[str]]:
        """The parameters that a model asks for, and those that it or one of its scenarios gives."""
        derived = {row.cells["parameter_name"] for row in self._of_model("derived_parameters", model_id)}
        terms = {row.cells["parameter_name"] for row in self._of_model("flow_terms", model_id)}
        inputs = {row.cells["input_name"] for row in self._of_model("derived_parameter_inputs", model_id)}
        stated = {row.cells["parameter_name"] for row in self._of_model("parameters", model_id)}
        return {"asked": derived | terms | inputs, "given": derived | stated}

    def of_parameter(self, model_id: str, name: str) -> list[str]:
        """Where the scenarios, flows and derivations of a model name a parameter."""
        return [
            self.seeds[seed].where(row)
            for seed in ("parameters", "flow_terms", "derived_parameters", "derived_parameter_inputs")
            for row in self._of_model(seed, model_id)
            if name in (row.cells["parameter_name"], row.cells.get("input_name"))
        ][:MOST_PLACES]

    def _of_model(self, seed: str, model_id: str) -> list[Row]:
        owner = {"parameters": ("scenario_id", "scenarios"), "flow_terms": ("flow_id", "flows")}.get(seed)
        if owner is None:
            return [row for row in self.seeds[seed].rows if row.cells["model_id"] == model_id]
        column, of = owner
        ids = {row.cells[column] for row in self.seeds[of].rows if row.cells["model_id"] == model_id}
        return [row for row in self.seeds[seed].rows if row.cells[column] in ids]

    def stated(self, scenario_id: str, parameter_name: str) -> list[str]:
        """Where a scenario or the nearest of its parents states a parameter."""
        seeds = [self.seeds[name_of(table.path)] for table in tables.OF_SCENARIOS if table.asked_for == "parameter"]
        for name in [scenario_id, *self.parents.get(scenario_id, [])]:
            for seed in seeds:
                for row in seed.rows:
                    if (row.cells["scenario_id"], row.cells["parameter_name"]) == (name, parameter_name):
                        return [seed.where(row)]
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
    found = near_names(text, set(known), 3)
    return f"such as {', '.join(found)}" if found else ""


def name_of(path: str | Path) -> str:
    """The name under which dbt knows a seed."""
    return Path(path).stem


STUDY_SEEDS = [name_of(table.path) for table in (*tables.ALL, *tables.ADDED_BY_HAND)]
