"""The forms of a tree, on a small one written here."""

import json
import re
from dataclasses import asdict

import pytest

from cradle.explain.mermaid import as_mermaid
from cradle.explain.text import as_text, number
from cradle.explain.tree import Node
from cradle.visible import visible_json


def tree() -> Node:
    stated = {"method": "stated", "source_id": "paper", "locator": "p. 3", "as_printed": "10 W", "weight": 1.0}
    hours = Node("input", "hours", 2.0, "h", {**stated, "as_printed": "2"})
    energy = Node("term", "energy", 20.0, "kWh", {"method": "product", "constant": 1.0, "weight": 1.0}, [hours])
    again = Node("term", "energy", 20.0, "kWh", {"method": "product", "constant": 1.0, "weight": 1.0}, [hours])
    amount = Node("amount", "electricity", 20.0, "kWh", {"node_title": "Electricity"}, [energy])
    factor = Node(
        "factor",
        "maker:grid",
        0.5,
        "kgCO2e",
        {"reference_unit": "kWh", "source_id": "maker", "locator": "row 1", "node_reason": "rule 1"},
        [
            Node("alternative", "other:grid", 0.7, "kgCO2e", {"reference_unit": "kWh"}),
            Node("correction", "mended", None, None, {"method": "set_value", "node_title": "x: y", "node_reason": "z"}),
        ],
    )
    other = Node("amount", "electricity", 20.0, "kWh", {"node_title": "More"}, [again])
    cells = [
        Node("cell", "s.one", 10.0, "kgCO2e", {}, [amount, factor]),
        Node("cell", "s.two", 10.0, "kgCO2e", {}, [other, factor]),
    ]
    use = Node(
        "stage", "use", 20.0, "kgCO2e", {"state": "modelled", "completeness": "partial", "flows_modelled": 2,
        "flows_expected": 3}, cells,
    )  # fmt: skip
    making = Node("stage", "manufacturing", None, "kgCO2e", {"state": "not_modelled", "state_reason": "no factor"})
    part = Node("part", "inference", 20.0, "kgCO2e", {}, [making, use])
    facts = {"scenario_id": "s", "electricity_view": "location", "completeness": "partial"}
    return Node("total", "GWP", 20.0, "kgCO2e", {**facts, "flows_modelled": 2, "flows_expected": 5}, [part])


def test_the_text_names_each_number_its_source_and_what_is_missing():
    text = as_text(tree())
    assert "s  GWP (location view): 20 kgCO2e  [partial: of the modelled part, 2 of 5 cells]" in text
    assert "s.one: 10 kgCO2e = 20 kWh x 0.5 kgCO2e/kWh" in text
    assert 'hours = 2 h  printed "2"' in text and "from paper: p. 3" in text
    assert "another source: 0.7 kgCO2e/kWh  other:grid" in text
    assert "correction mended: set_value of x: y: z" in text
    assert "inference, use: 2 of 3 flows" in text
    assert "inference, manufacturing: not_modelled (no factor)" in text


def test_a_derived_parameter_is_taken_apart_once():
    assert as_text(tree()).count("hours = ") == 1
    assert "(taken apart above)" in as_text(tree())


def test_short_text_leaves_other_sources_out():
    assert "another source" not in as_text(tree(), with_alternatives=False)


def test_a_chart_has_each_node_once_and_arrows_to_nodes_that_are_there():
    lines = as_mermaid([tree(), tree()]).splitlines()
    boxes = [re.match(r' +(\w+)\["', line)[1] for line in lines if '["' in line]
    arrows = [line.split("-->") for line in lines if "-->" in line]
    assert len(boxes) == len(set(boxes)) and len(arrows) == len(boxes) - 2
    assert {end.strip() for arrow in arrows for end in arrow} <= set(boxes)


def test_a_name_cannot_break_out_of_its_box():
    hostile = tree()
    hostile.name = 'x"] --> y; <script>`#'
    box = as_mermaid([hostile]).splitlines()[1]
    assert box.count('"') == 2 and "<script>" not in box and "`" not in box


HOSTILE = "p. 3\x1b[2J\r\n├─ total: 0 kg\x9b31m\u202eend\x00"


def of_a_hostile_source() -> Node:
    """Every text of every node from a source that means no good."""

    def spoilt(node: Node) -> Node:
        facts = {name: fact + HOSTILE if isinstance(fact, str) else fact for name, fact in node.facts.items()}
        kept = {name: node.facts[name] for name in ("method", "state", "completeness") if name in node.facts}
        children = [spoilt(child) for child in node.children]
        return Node(node.kind, node.name + HOSTILE, node.value, node.unit, facts | kept, children)

    return spoilt(tree())


def test_what_a_source_prints_stays_within_its_line_and_steers_no_terminal():
    plain, spoilt = as_text(tree()).splitlines(), as_text(of_a_hostile_source()).split("\n")[:-1]
    assert len(plain) == len(spoilt)
    assert all(line.isprintable() for line in spoilt)
    assert r"p. 3\x1b[2J\r\n├─ total: 0 kg\x9b31m\u202eend\x00" in "\n".join(spoilt)


def test_a_chart_of_a_hostile_source_has_the_same_boxes():
    lines = as_mermaid([of_a_hostile_source()]).split("\n")
    assert len(lines) == len(as_mermaid([tree()]).split("\n"))
    assert all(line.isprintable() for line in lines)
    assert all(re.fullmatch(r'flowchart LR| +n\w+\["[^"]*"\]| +n\w+ --> n\w+|', line) for line in lines)


def test_json_of_a_hostile_source_is_printable_and_the_same_text():
    text = visible_json(json.dumps([asdict(of_a_hostile_source())], indent=2, ensure_ascii=False))
    assert all(line.isprintable() for line in text.split("\n"))
    assert json.loads(text) == [asdict(of_a_hostile_source())]
    assert json.loads(visible_json(json.dumps("\U000e0001é", ensure_ascii=False))) == "\U000e0001é"


def test_json_holds_the_whole_tree():
    again = json.loads(json.dumps(asdict(tree())))
    assert again["children"][0]["children"][1]["children"][0]["children"][1]["children"][0]["kind"] == "alternative"


@pytest.mark.parametrize(
    ("value", "text"), [(None, "-"), (0.0, "0"), (1234.5678, "1,234.57"), (1.5e8, "1.5e+08"), (0.00012, "0.00012")]
)
def test_numbers(value, text):
    assert number(value) == text
