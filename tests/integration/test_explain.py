"""What `cradle explain` says is enough to compute the result again, without the warehouse."""

import json
import math

import pytest
from typer.testing import CliRunner

from cradle.cli import app, main
from cradle.explain import Question
from cradle.explain.write import write


def value_of(node: dict) -> float:
    """A parameter from its inputs alone, by the methods as docs and seeds describe them."""
    facts = node["facts"]
    if facts["method"] == "stated":
        return node["value"]
    inputs = [(value_of(child), child["facts"]["weight"]) for child in node["children"]]
    weighted = [value * weight for value, weight in inputs]
    match facts["method"]:
        case "product":
            return facts["constant"] * math.prod(value**weight for value, weight in inputs)
        case "sum":
            return facts["constant"] + sum(weighted)
        case "exponential":
            return facts["constant"] * math.exp(sum(weighted))
        case "ceiling":
            return math.ceil(round(facts["constant"] + sum(weighted), 9))
        case "next_power_of_two":
            return 2 ** math.ceil(math.log2(facts["constant"] + sum(weighted)) - 1e-12)
        case "minimum":
            return facts["constant"] + min(weighted)
        case "maximum":
            return facts["constant"] + max(weighted)


def cell_of(cell: dict) -> float:
    amount = next(child for child in cell["children"] if child["kind"] == "amount")
    factor = next(child for child in cell["children"] if child["kind"] == "factor")
    return math.prod(value_of(term) ** term["facts"]["weight"] for term in amount["children"]) * factor["value"]


@pytest.mark.parametrize(
    "scenario",
    ["sd_service_2025_open", "bloom_mlca", "ecologits_0_9_3_case_a", "luccioni_2023_bloom", "morrison_2025_olmo_2_7b"],
)
@pytest.mark.parametrize("view", ["location", "market"])
def test_each_result_comes_out_of_its_leaves(built_warehouse, scenario, view):
    checked = 0
    for tree in json.loads(write(built_warehouse, Question(scenario, category=None, view=view), "json")):
        total = 0.0
        for part in tree["children"]:
            for stage in part["children"]:
                cells = [cell_of(cell) for cell in stage["children"]]
                assert cells == pytest.approx([cell["value"] for cell in stage["children"]], rel=1e-12)
                assert sum(cells) == pytest.approx(stage["value"] or 0, rel=1e-12)
                total += sum(cells)
                checked += len(cells)
        assert total == pytest.approx(tree["value"], rel=1e-12)
    assert checked


def test_every_leaf_names_source_place_licence_and_the_hash_of_its_file(built_warehouse):
    def leaves(node):
        if node["kind"] == "factor" or (node["kind"] in ("term", "input") and node["facts"]["method"] == "stated"):
            yield node["facts"]
        for child in node["children"]:
            yield from leaves(child)

    trees = json.loads(write(built_warehouse, Question("sd_service_2025_open", category=None), "json"))
    found = [facts for tree in trees for facts in leaves(tree)]
    assert len(found) > 500
    for facts in found:
        assert {"source_id", "locator", "file_sha256", "licence_set", "source"} <= set(facts), facts


def test_a_part_and_a_stage_leave_the_rest_out(built_warehouse):
    (tree,) = json.loads(write(built_warehouse, Question("sd_service_2025_open", "inference", "use"), "json"))
    (part,) = tree["children"]
    assert part["name"] == "inference" and {stage["name"] for stage in part["children"]} == {"use"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sd_service_2025_opne"], "sd_service_2025_open"),
        (["bloom_mlac"], "near: bloom_mlca, "),
        (["xqzv"], "none is near\n"),
        (["sd_service_2025_open", "--part", "training2"], "training"),
        (["sd_service_2025_open", "--category", "gwp"], "GWP"),
        (["sd_service_2025_open", "--view", "green"], "location or market"),
        (["sd_service_2025_open", "--format", "xml"], "mermaid"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(built_warehouse, monkeypatch, capsys, words, said):
    monkeypatch.setenv("CRADLE_DB", str(built_warehouse))
    assert main(["explain", *words]) == 2
    shown = capsys.readouterr().err
    assert said in shown and "Traceback" not in shown


def test_the_command_writes_a_file(built_warehouse, monkeypatch, tmp_path):
    monkeypatch.setenv("CRADLE_DB", str(built_warehouse))
    words = ["explain", "bloom_mlca", "--format", "mermaid", "--output", str(tmp_path / "tree.mmd")]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert (tmp_path / "tree.mmd").read_text(encoding="utf-8").startswith("flowchart LR\n")
