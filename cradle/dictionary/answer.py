"""What `cradle fields` answers: what a column, a mart or a term is."""

import json
from dataclasses import dataclass
from typing import Any

from cradle.dictionary import fields, glossary
from cradle.dictionary.fields import DictionaryError, Field
from cradle.dictionary.glossary import Term
from cradle.dictionary.lineage import Lineage
from cradle.dictionary.marts import Mart, load_marts, load_topics
from cradle.listed import listed
from cradle.near import near_names

FORMS = ("text", "json")


@dataclass(frozen=True)
class Known:
    """All that has a name: columns, marts and terms."""

    fields: dict[str, Field]
    marts: dict[str, Mart]
    terms: dict[str, Term]

    @classmethod
    def read(cls) -> "Known":
        """From the files of the checkout; no warehouse is needed."""
        terms = {name.casefold(): term for term in glossary.load() for name in (term.term, *term.also)}
        return cls(fields.load(), load_marts(), terms)


def answer(name: str, form: str = "text") -> str:
    """What the name means, as text or JSON; for an empty one the list of marts.

    A name is a column, a mart, `mart.column` or a term of the glossary. Raises DictionaryError for another form and for
    a name that is none of these, with the nearest that are.
    """
    if form not in FORMS:
        raise DictionaryError(
            "there is no such form",
            where="--format",
            expected=" or ".join(FORMS),
            got=form,
            todo="leave --format out for text, or ask for --format json",
        )
    known = Known.read()
    if not name and form == "text":
        return _overview(known)
    if not name:
        return _as_json({"marts": [_of_mart(mart, known) for mart in known.marts.values()]})
    found = _find(name.strip(), known)
    return _as_json({"asked": name, **found}) if form == "json" else _as_text(found)


def _find(name: str, known: Known) -> dict[str, Any]:
    mart, _, column = name.removeprefix("marts.").partition(".")
    if column:
        if mart not in known.marts or column not in dict(known.marts[mart].columns):
            names = [f"{entry.name}.{name}" for entry in known.marts.values() for name, _ in entry.columns]
            raise _unknown(name, names)
        [field] = [field for field in known.marts[mart].described(known.fields) if field.name == column]
        return {"fields": [_of_field(field, known, mart)], "marts": [], "terms": []}
    found = {
        "fields": [_of_field(known.fields[mart], known)] if mart in known.fields else [],
        "marts": [_of_mart(known.marts[mart], known)] if mart in known.marts else [],
        "terms": [known.terms[name.casefold()].model_dump()] if name.casefold() in known.terms else [],
    }
    if not any(found.values()):
        raise _unknown(name, [*known.fields, *known.marts, *(term.term for term in known.terms.values())])
    return found


def _unknown(name: str, names: list[str]) -> DictionaryError:
    near = near_names(name, sorted(set(names)))
    return DictionaryError(
        "no column, mart or term has this name",
        where="NAME",
        expected=f"one such as {', '.join(near)}" if near else "a name of docs/marts/README.md or docs/glossary.md",
        got=repr(name),
        todo=f'ask: cradle fields "{near[0]}"' if near else "list the marts: cradle fields",
    )


def _of_field(field: Field, known: Known, mart: str | None = None) -> dict[str, Any]:
    of = {
        entry.name: dict(entry.columns)[field.name]
        for entry in known.marts.values()
        if field.name in dict(entry.columns) and mart in (None, entry.name)
    }
    return {
        "name": field.name,
        "description": field.description,
        "unit": field.unit,
        "null_meaning": field.null_meaning,
        "types": sorted(set(of.values())),
        "marts": list(of),
    }


def _of_mart(mart: Mart, known: Known) -> dict[str, Any]:
    origins = Lineage().origins(mart.name)
    return {
        "name": mart.name,
        "topic": mart.topic,
        "description": mart.says,
        "grain": mart.grain,
        "key": list(mart.key),
        "licence_columns": mart.licence_columns,
        "datasets": list(origins.datasets),
        "columns": [
            {"type": kind, **field.model_dump()}
            for field, (_, kind) in zip(mart.described(known.fields), mart.columns, strict=True)
        ],
    }


def _as_json(found: dict[str, Any]) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _overview(known: Known) -> str:
    lines = []
    for topic, title in load_topics().items():
        names = [mart for mart in known.marts.values() if mart.topic == topic]
        width = max(len(mart.name) for mart in names)
        lines += [title, *(f"  {mart.name:{width}}  {mart.grain}" for mart in names), ""]
    return "\n".join([*lines, "cradle fields NAME says what a mart, a column or a word means.", ""])


def _as_text(found: dict[str, Any]) -> str:
    blocks = [_field_lines(field) for field in found["fields"]]
    blocks += [_mart_lines(mart) for mart in found["marts"]]
    blocks += [_term_lines(term) for term in found["terms"]]
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def _field_lines(field: dict[str, Any]) -> list[str]:
    return [
        f"{field['name']}  (column{', ' + ' or '.join(field['types']) if field['types'] else ''})",
        f"  {field['description']}",
        f"  unit:        {field['unit'] or 'none'}",
        f"  empty means: {field['null_meaning'] or 'never empty'}",
        f"  in marts:    {listed(field['marts'], 12) or 'none: a column of staging or of a seed'}",
    ]


def _mart_lines(mart: dict[str, Any]) -> list[str]:
    width = max(len(column["name"]) for column in mart["columns"])
    rows = [
        f"  {column['name']:{width}}  {column['type']}{', ' + column['unit'] if column['unit'] else ''}"
        f"{'; empty: ' + column['null_meaning'] if column['null_meaning'] else ''}"
        for column in mart["columns"]
    ]
    return [
        f"{mart['name']}  (mart: {mart['grain']})",
        f"  {mart['description']}",
        f"  key:     {', '.join(mart['key'])}",
        f"  licence: {', '.join(mart['licence_columns']) or 'no column of its own'}",
        f"  page:    docs/marts/{mart['name']}.md",
        "",
        *rows,
    ]


def _term_lines(term: dict[str, Any]) -> list[str]:
    also = f"  ({', '.join(term['also'])})" if term["also"] else ""
    return [
        f"{term['term']}{also}",
        f"  {term['definition']}",
        f"  not to be confused: {term['confusion']}",
        f"  in Cradle: {', '.join(term['in_cradle'])}",
        f"  source:    {term['source']}",
    ]
