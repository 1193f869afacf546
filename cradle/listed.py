"""Names in a sentence."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int) -> str:
    """The names, after `most` of them how many more there are: `a, b and 4 more`."""
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")
