"""Write the bundled release: what each redistributable source selects from its landed tables, in packs by licence."""

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import LandError
from cradle.permission_notice import permission_notice
from ingest.bundle import read_manifest
from ingest.bundle_writing import write_bundle
from ingest.land import LINEAGE
from ingest.landing import open_landing
from ingest.parsing import load_code
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import polars as pl

LICENCE = "licence_id"  # the column that the bundle adds to each row
# columns that release.py of a large source may name in TOLD_ONCE: the manifest tells their one value, the rows do not
MAY_BE_TOLD_ONCE = ("source_id", "release_id", "file_sha256")

ATTRIBUTION = """
## {title}, {version}

{citation}

* Producer: {producer}
* Published or last updated: {published_on}, retrieved: {retrieved_on}, from <{landing_page}>
* Licence: [{licence_name}]({licence_url}) (`{licence_id}`)
* Changed by Cradle: a selection of rows and columns, under Cradle's column names, as CSV in UTF-8; cells as upstream
  wrote them.
"""

SHARE_ALIKE = {
    "odbl": "the Open Database License (ODbL-1.0)",
    "by-sa": "a Creative Commons ShareAlike licence (CC-BY-SA)",
}
HEAD = """# Licences of the pack `{pack}`

The files beside this page hold data of others: keep it with them. Cradle's own licence (Apache-2.0) is that of the code
and not of these files.
"""
SHARE_ALIKE_HEAD = """
**Share alike.** The data here are under {licence}, and so is what Cradle made of them: the files of this pack are
passed on under the same licence. What you adapt from them and make public must be shared under that licence too.
Neither of ODbL and CC BY-SA lets its data be passed on under the other: do not mix the packs `odbl` and `by-sa` in one
table.
"""


def write_release(
    sidecars: list[Sidecar], folder: Path, db: Path, known: Collection[str] | None = None
) -> dict[str, int]:
    """Rewrite the bundle's tables of these sources from what is landed; the other sources' stay as they are.

    Where `known` is given, tables of sources outside it go: of those that are gone or may not be bundled any more.
    Returns table -> rows. Raises LandError for a source that may not be bundled, is not landed, was landed from an
    unknown file, or whose release.py changes cells; then nothing is written.
    """
    own = {sidecar.source_id for sidecar in sidecars}
    files: dict[str, bytes] = {}
    tables = [
        table
        for table in read_manifest(folder)
        if table["source_id"] not in own and (known is None or table["source_id"] in known)
    ]
    for sidecar in sidecars:
        _refuse_unfit(sidecar, db)
        landed = _landed_frames(sidecar, db)
        for entity, frame in _selected(sidecar, landed).items():
            told_once = _told_once(sidecar, entity, frame)
            content = _as_csv(frame.with_columns(_licence(sidecar)), told_once)
            table = _record(sidecar, entity, frame, landed[entity], content, told_once)
            files[table["file"]] = content
            tables.append(table)
    _put_in_place(folder, files, sorted(tables, key=lambda table: table["table"]))
    return {table["table"]: table["rows"] for table in tables if table["source_id"] in own}


def _refuse_unfit(sidecar: Sidecar, db: Path) -> None:
    if sidecar.redistributable == "no" or sidecar.licence_pack is None:
        raise LandError(
            f"source {sidecar.source_id} may not be bundled",
            where=str(sidecar.folder / "source.yml"),
            expected="redistributable yes or share-alike, and a licence_pack",
            got=f"redistributable {sidecar.redistributable}, licence_pack {sidecar.licence_pack or 'null'},"
            f" licence {sidecar.licence.id}",
            todo="leave it out: users pull it or supply it themselves",
        )
    with open_landing(db) as con:
        state = con.execute(
            "select origin, release_id from raw.landed where source_id = ?", [sidecar.source_id]
        ).fetchall()
    if not state:
        raise LandError(
            f"source {sidecar.source_id} is not landed",
            where=str(db),
            expected=f"tables {', '.join(sidecar.table(e) for e in sidecar.entities)}",
            got="none",
            todo=f"run `cradle pull {sidecar.source_id}` first",
        )
    if "file-" in state[0][1]:
        raise LandError(
            f"source {sidecar.source_id} was landed from a file that nothing is known of",
            where=str(sidecar.folder / "source.yml"),
            expected="a file whose sha256 is pinned under download or listed under known_files",
            got=state[0][1],
            todo="pull the pinned file, or list the file under known_files and pull it again",
        )


def _landed_frames(sidecar: Sidecar, db: Path) -> dict[str, "pl.DataFrame"]:
    with open_landing(db) as con:
        return {entity: con.sql(f'from raw."{sidecar.table(entity)}"').pl() for entity in sidecar.entities}


def _selected(sidecar: Sidecar, landed: dict[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    file = sidecar.folder / "release.py"
    chosen = load_code(sidecar, "release").select(dict(landed)) if file.is_file() else landed
    wrong = [f"{entity} is missing" for entity in landed if entity not in chosen]
    wrong += [f"{entity} is not landed" for entity in chosen if entity not in landed]
    for entity in chosen.keys() & landed.keys():
        frame, whole = chosen[entity], landed[entity]
        new = [c for c in frame.columns if c not in whole.columns]
        lacking = [c for c in LINEAGE if c not in frame.columns]
        wrong += [f"{entity} has a new column {c}" for c in new] + [f"{entity} lacks {c}" for c in lacking]
        wrong += [f"{entity} has a column {LICENCE} of its own" for c in frame.columns if c == LICENCE]
        if not new and not frame.join(whole, on=frame.columns, how="anti", nulls_equal=True).is_empty():
            wrong.append(f"{entity} has rows that are not landed")
    if wrong:
        raise LandError(
            f"the bundled tables of source {sidecar.source_id} would not be a selection of rows and columns",
            where=str(file),
            expected=f"each entity with some of its landed rows and columns, {', '.join(LINEAGE)} among them",
            got="; ".join(wrong),
            todo="select only; changes to values belong into staging and the corrections",
        )
    return {entity: chosen[entity] for entity in sidecar.entities}


def _told_once(sidecar: Sidecar, entity: str, frame: "pl.DataFrame") -> dict[str, str]:
    file = sidecar.folder / "release.py"
    columns = getattr(load_code(sidecar, "release"), "TOLD_ONCE", ()) if file.is_file() else ()
    values = {column: frame[column].unique().to_list() for column in columns if column in MAY_BE_TOLD_ONCE}
    wrong = [f"{column} may not be told once" for column in columns if column not in MAY_BE_TOLD_ONCE]
    wrong += [f"{column} holds {len(found)} values" for column, found in values.items() if len(found) != 1]
    if wrong:
        raise LandError(
            f"columns of raw.{sidecar.table(entity)} cannot be told once for all rows",
            where=str(file),
            expected=f"in TOLD_ONCE some of {', '.join(MAY_BE_TOLD_ONCE)}, each with the same value in each row",
            got="; ".join(wrong),
            todo="take them out of TOLD_ONCE",
        )
    return {column: value for column, (value,) in values.items()}


def _licence(sidecar: Sidecar) -> "pl.Expr":
    import polars as pl

    return pl.lit(sidecar.licence.id).alias(LICENCE)


def _as_csv(frame: "pl.DataFrame", told_once: Collection[str]) -> bytes:
    return frame.sort("row_number", "file_sha256").drop(told_once).write_csv(line_terminator="\n").encode()


def _record(
    sidecar: Sidecar,
    entity: str,
    frame: "pl.DataFrame",
    landed: "pl.DataFrame",
    content: bytes,
    told_once: dict[str, str],
) -> dict[str, object]:
    table = sidecar.table(entity)
    record: dict[str, object] = {
        "table": table,
        "source_id": sidecar.source_id,
        "entity": entity,
        "pack": sidecar.licence_pack,
        "file": f"{sidecar.licence_pack}/{table}.csv",
        "licence_id": sidecar.licence.id,
        "rows": frame.height,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "columns": [*(column for column in frame.columns if column not in told_once), LICENCE],
        "left_out": [column for column in landed.columns if column not in frame.columns],
        "attribution": _attribution(sidecar),
    }
    return record | ({"told_once": told_once} if told_once else {})


def _attribution(sidecar: Sidecar) -> str:
    return ATTRIBUTION.format(
        **sidecar.model_dump(exclude={"licence", "published_on"}),
        published_on=sidecar.published_on or "day not known",
        licence_id=sidecar.licence.id,
        licence_name=sidecar.licence.name,
        licence_url=sidecar.licence.url,
    ) + permission_notice(sidecar.licence.id)


def _put_in_place(folder: Path, files: dict[str, bytes], tables: list[dict]) -> None:
    packs: dict[str, list[str]] = {}
    for table in tables:
        notes = packs.setdefault(table["pack"], [])
        if table["attribution"] not in notes:
            notes.append(table["attribution"])
    for pack, notes in packs.items():
        head = HEAD.format(pack=pack)
        if pack in SHARE_ALIKE:
            head += SHARE_ALIKE_HEAD.format(licence=SHARE_ALIKE[pack])
        files[f"{pack}/LICENCE.md"] = (head + "".join(notes)).encode()
    manifest = json.dumps({"tables": tables}, indent=2, ensure_ascii=False) + "\n"
    try:
        write_bundle(folder, files | {"manifest.json": manifest.encode()})
    except OSError as error:
        raise LandError(
            "the bundle could not be written; the one before is untouched",
            where=str(error.filename or folder),
            expected="a folder that can be written, on a disk with room",
            got=error.strerror or str(error),
            todo="make room or mend the permissions, and run `cradle release` again",
        ) from error
