"""datapackage.json (Data Package v2): what the exported files hold, readable without opening one of them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cradle import __version__
from exports.part import HeldBack
from exports.sources import Source
from exports.tables import Column, Table
from exports.written import Written

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
MEDIATYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "duckdb": "application/vnd.duckdb",
    "brightway": "application/json",
    "openlca": "application/zip",
}

# DuckDB's type, without its parameters, to the Table Schema's (type, format)
TYPES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(["VARCHAR", "ENUM", "BIT"], ("string", None)),
    **dict.fromkeys(["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"], ("integer", None)),
    **dict.fromkeys(["UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"], ("integer", None)),
    **dict.fromkeys(["FLOAT", "DOUBLE", "DECIMAL"], ("number", None)),
    **dict.fromkeys(
        ["TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"], ("datetime", None)
    ),
    **dict.fromkeys(["STRUCT", "MAP", "UNION"], ("object", None)),
    "BOOLEAN": ("boolean", None),
    "DATE": ("date", None),
    "TIME": ("time", None),
    "INTERVAL": ("duration", None),
    "UUID": ("string", "uuid"),
    "BLOB": ("string", "binary"),
}


def write_datapackage(
    path: Path,
    written: list[Written],
    held_back: Sequence[HeldBack] = (),
    attribution: str | None = None,
    kept: Mapping[str, Any] | None = None,
    notes: Sequence[str] = (),
) -> None:
    """Write the descriptor of the files, which lie beside it, as does the page `attribution` of a published export.

    `kept` says what an export that is kept is called, and of when it is; `notes` what the format could not take as it
    is.
    """
    content = describe(written, held_back, attribution, kept, notes)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def describe(
    written: list[Written],
    held_back: Sequence[HeldBack] = (),
    attribution: str | None = None,
    kept: Mapping[str, Any] | None = None,
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """The descriptor; licences and sources are those of all files, each resource names its own again."""
    everything = list({source.source_id: source for file in written for source in file.sources}.values())
    everything.sort(key=lambda source: source.source_id)
    return _without_empty(
        {
            "$schema": PROFILE,
            "name": "cradle",
            "title": "Cradle: life cycle inventory and measurements for AI services",
            "version": __version__,
            "kept": _without_empty(dict(kept or {})),
            "licenses": _licences(everything),
            "sources": _sources(everything),
            "attribution": attribution,
            "held_back": [_without_empty(asdict(held)) for held in held_back],
            "notes": list(notes),
            "resources": [_resource(file) for file in written],
        }
    )


def _resource(file: Written) -> dict[str, Any]:
    return _without_empty(
        {
            "name": file.name,
            "title": file.table.title,
            "description": file.table.description,
            "type": "table" if file.table.columns else None,
            "path": file.path.name,
            "format": file.format,
            "mediatype": MEDIATYPES[file.format],
            "encoding": "utf-8" if file.format == "csv" else None,
            "bytes": file.bytes,
            "hash": f"sha256:{file.sha256}",
            "rows": file.rows,
            "licenses": _licences(file.sources),
            "licence_set": file.licence_set,
            "sources": _sources(file.sources),
            "schema": _schema(file.table) if file.table.columns else None,
        }
    )


def _schema(table: Table) -> dict[str, Any]:
    return _without_empty(
        {
            "$schema": TABLE_PROFILE,
            "fields": [_field(column, table.primary_key) for column in table.columns],
            "primaryKey": list(table.primary_key),
        }
    )


def _field(column: Column, primary_key: tuple[str, ...]) -> dict[str, Any]:
    kind, form = field_type(column.type)
    constraints = {"required": not column.nullable, "unique": primary_key == (column.name,)}
    return _without_empty(
        {
            "name": column.name,
            "type": kind,
            "format": form,
            "description": column.description,
            "unit": column.unit,
            "null_meaning": column.null_meaning,
            "constraints": {name: True for name, holds in constraints.items() if holds},
        }
    )


def field_type(duckdb_type: str) -> tuple[str, str | None]:
    """Table Schema type and format of a DuckDB type; ("any", None) for one that it has no name for."""
    if duckdb_type.endswith("]"):
        return "array", None
    return TYPES.get(re.sub(r"\(.*", "", duckdb_type), ("any", None))


def _licences(sources: list[Source]) -> list[dict[str, Any]]:
    found = {(source.licence_id, source.licence_name, source.licence_url) for source in sources}
    licences = [
        _without_empty({"name": name, "title": title, "path": url})
        for name, title, url in sorted(found, key=lambda licence: [part or "" for part in licence])
    ]
    return [licence for licence in licences if "name" in licence or "path" in licence]


def _sources(sources: list[Source]) -> list[dict[str, Any]]:
    return [
        _without_empty(
            {
                "title": source.title,
                "path": source.landing_page,
                "version": source.version,
                "source_id": source.source_id,
                "licence": source.licence_id or source.licence_name,
                "citation": source.citation,
            }
        )
        for source in sources
    ]


def _without_empty(record: dict[str, Any]) -> dict[str, Any]:
    """The record without absent values; a count of 0 stays."""
    return {key: value for key, value in record.items() if value not in (None, "", [], {})}
