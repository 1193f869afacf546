"""The glossary: terms of LCA for engineers and of data for LCA people, in dictionary/glossary/<part>.yml."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from cradle.dictionary.fields import DictionaryError
from cradle.dictionary.yaml_file import read_yaml
from cradle.paths import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "dictionary" / "glossary"
PAGE = PROJECT_ROOT / "docs" / "glossary.md"
PARTS = {"lca": "Terms of life cycle assessment, for engineers", "data": "Terms of data work, for LCA people"}
_HEAD = "<!-- Written by `make docs` from dictionary/glossary/*.yml; change it there. -->"
_READING = """\
Definitions are in our own words; the source says where the term is defined bindingly. "In Cradle" names marts, columns
(`mart.column`) and pages where the thing is met. `cradle fields "functional unit"` answers on the command line."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, pattern=r"^[^\n]+$")]


class Term(BaseModel):
    """One term: `also` are other names and short forms; `in_cradle` are marts, `mart.column` or paths."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, pattern=r"^[^\n`|]+$")]
    also: tuple[str, ...] = ()
    definition: Line
    source: Line
    in_cradle: Annotated[tuple[str, ...], Field(min_length=1)]
    confusion: Line
    part: str = ""

    @property
    def slug(self) -> str:
        """The anchor of its heading, as GitHub makes it."""
        kept = "".join(mark for mark in self.term.lower() if mark.isalnum() or mark in " -_")
        return kept.replace(" ", "-")


def load(folder: Path = FOLDER) -> list[Term]:
    """Every term, by part and name. Raises DictionaryError for a bad record, and for a term that comes twice."""
    import yaml

    terms: list[Term] = []
    for part in PARTS:
        file = folder / f"{part}.yml"
        try:
            listed = read_yaml(file) or []
            found = TypeAdapter(list[Term]).validate_python([{**entry, "part": part} for entry in listed])
        except (yaml.YAMLError, ValidationError, TypeError) as error:
            raise DictionaryError(
                "a record of the glossary does not follow the schema",
                where=file.name,
                expected="term, also (or not), definition, source, in_cradle, confusion, each a line",
                got=str(error),
                todo="mend the record; its neighbours show the shape",
            ) from None
        terms += sorted(found, key=lambda term: term.term.casefold())
    names = [name.casefold() for term in terms for name in (term.term, *term.also)]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise DictionaryError(
            "a term stands twice in the glossary",
            where=str(folder),
            got=", ".join(doubled),
            todo="keep one record, or drop the second name under `also`",
        )
    return terms


def page(terms: list[Term]) -> str:
    """docs/glossary.md: an alphabetical list of links, then the terms of each part."""
    links = [f"[{term.term}](#{term.slug})" for term in sorted(terms, key=lambda term: term.term.casefold())]
    parts = [_HEAD, "# Glossary", "", _READING, "", " · ".join(links), ""]
    for part, title in PARTS.items():
        parts += [f"## {title}", ""]
        for term in terms:
            if term.part == part:
                parts += [*_entry(term), ""]
    return "\n".join(parts)


def _entry(term: Term) -> list[str]:
    also = f"Also: {', '.join(term.also)}. " if term.also else ""
    return [
        f"### {term.term}",
        "",
        f"{also}{term.definition}",
        "",
        f"* Not to be confused: {term.confusion}",
        f"* In Cradle: {', '.join(map(_link, term.in_cradle))}",
        f"* Source: {term.source}",
    ]


def _link(place: str) -> str:
    if "/" in place or place.endswith(".md"):
        target = place.removeprefix("docs/") if place.startswith("docs/") else f"../{place}"
        return f"[{place}]({target})"
    return f"[`{place}`](marts/{place.split('.')[0]}.md)"
