"""An export of the marts in any of its formats: for one's own use, or what may be passed on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cradle import __version__
from exports.attribution import FILE, attribution
from exports.datapackage import write_datapackage
from exports.folder import DESCRIPTOR, replaced
from exports.formats import PARQUET, writer
from exports.job import Job
from exports.part import HeldBack, Part
from exports.publish import parts_to_publish
from exports.sources import Source, licence_set_of, read_sources, sources_of
from exports.tables import Table, read_tables, warehouse
from exports.written import Written

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Exported:
    """The files of an export, what it holds back, and what the format could not take as it is."""

    written: list[Written]
    held_back: list[HeldBack]
    notes: list[str]


def write_export(
    db: Path,
    out: Path,
    form: str = PARQUET,
    *,
    publish: bool = False,
    without_packs: Collection[str] = (),
    scenarios: Collection[str] = (),
    kept: Mapping[str, Any] | None = None,
) -> Exported:
    """Write the marts in `db` into the folder `out` in this format, with datapackage.json (and ATTRIBUTION.md).

    The folder is replaced as a whole, so files of tables that are gone go too, and a failed export leaves the last
    good one. `kept` goes into the descriptor. Raises ExportError; to publish, before anything is written, where rows
    rest on data of both share-alike packs (see `exports.publish`).
    """
    write = writer(form)
    with warehouse(db) as con:
        tables = read_tables(con)
        sources = read_sources(con, tables)
        if publish:
            parts, held_back = parts_to_publish(con, tables, sources, without_packs)
        else:
            parts, held_back = [_whole(con, table, sources) for table in tables], []
        with replaced(out, to_publish=publish, form=form) as folder:
            job = Job(con, parts, held_back, folder, tuple(scenarios))
            written = write(job)
            if publish:
                (folder / FILE).write_text(attribution(written, held_back, __version__), encoding="utf-8")
            write_datapackage(folder / DESCRIPTOR, written, held_back, FILE if publish else None, kept, job.notes)
    return Exported([replace(file, path=out / file.path.name) for file in written], held_back, job.notes)


def _whole(con: "duckdb.DuckDBPyConnection", table: Table, sources: dict[str, Source]) -> Part:
    return Part(table, table.name, table.select, sources_of(con, table, sources), licence_set_of(con, table))
