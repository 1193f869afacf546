"""Land a reference table: parse it by its mapping and put it beside those that are landed."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import FetchError
from ingest.cache import sha256_of
from ingest.land import Delivery, Landed, land
from ingest.parsing import code_sha256
from ingest.parts import file_of_part
from ingest.reference_tables.columns import TABLES
from ingest.reference_tables.declaration import Declaration
from ingest.reference_tables.mapping import Mapping, place_names, read_mapping
from ingest.reference_tables.parse import parse
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import polars as pl


def take_table(sidecar: Sidecar, file: Path, declared: Declaration, db: Path) -> Landed:
    """Land one table of the user's; the same again is a no-op. Raises FetchError, ParseError or LandError."""
    if not declared.is_named:
        _refuse_namesake(sidecar, file, declared.table_id, db)
    mapping, content = read_mapping(declared.mapping)
    sha256, size = sha256_of(file), file.stat().st_size
    told = {
        "title": declared.title or f"{mapping.title}: {file.name}",
        "mapping_name": Path(declared.mapping).name,
        "mapping_sha256": hashlib.sha256(content).hexdigest(),
        "licence_id": declared.licence.id,
        "licence_name": declared.licence.name,
        "licence_url": declared.licence.url,
        "redistributable": declared.licence.redistributable,
        "licence_pack": declared.licence.pack,
        "file_name": file.name,
        "bytes": str(size),
    }
    said = "\n".join(f"{key}={value}" for key, value in [*told.items(), ("places", place_names())])
    told["fingerprint"] = hashlib.sha256(f"{sha256}\n{code_sha256(sidecar)}\n{said}".encode()).hexdigest()
    lineage = {
        "source_id": f"{sidecar.source_id}:{declared.table_id}",
        "release_id": f"file-{sha256[:12]}",
        "file_sha256": sha256,
    }
    delivery = Delivery(
        sidecar=sidecar,
        origin="user_file",
        release_id=lineage["release_id"],
        file_name=file.name,
        file_sha256=sha256,
        bytes=size,
        fingerprint=told["fingerprint"],
        frames=partial(_frames, file, mapping, told, lineage, (notes := []).append),
        part=lineage["source_id"],
    )
    return replace(land(delivery, db), notes=tuple(notes))


def _refuse_namesake(sidecar: Sidecar, file: Path, table_id: str, db: Path) -> None:
    """'T (1).csv' and 't-1.csv' make one name: the second is no new state of the first because of that."""
    there = file_of_part(sidecar, table_id, db)
    if there is not None and there != file.name:
        raise FetchError(
            f"a table {table_id!r} is landed from a file of another name",
            where=file.name,
            expected=there,
            got=file.name,
            todo=f"say `--table {table_id}` to replace it, or another name to have both",
        )


def _frames(
    file: Path, mapping: Mapping, told: dict, lineage: dict, note: Callable[[str], None]
) -> dict[str, "pl.DataFrame"]:
    import polars as pl

    cells = parse(file, mapping, note)["cells"].with_columns(**{name: pl.lit(text) for name, text in lineage.items()})
    row = {**told, "rows_landed": str(cells.height), **lineage}
    table = pl.DataFrame(
        {name: [row[name]] for name in (*TABLES, *lineage)}, schema_overrides=dict.fromkeys(row, pl.String)
    )
    return {"cells": cells, "tables": table.with_columns(row_number=pl.lit(1, dtype=pl.Int64))}
