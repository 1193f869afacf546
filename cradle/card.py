"""A model card of a training scenario as Markdown, from marts.model_cards."""

import re
from itertools import groupby
from pathlib import Path
from typing import Any

from cradle.errors import CradleError
from cradle.near import near_names

CARDS = {"minimum": ("minimum",), "extended": ("minimum", "extended")}
_COLUMNS = (
    "scenario_title, field_no, question, answer_item, answer, value, unit, state, state_reason, answer_evidence,"
    " cited_sources, locator"
)
_HEAD = """\
# Model card ({card}): {title}

Scenario `{scenario}`. The questions are those of the {card} model card of Hershcovich et al. (2022), Towards Climate
Awareness in NLP Research, in words of our own. Each answer is computed from the marts, stated by a source, or missing.
"""
# said once: the card calls field 4 energy and prints watts as its unit
_NOTE = "Field 4 of the printed card asks for energy and gives watts as its unit: power and energy both stand here."


# what Markdown or HTML would take for a mark; within a word an underscore is none, and ids stay as they are
_MARKS = re.compile(r"[\\`*~<>&\[\]|]|(?<!\w)_+|_+(?!\w)")

# words of our own vocabulary, such as the unit item*h
_OF_CRADLE = ("unit", "state", "answer_item")


class CardError(CradleError):
    """A model card that cannot be written."""


def write(db: Path, scenario: str, card: str = "minimum") -> str:
    """The card as Markdown; `minimum` has five questions, `extended` all eleven.

    Raises CardError where the warehouse or its model cards are missing, or where the scenario trains nothing; the
    message names the training scenarios with the nearest ids.
    """
    if card not in CARDS:
        raise CardError(
            "there is no such card",
            where="--card",
            expected=" or ".join(CARDS),
            got=repr(card),
            todo=f"cradle card {scenario} --card extended",
        )
    rows = _read(db, scenario, CARDS[card])
    lines = [_HEAD.format(card=card, title=rows[0]["scenario_title"], scenario=_code(scenario))]
    for (number, question), answers in groupby(rows, key=lambda row: (row["field_no"], row["question"])):
        lines += [f"## {number}. {question}", ""]
        lines += [_NOTE, ""] if number == 4 else []
        lines += [_bullet(row) for row in answers] + [""]
    return "\n".join(lines)


def _read(db: Path, scenario: str, cards: tuple[str, ...]) -> list[dict[str, Any]]:
    import duckdb

    if not db.is_file():
        raise CardError("there is no warehouse to ask", where=str(db), todo="run `cradle build` first")
    try:
        with duckdb.connect(str(db), read_only=True) as con:
            found = con.execute(
                f"select {_COLUMNS} from marts.model_cards"
                " where scenario_id = ? and list_contains(?, card) order by position",
                [scenario, list(cards)],
            )
            names = [column[0] for column in found.description]
            rows = [
                {name: cell if name in _OF_CRADLE else _plain(cell) for name, cell in zip(names, row, strict=True)}
                for row in found.fetchall()
            ]
            known = [] if rows else con.execute("select distinct scenario_id from marts.model_cards").fetchall()
    except duckdb.Error as error:
        raise CardError(
            "the warehouse has no model cards", where=str(db), got=str(error), todo="run `cradle build` again"
        ) from None
    if not rows:
        raise _unknown(scenario, sorted(name for (name,) in known))
    return rows


def _plain(cell: Any) -> Any:
    """A text as one line that Markdown shows as it is; anything else is left alone."""
    if not isinstance(cell, str):
        return cell
    return _MARKS.sub(lambda found: "".join(f"\\{mark}" for mark in found[0]), " ".join(cell.split()))


def _code(text: str) -> str:
    """A text that stays within its code span."""
    return " ".join(text.replace("`", "'").split())


def _unknown(scenario: str, known: list[str]) -> CardError:
    near = near_names(scenario, known)
    return CardError(
        "no training scenario has this id",
        got=repr(scenario),
        expected=f"one of {len(known)}; near ones: {', '.join(near)}" if near else f"one of {len(known)}",
        todo='list them: cradle sql "select distinct scenario_id, scenario_title from marts.model_cards order by all"',
    )


def _bullet(row: dict[str, Any]) -> str:
    if row["state"] not in ("computed", "stated"):
        subject = row["answer_item"].replace("_", " ")
        return f"* {subject}: **{row['state'].replace('_', ' ')}** ({row['state_reason']})"
    amount = "" if row["value"] is None else f"{number(row['value'])} {row['unit']}"
    said = f"**{amount}**: {row['answer']}" if amount and row["answer"] else f"**{amount or row['answer']}**"
    origin = ", ".join(part for part in (row["answer_evidence"], row["cited_sources"], row["locator"]) if part)
    return f"* {said} ({'; '.join([row['state'], origin])})"


def number(value: float) -> str:
    """Six significant digits, thousands separated by commas, no exponent between 1e-4 and 1e15."""
    rounded = float(f"{value:.6g}")
    if rounded == 0 or not 1e-4 <= abs(rounded) < 1e15:
        return f"{rounded:.6g}"
    whole, _, fraction = f"{rounded:,.10f}".rstrip("0").partition(".")
    return f"{whole}.{fraction}" if fraction else whole
