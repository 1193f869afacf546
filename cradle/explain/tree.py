"""The tree of a result, from the total down to the numbers that sources print."""

from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from cradle.explain.ask import Answer, ExplainError, Question, Row, ask


@dataclass
class Node:
    """One number or statement: what it is, how much, where it comes from, and what it is made of.

    `value` is in `unit`, null where nothing is modelled; `facts` holds the columns of its row that are not null.
    """

    kind: str
    name: str
    value: float | None = None
    unit: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)


_OWN = ("node_kind", "node_name", "value", "unit")
_PLACE = (
    "scenario_id",
    "flow_id",
    "life_cycle_stage",
    "impact_category",
    "electricity_basis",
    "service_part",
    "path",
    "parent_path",
    "depth",
)


def explain(db: Path, question: Question) -> list[Node]:
    """A tree for each impact category asked for, with its parts, stages, cells, amounts, factors and sources.

    Raises ExplainError where the question cannot be asked of this warehouse or nothing of it is modelled anywhere.
    """
    answer = ask(db, question)
    trees = [_of_category(total, answer) for total in answer.totals]
    if question.category is None:
        trees = [tree for tree in trees if tree.facts["completeness"] != "none"]
    if not trees:
        raise ExplainError(
            "nothing of this scenario is modelled",
            got=question.scenario,
            todo='see why, cell by cell: cradle sql "select distinct service_part, state, state_reason'
            f" from marts.impacts_by_part_stage_category where scenario_id = '{question.scenario}' order by all\"",
        )
    return trees


def _of_category(total: Row, answer: Answer) -> Node:
    category = total["impact_category"]
    cells = [row for row in answer.cells if row["impact_category"] == category]
    below = {
        key: list(rows)
        for key, rows in groupby(
            (row for row in answer.nodes if row["impact_category"] == category),
            key=lambda row: (row["service_part"], row["life_cycle_stage"], row["electricity_basis"]),
        )
    }
    parts = [
        _with_sum(
            Node(
                "part",
                part,
                unit=total["unit"],
                children=[
                    _stage(row, below.get((part, row["life_cycle_stage"], row["electricity_basis"]), []), answer)
                    for row in rows
                ],
            )
        )
        for part, rows in groupby(cells, key=lambda row: row["service_part"])
    ]
    facts = {name: cell for name, cell in total.items() if cell is not None and name not in ("value", "unit")}
    return Node("total", category, total["value"], total["unit"], facts, parts)


def _with_sum(node: Node) -> Node:
    values = [child.value for child in node.children if child.value is not None]
    node.value = sum(values) if values else None
    return node


def _stage(row: Row, nodes: list[Row], answer: Answer) -> Node:
    facts = {
        name: row[name]
        for name in ("electricity_basis", "state", "state_reason", "completeness", "flows_modelled", "flows_expected")
        if row[name] is not None
    }
    flows = [_cell(list(rows), answer) for _, rows in groupby(nodes, key=lambda node: node["flow_id"])]
    flows.sort(key=lambda cell: (-abs(cell.value), cell.name))
    return Node("stage", row["life_cycle_stage"], row["value"], row["unit"], facts, flows)


def _cell(rows: list[Row], answer: Answer) -> Node:
    made = {row["path"]: _node(row, answer) for row in rows}
    for row in rows:
        if row["parent_path"] is not None:
            made[row["parent_path"]].children.append(made[row["path"]])
    return made["cell"]


def _node(row: Row, answer: Answer) -> Node:
    facts = {name: cell for name, cell in row.items() if cell is not None and name not in (*_OWN, *_PLACE)}
    source = answer.sources.get(row["source_id"])
    if source is not None:
        facts["source"] = {name: cell for name, cell in source.items() if cell is not None}
    return Node(row["node_kind"], row["node_name"], row["value"], row["unit"], facts)
