"""A result explained as text, JSON or Mermaid."""

import json
from dataclasses import asdict
from pathlib import Path

from cradle.explain.ask import ExplainError, Question
from cradle.explain.mermaid import as_mermaid
from cradle.explain.text import as_text
from cradle.explain.tree import explain
from cradle.visible import visible_json

FORMATS = ("text", "json", "mermaid")


def write(db: Path, question: Question, form: str = "text", short: bool = False) -> str:
    """The trees of the question in one of FORMATS; `short` leaves alternatives out of the text.

    Raises ExplainError where the form, the warehouse or a name of the question is not there.
    """
    if form not in FORMATS:
        raise ExplainError(
            "there is no such form",
            where="--format",
            expected=", ".join(FORMATS),
            got=repr(form),
            todo=f"cradle explain {question.scenario} --format text",
        )
    trees = explain(db, question)
    if form == "json":
        text = json.dumps([asdict(tree) for tree in trees], indent=2, ensure_ascii=False, default=str)
        return visible_json(text) + "\n"
    if form == "mermaid":
        return as_mermaid(trees)
    return "\n".join(as_text(tree, with_alternatives=not short) for tree in trees)
