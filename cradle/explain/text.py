"""A tree of a result as lines of text."""

from collections.abc import Iterator

from cradle.explain.tree import Node
from cradle.visible import visible

_MULTIPLIED = ("product", "exponential")


def as_text(tree: Node, with_alternatives: bool = True) -> str:
    """The tree with a line a node, and below it where the number comes from.

    What is not modelled is listed after it, by part and stage, with its reason.
    """
    lines = [_total(tree)]
    modelled = [part for part in tree.children if part.value is not None]
    seen: set[str] = set()
    for index, part in enumerate(modelled):
        lines += _branch(part, "", index == len(modelled) - 1, with_alternatives, seen)
    # what sources print stands within a line, whatever it holds
    return "\n".join(visible(line) for line in [*lines, *_not_modelled(tree)]) + "\n"


def number(value: float | None) -> str:
    """Six significant digits, with thousands apart; a dash where there is no number."""
    if value is None:
        return "-"
    return f"{value:,.6g}" if value == 0 or 1e-3 <= abs(value) < 1e6 else f"{value:.6g}"


def _total(tree: Node) -> str:
    facts = tree.facts
    whole = "complete" if facts["completeness"] == "complete" else f"{facts['completeness']}: of the modelled part"
    return (
        f"{facts['scenario_id']}  {tree.name} ({facts['electricity_view']} view):"
        f" {number(tree.value)} {tree.unit}  [{whole}, {facts['flows_modelled']} of {facts['flows_expected']} cells]"
    )


def _branch(node: Node, indent: str, is_last: bool, with_alternatives: bool, seen: set[str]) -> Iterator[str]:
    children = [
        child
        for child in node.children
        if (child.value is not None or child.kind == "correction")
        and (with_alternatives or child.kind != "alternative")
    ]
    first, *rest = _said(node)
    if node.kind in ("term", "input") and children:
        # one scenario: the same name is the same number, made of the same inputs
        if node.name in seen:
            first, children = f"{first}  (taken apart above)", []
        seen.add(node.name)
    yield f"{indent}{'└─ ' if is_last else '├─ '}{first}"
    below = indent + ("   " if is_last else "│  ")
    for line in rest:
        yield f"{below}{'│  ' if children else '   '}{line}"
    for index, child in enumerate(children):
        yield from _branch(child, below, index == len(children) - 1, with_alternatives, seen)


def _said(node: Node) -> list[str]:
    facts = node.facts
    match node.kind:
        case "cell":
            amount = next(child for child in node.children if child.kind == "amount")
            factor = next(child for child in node.children if child.kind == "factor")
            return [
                f"{node.name}: {number(node.value)} {node.unit} = {number(amount.value)} {amount.unit}"
                f" x {number(factor.value)} {_per(factor)}"
            ]
        case "amount":
            return [f"amount: {number(node.value)} {node.unit}  {facts.get('node_title', '')}", *_origin(node)]
        case "term" | "input":
            return [_parameter(node), *(_origin(node) if facts["method"] == "stated" else [])]
        case "factor":
            why = [f"why: {facts['node_reason']}"] if "node_reason" in facts else []
            return [f"factor: {number(node.value)} {_per(node)}  {node.name}", *_origin(node), *why]
        case "alternative":
            why_not = f"  (not eligible: {facts['node_reason']})" if "node_reason" in facts else ""
            return [f"another source: {number(node.value)} {_per(node)}  {node.name}{why_not}"]
        case "correction":
            return [f"correction {node.name}: {facts['method']} of {facts['node_title']}: {facts['node_reason']}"]
        case _:
            return [f"{node.name}: {number(node.value)} {node.unit}"]


def _parameter(node: Node) -> str:
    facts = node.facts
    weight = facts.get("weight", 1)
    power = "" if weight == 1 else f"  (weight or power {number(weight)})"
    if facts["method"] == "stated":
        printed = f'  printed "{facts["as_printed"]}"' if "as_printed" in facts else ""
        return f"{node.name} = {_amount(node)}{power}{printed}"
    constant = facts["constant"]
    neutral = 1 if facts["method"] in _MULTIPLIED else 0
    of = "" if constant == neutral else f", constant {number(constant)}"
    return f"{node.name} = {_amount(node)}{power}  derived: {facts['method']}{of}"


def _amount(node: Node) -> str:
    return number(node.value) if node.unit == "1" else f"{number(node.value)} {node.unit}"


def _per(node: Node) -> str:
    return f"{node.unit}/{node.facts['reference_unit']}"


def _origin(node: Node) -> list[str]:
    facts = node.facts
    if "source_id" not in facts:
        return []
    file = facts.get("file_path")
    at = f"; {file} row {facts.get('row_number', '?')}, SHA-256 {facts.get('file_sha256', '')[:12]}" if file else ""
    licence = f"; {facts['licence_set']}" if "licence_set" in facts else ""
    return [f"from {facts['source_id']}: {facts.get('locator', 'no place given')}{at}{licence}"]


def _not_modelled(tree: Node) -> list[str]:
    missing = [
        f"  {part.name}, {stage.name}: {stage.facts['state']} ({stage.facts.get('state_reason', 'no reason given')})"
        for part in tree.children
        for stage in part.children
        if stage.facts["state"] not in ("modelled", "not_applicable")
    ]
    incomplete = [
        f"  {part.name}, {stage.name}: {stage.facts['flows_modelled']} of {stage.facts['flows_expected']} flows"
        for part in tree.children
        for stage in part.children
        if stage.facts["state"] == "modelled" and stage.facts["completeness"] == "partial"
    ]
    return [
        *(["", "modelled in part:", *incomplete] if incomplete else []),
        *(["", "not in the number:", *missing] if missing else []),
    ]
