"""A tree of a result as a Mermaid flow chart."""

from collections.abc import Iterator

from cradle.explain.text import number
from cradle.explain.tree import Node
from cradle.visible import visible

_SHOWN = ("total", "part", "stage", "cell", "amount", "term", "input", "factor")
# what would end a label or be read as HTML or Markdown
_ENTITIES = {ord(mark): f"#{ord(mark)};" for mark in '"#<>`[]{}|&;\\'}


def as_mermaid(trees: list[Node]) -> str:
    """`flowchart LR` with a box for each number; alternatives and corrections are left to the text and JSON forms."""
    lines = ["flowchart LR"]
    for position, tree in enumerate(trees):
        lines += _draw(tree, f"n{position}")
    return "\n".join(lines) + "\n"


def _draw(node: Node, key: str) -> Iterator[str]:
    per = f"/{node.facts['reference_unit']}" if "reference_unit" in node.facts else ""
    origin = node.facts.get("source_id", "") if node.kind in ("factor", "term", "input") else ""
    said = (node.name, f"{number(node.value)} {node.unit}{per}", origin)
    label = "<br>".join(visible(text).translate(_ENTITIES) for text in said if text)
    yield f'    {key}["{label}"]'
    shown = [child for child in node.children if child.kind in _SHOWN and child.value is not None]
    for index, child in enumerate(shown):
        below = f"{key}_{index}"
        yield from _draw(child, below)
        yield f"    {below} --> {key}"
