"""The pages of the marts: `docs/marts/<mart>.md`, one a mart with every column, and an index by question and topic."""

from pathlib import Path

from cradle.dictionary.fields import Field, unit_in_words
from cradle.dictionary.lineage import Lineage, Origins
from cradle.dictionary.markdown import table, write_pages
from cradle.dictionary.marts import Mart, load_marts, load_questions, load_topics
from cradle.paths import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "docs" / "marts"
HEAD = "<!-- Written by `make docs`; change dictionary/ or the YAML of the mart. -->"
_READING = """\
A mart is a table made to be asked. Each page says what one row is, the key, every column with type, unit and what an
empty cell means, and what the numbers rest on. The same stands in the comments of the warehouse, in `datapackage.json`
and in the sheet `data_dictionary` of the workbook. On the command line: `cradle fields value_low`,
`cradle fields impacts`. Words are explained in the [glossary](../glossary.md).

An empty cell is never 0. Units stand in the column that the table names, or with the column itself."""


def write(fields: dict[str, Field]) -> list[Path]:
    """Write all pages and remove those of marts that are gone; returns the files."""
    return write_pages(FOLDER, all_pages(fields))


def all_pages(fields: dict[str, Field]) -> dict[Path, str]:
    """The text of every page by its file."""
    marts, lineage = load_marts(), Lineage()
    pages = {FOLDER / f"{mart.name}.md": page(mart, fields, lineage) for mart in marts.values()}
    return {FOLDER / "README.md": index(marts), **pages}


def index(marts: dict[str, Mart]) -> str:
    """The marts by what is asked and by topic."""
    asked = [[entry.question, ", ".join(map(_link, entry.marts))] for entry in load_questions()]
    parts = [HEAD, "# Data dictionary", "", _READING, ""]
    parts += ["## By question", "", *table(["question", "marts"], asked), "", "## By topic", ""]
    for topic, title in load_topics().items():
        rows = [
            [_link(mart.name), mart.says, mart.grain, str(len(mart.columns))]
            for mart in marts.values()
            if mart.topic == topic
        ]
        parts += [f"### {title}", "", *table(["mart", "what it holds", "grain", "columns"], rows), ""]
    return "\n".join(parts)


def page(mart: Mart, fields: dict[str, Field], lineage: Lineage) -> str:
    """The page of one mart."""
    facts = table(["", ""], [["grain", mart.grain], ["key", _names(mart.key)], *_rests_on(mart, lineage)])
    rows = [
        [f"`{field.name}`", kind, unit_in_words(field.unit), field.null_meaning or "never", field.description]
        for field, (_, kind) in zip(mart.described(fields), mart.columns, strict=True)
    ]
    listed = table(["column", "type", "unit", "an empty cell means", "meaning"], rows)
    title = f"# `marts.{mart.name}`"
    return "\n".join([HEAD, title, "", mart.says, "", *facts, "", *listed, "", "[All marts](README.md)", ""])


def _rests_on(mart: Mart, lineage: Lineage) -> list[list[str]]:
    origins = lineage.origins(mart.name)
    licence = _names(mart.licence_columns) or "none: names and counts, or the source of the row says it"
    datasets = ", ".join(f"[{name}](../sources/{name}.md)" for name in origins.datasets)
    return [
        ["licence column", licence],
        ["reads the marts", ", ".join(map(_link, origins.marts_read)) or "none"],
        ["datasets that its numbers may rest on", datasets or "none"],
        ["hand-kept tables (seeds)", _seeds(origins)],
    ]


def _seeds(origins: Origins) -> str:
    through = len(origins.seeds) - len(origins.seeds_read)
    named = _names(origins.seeds_read)
    if not through:
        return named or "none"
    return f"{named}; {through} more through other models" if named else f"{through}, through other models"


def _names(names: "list[str] | tuple[str, ...]") -> str:
    return ", ".join(f"`{name}`" for name in names)


def _link(mart: str) -> str:
    return f"[{mart}]({mart}.md)"
