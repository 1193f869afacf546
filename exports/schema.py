"""The Arrow schema of an exported table: what each column and the table mean, stored in the Parquet file itself."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from cradle import __version__
from exports.sources import Source
from exports.tables import Column, Table

if TYPE_CHECKING:
    import pyarrow as pa


def with_metadata(schema: "pa.Schema", table: Table, sources: list[Source], licence_set: list[str]) -> "pa.Schema":
    """The schema with description, unit and null_meaning on each column and the table's own metadata."""
    import pyarrow as pa

    fields = [
        field.with_metadata(_column_metadata(column)) for field, column in zip(schema, table.columns, strict=True)
    ]
    return pa.schema(fields, metadata=_table_metadata(table, sources, licence_set))


def _column_metadata(column: Column) -> dict[str, str]:
    found = {"description": column.description, "unit": column.unit, "null_meaning": column.null_meaning}
    return {key: value for key, value in found.items() if value}


def _table_metadata(table: Table, sources: list[Source], licence_set: list[str]) -> dict[str, str]:
    return {
        "title": table.title,
        "description": table.description,
        "cradle_version": __version__,
        "primary_key": json.dumps(table.primary_key),
        "sources": json.dumps([asdict(source) for source in sources], ensure_ascii=False),
        "licences": json.dumps(sorted({s.licence_id or s.licence_name for s in sources} - {None}), ensure_ascii=False),
        "licence_set": json.dumps(licence_set, ensure_ascii=False),
    }
