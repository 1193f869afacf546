"""What a user may ask to have explained, and the rows of the marts that answer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cradle.errors import CradleError
from cradle.near import near_names
from cradle.visible import visible

Row = dict[str, Any]


class ExplainError(CradleError):
    """A result that cannot be explained."""


@dataclass(frozen=True)
class Question:
    """One scenario in one electricity view (location or market), whole or by part, stage and impact category."""

    scenario: str
    part: str | None = None
    stage: str | None = None
    category: str | None = "GWP"
    view: str = "location"


@dataclass(frozen=True)
class Answer:
    """Totals of the view, the cells of parts and stages in it, and the nodes below each modelled cell."""

    totals: list[Row]
    cells: list[Row]
    nodes: list[Row]
    sources: dict[str, Row]


_CELL = "service_part, life_cycle_stage, impact_category, electricity_basis"


def ask(db: Path, question: Question) -> Answer:
    """The rows that answer.

    Raises ExplainError where there is no warehouse, it holds no explanations, or a name is not in the vocabulary; the
    message names the nearest that are.
    """
    import duckdb

    if not db.is_file():
        raise ExplainError("there is no warehouse to ask", where=str(db), todo="run `cradle build` first")
    try:
        with duckdb.connect(str(db), read_only=True) as con:
            _check(con, question)
            return _answer(con, question)
    except duckdb.Error as error:
        raise ExplainError(
            "the warehouse has no explanations", where=str(db), got=str(error), todo="run `cradle build` again"
        ) from None


def _answer(con: Any, question: Question) -> Answer:
    asked = {
        "scenario_id": question.scenario,
        "service_part": question.part,
        "life_cycle_stage": question.stage,
        "impact_category": question.category,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    where = " and ".join(f"{name} = ?" for name in given)
    of_view = f"{where} and electricity_basis in (?, 'not_applicable')"
    values = list(given.values())
    only_total = {name: given[name] for name in ("scenario_id", "impact_category") if name in given}
    return Answer(
        totals=_rows(
            con,
            "select * from marts.impact_totals where "
            + " and ".join(f"{name} = ?" for name in only_total)
            + " and electricity_view = ? order by impact_category",
            [*only_total.values(), question.view],
        ),
        cells=_rows(
            con,
            f"select {_CELL}, state, state_reason, completeness, flows_modelled, flows_expected, value, unit"
            f" from marts.impacts_by_part_stage_category where {of_view} order by {_CELL}",
            [*values, question.view],
        ),
        nodes=_rows(
            con,
            f"select * from marts.explanations where {of_view} order by {_CELL}, flow_id, path",
            [*values, question.view],
        ),
        sources={
            row["source_id"]: row
            for row in _rows(
                con, "select source_id, title, version, landing_page, licence_id, licence_name from marts.sources", []
            )
        },
    )


def _rows(con: Any, query: str, values: list[str]) -> list[Row]:
    found = con.execute(query, values)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _check(con: Any, question: Question) -> None:
    if question.view not in ("location", "market"):
        raise ExplainError(
            "there is no such view",
            where="--view",
            expected="location or market",
            got=question.view,
            todo=f"cradle explain {question.scenario} --view location",
        )
    for value, column, option, table in (
        (question.scenario, "scenario_id", "SCENARIO", "marts.impact_totals"),
        (question.part, "service_part", "--part", "marts.impacts_by_part_stage_category"),
        (question.stage, "life_cycle_stage", "--stage", "marts.impacts_by_part_stage_category"),
        (question.category, "impact_category", "--category", "marts.impact_totals"),
    ):
        if value is None:
            continue
        known = sorted(row[0] for row in con.execute(f"select distinct {column} from {table}").fetchall())
        if value in known:
            continue
        near = near_names(value, known)
        few = len(known) <= 30
        names = ", ".join(visible(name) for name in (known if few else near))
        raise ExplainError(
            f"there is no such {column.removesuffix('_id').replace('_', ' ')}",
            where=option,
            expected=f"one of {len(known)}" + ((": " if few else "; near: ") + names if names else "; none is near"),
            got=repr(value),
            todo=f'list them: cradle sql "select distinct {column} from {table} order by all"',
        )
