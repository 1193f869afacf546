"""Entries of a log, each from its first line to that of the next."""

import re
from collections.abc import Iterator


def entries(text: str, first: re.Pattern) -> Iterator[tuple[int, str]]:
    """Yield (number of the first line, text) of each entry; what stands before the first is none."""
    starts, line, before = [found.start() for found in first.finditer(text)], 1, 0
    for number, start in enumerate(starts):
        line += text.count("\n", before, start)
        before = start
        yield line, text[start : starts[number + 1] if number + 1 < len(starts) else len(text)]
