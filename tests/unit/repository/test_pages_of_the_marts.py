"""The pages of the marts and the glossary say what the YAML says, name what is there, and are up to date."""

import re

import pytest

from cradle.dictionary import DictionaryError, Field, glossary, load, mart_pages, unit_among
from cradle.dictionary.lineage import Lineage
from cradle.dictionary.marts import load_marts, load_questions, load_topics
from cradle.paths import PROJECT_ROOT


@pytest.fixture(scope="module")
def pages():
    return mart_pages.all_pages(load())


@pytest.fixture(scope="module")
def terms():
    return glossary.load()


def test_each_mart_has_its_page_and_it_is_up_to_date(pages):
    written = {file: file.read_text(encoding="utf-8") for file in mart_pages.FOLDER.glob("*.md")}
    assert sorted(file.name for file in written) == sorted(file.name for file in pages)
    assert [file.name for file, text in pages.items() if written[file] != text] == [], "stale: run `make docs`"


def test_every_mart_and_column_is_on_a_page_with_key_and_licence(models, pages):
    marts = [node for node in models if "marts" in node.file.parts]
    assert len(marts) == len(pages) - 1
    for node in marts:
        text = pages[mart_pages.FOLDER / f"{node.name}.md"]
        listed = re.findall(r"^\| `(\w+)` \| (\w+) \|", text, re.MULTILINE)
        assert listed == [(column["name"], column["data_type"]) for column in node.columns]
        assert re.search(r"^\| grain \| one row an? ", text, re.MULTILINE), node.name
        assert re.search(r"^\| key \| `", text, re.MULTILINE), node.name
        assert re.search(r"^\| licence column \| (`|none: )", text, re.MULTILINE), node.name


def test_every_mart_answers_a_question_and_has_a_topic():
    marts = load_marts()
    assert {name for entry in load_questions() for name in entry.marts} == set(marts)
    assert {mart.topic for mart in marts.values()} == set(load_topics())


def test_every_link_of_the_pages_leads_somewhere(pages):
    everything = {**pages, glossary.PAGE: glossary.page(glossary.load())}
    for file, text in everything.items():
        anchors = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
        for target in re.findall(r"\]\(([^)]+)\)", text):
            if target.startswith("#"):
                assert re.sub(r"[^\w-]", "", target) in {re.sub(r"[^\w-]", "", anchor) for anchor in anchors}, target
            else:
                assert (file.parent / target).exists(), f"{file.name}: {target}"


def test_lineage_follows_models_that_put_names_together():
    lineage = Lineage()
    assert lineage.origins("measured_energy").datasets == ("power",)
    assert {"hubblo_gpu", "ademe_base_carbone", "user_inventory"} <= set(lineage.origins("factors").datasets)
    assert "impacts" in lineage.origins("impact_totals").marts_read
    assert len(lineage.origins("sources").datasets) == len(list((PROJECT_ROOT / "ingest").glob("*/source.yml")))
    assert "reference_tables" not in lineage.origins("accelerators").datasets


@pytest.mark.parametrize(
    ("unit", "columns", "here"),
    [
        ("kWh", {"unit"}, "kWh"),
        (None, {"unit"}, None),
        ("in unit, or amount_unit per reference_unit", {"unit"}, "in unit"),
        ("in unit, or amount_unit per reference_unit", {"amount_unit"}, "in amount_unit per reference_unit"),
        ("in unit, or amount_unit per reference_unit", {"x"}, "in unit, or amount_unit per reference_unit"),
    ],
)
def test_of_several_units_the_one_of_the_table_stays(unit, columns, here):
    assert unit_among(unit, columns) == here


def test_a_column_of_the_key_is_never_empty_on_its_page():
    mart = load_marts()["quarantine"]
    said = {field.name: field.null_meaning for field in mart.described(load())}
    assert said["source_id"] is None and said["column_name"]
    field = Field(name="x", description="X.", unit=None, null_meaning="any")
    [described] = mart.__class__("m", "t", "M.", "one row an x", ("x",), (("x", "string"),)).described({"x": field})
    assert described.null_meaning is None


def test_the_glossary_page_is_up_to_date(terms):
    assert glossary.PAGE.read_text(encoding="utf-8") == glossary.page(terms), "stale: run `make docs`"


def test_each_term_names_places_that_are_there(terms):
    marts = load_marts()
    missing = []
    for term in terms:
        for place in term.in_cradle:
            mart, _, column = place.partition(".")
            if "/" in place:
                there = (PROJECT_ROOT / place).exists()
            else:
                there = mart in marts and (not column or column in dict(marts[mart].columns))
            missing += [] if there else [f"{term.term}: {place}"]
    assert missing == []


def test_the_words_of_the_field_are_there(terms):
    names = {name.casefold() for term in terms for name in (term.term, *term.also)}
    assert names >= {
        *("functional unit", "system boundary", "allocation", "characterisation", "midpoint", "cradle-to-gate"),
        *("gwp100", "adpe", "pe", "location-based", "market-based", "amortisation", "pue", "wue", "embodied"),
        *("operational", "cut-off", "pedigree", "warehouse", "mart", "grain", "key", "null", "contract", "seed"),
        *("model", "lineage", "parquet", "view", "hash", "schema", "quarantine"),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {term: x, definition: none}", "does not follow the schema"),
        ("- [", "does not follow the schema"),
        ("- just text", "does not follow the schema"),
    ],
)
def test_a_bad_record_of_the_glossary_is_one_message(text, message, tmp_path):
    for part in glossary.PARTS:
        (tmp_path / f"{part}.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DictionaryError, match=message):
        glossary.load(tmp_path)


def test_a_term_that_comes_twice_is_refused(tmp_path):
    record = "- {term: TDP, definition: Heat., source: a sheet, in_cradle: [accelerators], confusion: power}\n"
    (tmp_path / "lca.yml").write_text(record, encoding="utf-8")
    (tmp_path / "data.yml").write_text(record.replace("TDP", "tdp"), encoding="utf-8")
    with pytest.raises(DictionaryError, match="twice"):
        glossary.load(tmp_path)
