"""Text from sources, safe for a terminal."""

import unicodedata


def visible(text: str) -> str:
    """The text in one line: what breaks it, steers a terminal or turns the direction of reading is written out."""
    return "".join(mark if _is_shown(mark) else mark.encode("unicode_escape").decode() for mark in text)


def visible_lines(text: str) -> str:
    """The same for a text of several lines, which keeps its line breaks."""
    return "\n".join(visible(line) for line in text.split("\n"))


def visible_json(text: str) -> str:
    """The same JSON with such characters as escapes; json.dumps leaves those beyond ASCII as they are."""
    return "".join(mark if _is_shown(mark) or mark == "\n" else _escaped(mark) for mark in text)


def _is_shown(mark: str) -> bool:
    # to Python only the plain space is printable, not the no-break one that French puts before a colon
    return mark.isprintable() or unicodedata.category(mark) == "Zs"


def _escaped(mark: str) -> str:
    units = mark.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
