"""The pages of the data dictionary: `docs/sources/<source_id>.md`, one a source, and their index.

Each is put together from the sidecar, the contracts, the field dictionary and the YAML of the source's models, so that
a page says what the code does. `python -m cradle.dictionary` writes them.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.dictionary.fields import Field, unit_in_words
from cradle.dictionary.markdown import table, write_pages
from cradle.dictionary.yaml_file import read_yaml
from cradle.paths import PROJECT_ROOT

if TYPE_CHECKING:
    from ingest.sidecar import Sidecar

FOLDER = PROJECT_ROOT / "docs" / "sources"
HEAD = "<!-- Written by `make docs`; change the sidecar, the contract, the models' YAML or dictionary/*.yml. -->"
DOC_OF = re.compile(r"\{\{ *doc\('(?P<name>[a-z0-9_]+)'\) *\}\}")
LINEAGE_COLUMNS = ("source_id", "release_id", "file_sha256", "row_number")
LINEAGE = "Each row also carries `source_id`, `release_id`, `file_sha256` and `row_number`."
RELATIONS = {
    "greater_than_or_equal_to": "at least",
    "less_than_or_equal_to": "at most",
    "greater_than": "more than",
    "less_than": "less than",
    "str_matches": "matches",
    "isin": "one of",
    "unique": "unique",
}
SEVERITIES = {"reject_row": "rejects the row", "void_cell": "empties the cell"}
PASSED_ON = {"yes": "yes", "share-alike": "yes, under the same licence", "no": "no: never bundled, never published"}


def write(fields: dict[str, Field]) -> list[Path]:
    """Write all pages and remove those of sources that are gone; returns the files."""
    return write_pages(FOLDER, all_pages(fields))


def all_pages(fields: dict[str, Field]) -> dict[Path, str]:
    """The text of every page by its file. Raises SidecarError for a faulty sidecar."""
    from ingest.sidecar import discover

    sidecars = discover()
    pages = {FOLDER / f"{sidecar.source_id}.md": page(sidecar, fields) for sidecar in sidecars}
    return {FOLDER / "README.md": index(sidecars), **pages}


def index(sidecars: "list[Sidecar]") -> str:
    """The list of all sources with version, licence and what they hold."""
    rows = [[f"[{s.source_id}]({s.source_id}.md)", s.title, s.version, s.licence.id, _passed_on(s)] for s in sidecars]
    columns = ["source", "title", "version", "licence", "may be passed on"]
    return "\n".join([HEAD, "# Sources", "", *table(columns, rows), ""])


def page(sidecar: "Sidecar", fields: dict[str, Field]) -> str:
    """The page of one source: where it comes from, its licence, its tables with every column, check and unit."""
    parts = [HEAD, f"# {sidecar.title}", "", *_facts(sidecar), ""]
    for entity in sidecar.entities:
        parts += _raw_table(sidecar, entity, fields)
    for model in _models(sidecar.source_id):
        parts += _model(model, fields)
    return "\n".join(parts)


def _facts(sidecar: "Sidecar") -> list[str]:
    notes = f"[notes](../../ingest/{sidecar.source_id}/SOURCE.md)"
    has_notes = (sidecar.folder / "SOURCE.md").is_file()
    licence = f"{sidecar.licence.name} (`{sidecar.licence.id}`)"
    return table(
        ["", ""],
        [
            ["source", f"`{sidecar.source_id}`" + (f" ({notes})" if has_notes else "")],
            ["producer", sidecar.producer],
            ["version", _version(sidecar)],
            ["page", sidecar.landing_page],
            ["licence", f"{licence}, {sidecar.licence.url}"],
            ["may be passed on", _passed_on(sidecar)],
            ["bundled", f"yes, pack `{sidecar.licence_pack}`" if sidecar.licence_pack else "no"],
            ["to land it", f"`{sidecar.pull_command}`"],
            ["cite as", sidecar.citation],
        ],
    )


def _passed_on(sidecar: "Sidecar") -> str:
    if sidecar.asks_licence:
        return "as you declare for each table; never bundled"
    if sidecar.licence_by_row:
        return "as the licence of each row says, without one never; never bundled"
    return PASSED_ON[sidecar.redistributable]


def _version(sidecar: "Sidecar") -> str:
    published = f"published {sidecar.published_on}" if sidecar.published_on else "day of publication not known"
    return f"{sidecar.version}, {published}, retrieved {sidecar.retrieved_on}"


def _raw_table(sidecar: "Sidecar", entity: str, fields: dict[str, Field]) -> list[str]:
    from ingest.parsing import load_code

    name = "".join(word.capitalize() for word in entity.split("_"))
    model = getattr(load_code(sidecar, "contract"), name)
    columns = model.to_schema().columns
    rows = []
    for column, rule in columns.items():
        if column in LINEAGE_COLUMNS:
            continue
        rows.append([f"`{column}`", _type(rule), _checks(rule), *_meaning(column, fields)])
    text = " ".join((model.__doc__ or "").split())
    text = f"{text} {LINEAGE}".strip()
    heading = f"## `raw.{sidecar.table(entity)}`, held to `contracts.{sidecar.table(entity)}`"
    return [heading, "", text, "", *table(["column", "type", "a violation", "meaning", "unit", "null"], rows), ""]


def _type(rule) -> str:
    kinds = {"String": "text", "Float64": "number", "Int64": "integer"}
    kind = str(rule.dtype)
    return kinds.get(kind, kind.lower())


def _checks(rule) -> str:
    metadata = rule.metadata or {}
    severity, exceptions = metadata.get("severity", "reject_row"), metadata.get("exceptions", {})
    told = [SEVERITIES[severity]]
    asked = [_asked(check) for check in rule.checks]
    if not rule.nullable:
        asked.append("not empty")
    if vocabulary := metadata.get("vocabulary"):
        asked.append(f"in the vocabulary {vocabulary}")
    if asked:
        told.append("(" + "; ".join(dict.fromkeys(asked)) + ")")
    told += [f"but {name} {SEVERITIES[other]}" for name, other in exceptions.items()]
    return " ".join(told)


def _asked(check) -> str:
    if check.name not in RELATIONS:
        return check.name.replace("_", " ")
    what = next(iter(check.statistics.values()), "")
    what = ", ".join(map(str, what)) if isinstance(what, (list, set, tuple, frozenset)) else what
    return f"{RELATIONS[check.name]} {what}".strip()


def _models(source_id: str) -> list[dict]:
    found = []
    for file in sorted((PROJECT_ROOT / "models" / "staging" / source_id).glob("*.yml")):
        found += read_yaml(file).get("models", [])
    return found


def _model(model: dict, fields: dict[str, Field]) -> list[str]:
    rows = []
    for column in model.get("columns", []):
        doc = DOC_OF.search(column.get("description", ""))
        rows.append([f"`{column['name']}`", *_meaning(doc["name"] if doc else column["name"], fields)])
    text = " ".join(model.get("description", "").split())
    return [f"## `staging.{model['name']}`", "", text, "", *table(["column", "meaning", "unit", "null"], rows), ""]


def _meaning(column: str, fields: dict[str, Field]) -> list[str]:
    field = fields.get(column)
    if field is None:
        return ["", "", ""]
    return [field.description, unit_in_words(field.unit), field.null_meaning or "never"]
