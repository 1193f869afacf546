"""The field dictionary, the page made from it and the columns that models and seeds declare say the same."""

import re

from cradle import dictionary
from cradle.dictionary import source_pages
from cradle.paths import PROJECT_ROOT


def test_the_page_is_up_to_date():
    written = dictionary.PAGE.read_text(encoding="utf-8")
    assert written == dictionary.page(dictionary.load()), "docs/fields/fields.md is stale: run `make docs`"


def test_each_source_has_its_page_and_it_is_up_to_date():
    pages = source_pages.all_pages(dictionary.load())
    written = {file: file.read_text(encoding="utf-8") for file in source_pages.FOLDER.glob("*.md")}
    assert sorted(file.name for file in written) == sorted(file.name for file in pages)
    stale = [file.name for file, text in pages.items() if written[file] != text]
    assert stale == [], "docs/sources is stale: run `make docs`"


def test_every_column_of_a_source_has_a_meaning_on_its_page():
    pages = source_pages.all_pages(dictionary.load())
    blank = [
        f"{file.name}: {line}"
        for file, text in pages.items()
        for line in text.splitlines()
        if re.match(r"\| `[a-z0-9_]+` \|.*\|  \|  \|  \|$", line)
    ]
    assert blank == [], "add records to dictionary/<topic>.yml"


def test_every_column_has_the_description_of_its_own_name(nodes):
    wrong = [
        f"{node.file.name}: {node.name}.{column['name']} has {column.get('description')!r}"
        for node in nodes
        for column in node.columns
        if re.sub(r"\s", "", column.get("description") or "") != f"{{{{doc('{column['name']}')}}}}"
    ]
    assert wrong == []


def test_every_column_is_in_the_dictionary(nodes):
    known = dictionary.load()
    lacking = sorted({column["name"] for node in nodes for column in node.columns} - set(known))
    assert lacking == [], "add a record to dictionary/<topic>.yml"


def test_every_record_is_used():
    texts = [
        file.read_text(encoding="utf-8")
        for folder in ("models", "seeds")
        for file in (PROJECT_ROOT / folder).rglob("*.yml")
    ]
    used = set(re.findall(r"doc\(\s*['\"](\w+)['\"]\s*\)", "\n".join(texts)))
    used |= set(
        re.findall(r"^\| `(\w+)` \|", "\n".join(source_pages.all_pages(dictionary.load()).values()), re.MULTILINE)
    )
    assert sorted(set(dictionary.load()) - used) == [], "no column has these names: remove the records"
