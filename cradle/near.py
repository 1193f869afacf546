"""Names near one that is not there."""

import difflib
import re
from collections.abc import Iterable

_LEAST = 0.6  # of 1: below it a name is a guess


def near_names(asked: str, known: Iterable[str], most: int = 5) -> list[str]:
    """The names most like the one asked for, the nearest first; none where none is near.

    A name is near if it holds the text, if it is written alike, or if its words are.
    """
    scored = [(_likeness(asked.casefold(), name.casefold()), name) for name in known]
    return [name for score, name in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= _LEAST][:most]


def _likeness(asked: str, name: str) -> float:
    whole = _ratio(asked, name)
    if len(asked) >= 3 and asked in name:
        whole = max(whole, 0.9)
    words, others = re.findall(r"[^\W_]+", asked), re.findall(r"[^\W_]+", name)
    if not words or not others:
        return whole
    by_word = sum(max(_ratio(word, other) for other in others) for word in words) / len(words)
    return max(whole, 0.95 * by_word)


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
