"""gpus.json: a list of flat objects, one a card."""

import json
from typing import TYPE_CHECKING, Any

from cradle.errors import ParseError
from ingest.hubblo_gpu.columns import CARDS, OPTIONAL_CARD_KEYS

if TYPE_CHECKING:
    import polars as pl

EXPECTED = "a list of objects, one a card"


def read_cards(text: str, where: str) -> "pl.DataFrame":
    """Return one row a card under our names, every value its own text; a key that is missing or null is null.

    Raises ParseError where the text is no JSON, no list of objects, or an object has other or nested keys.
    """
    import polars as pl

    try:
        listed = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)
    except ValueError as error:
        raise _refused("The file is not readable JSON", where, str(error)) from None
    if not isinstance(listed, list) or not listed:
        raise _refused("The file holds no cards", where, f"{type(listed).__name__} of {len(listed or ())}")
    needed = set(CARDS) - set(OPTIONAL_CARD_KEYS)
    for number, card in enumerate(listed, start=1):
        _refuse_other_keys(card, needed, f"{where}, object {number}")
    rows = {ours: [_text(card.get(theirs)) for card in listed] for theirs, ours in CARDS.items()}
    frame = pl.DataFrame(rows, schema=dict.fromkeys(CARDS.values(), pl.String))
    return frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"a key is there twice: {sorted(key for key in set(keys) if keys.count(key) > 1)}")
    return dict(pairs)


def _refuse_other_keys(card: Any, needed: set[str], where: str) -> None:
    if not isinstance(card, dict):
        raise _refused("An entry is no card", where, f"{type(card).__name__}: {str(card)[:40]}")
    unknown = sorted(set(card) - set(CARDS))
    missing = sorted(needed - set(card))
    nested = sorted(key for key, value in card.items() if isinstance(value, (list, dict, bool)))
    if unknown or missing or nested:
        got = [f"unknown key {key!r}" for key in unknown] + [f"no key {key!r}" for key in missing]
        got += [f"{key!r} is no text and no number" for key in nested]
        raise _refused("A card does not have the published keys", where, "; ".join(got))


def _text(value: Any) -> str | None:
    return None if value in (None, "") else value


def _refused(what: str, where: str, got: str) -> ParseError:
    return ParseError(
        what,
        where=where,
        expected=f"{EXPECTED}, with the keys {', '.join(CARDS)}",
        got=got,
        todo="download gpus.json again; if upstream changed its keys, name the new ones in columns.py",
    )
