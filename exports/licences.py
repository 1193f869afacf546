"""Which licences let data be passed on, and in which pack: the vocabulary and the sources of the warehouse decide."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cradle.errors import ExportError
from exports.tables import SCHEMA

if TYPE_CHECKING:
    import duckdb

OPEN, SHARE_ALIKE_PACKS = "open", ("odbl", "by-sa")


@dataclass(frozen=True)
class Licences:
    """What may be passed on: each licence with its pack, those held back with the reason, and the sources' licences.

    A licence that is in neither is unknown, and held back.
    """

    packs: dict[str, str]
    held_back: dict[str, str]
    of_source: dict[str, list[str]] = field(default_factory=dict)

    def reason(self, licence_id: str) -> str | None:
        """Why data under this licence are held back; None where they may be passed on."""
        if licence_id in self.held_back:
            return self.held_back[licence_id]
        return None if licence_id in self.packs else f"licence {licence_id} is not in the vocabulary of licences"


def read_licences(con: "duckdb.DuckDBPyConnection", without_packs: Collection[str] = ()) -> Licences:
    """The licences of a published warehouse, from seeds.licences and marts.sources.

    A licence is passed on only where the vocabulary says so and no source under it says no, as results name licences
    and not sources. `without_packs` holds back the licences of these packs too. Raises ExportError for a pack that is
    none of odbl and by-sa, and where the warehouse does not say which licences may be passed on.
    """
    if unknown := sorted(set(without_packs) - set(SHARE_ALIKE_PACKS)):
        raise ExportError(
            "there is no such pack to leave out",
            where="--without-pack",
            expected=" or ".join(SHARE_ALIKE_PACKS),
            got=", ".join(unknown),
            todo="mend the option",
        )
    _refuse_silence(con)
    packs, held_back = {}, {}
    for licence_id, pack, redistributable in con.execute(
        "select licence_id, pack, redistributable from seeds.licences order by licence_id"
    ).fetchall():
        if redistributable not in ("yes", "share-alike") or pack not in (OPEN, *SHARE_ALIKE_PACKS):
            held_back[licence_id] = f"licence {licence_id} does not let the data be passed on"
        elif pack in without_packs:
            held_back[licence_id] = f"pack {pack} (licence {licence_id}) is left out of this export"
        packs[licence_id] = pack or OPEN
    for licence_id, redistributable, pack in _declared(con):
        if redistributable == "yes" and pack == OPEN:
            packs.setdefault(licence_id, OPEN)
        elif licence_id not in packs:  # what a private table is called is said to nobody
            held_back.setdefault(licence_id, f"a table of the user's own ({redistributable}) may not be passed on")
    of_source: dict[str, list[str]] = {}
    for source_id, licence_id, redistributable in con.execute(
        f"select source_id, licence_id, redistributable from {SCHEMA}.sources order by source_id"
    ).fetchall():
        of_source[source_id] = [licence_id]
        if redistributable not in ("yes", "share-alike"):
            held_back.setdefault(licence_id, f"source {source_id} may not be passed on (licence {licence_id})")
    return Licences(packs, held_back, of_source)


def _declared(con: "duckdb.DuckDBPyConnection") -> list[tuple[str, str, str | None]]:
    """The licence, redistributable and pack that the user declared for each table of the user's own."""
    there = con.execute(
        "select column_name from duckdb_columns() where database_name = current_database()"
        f" and schema_name = '{SCHEMA}' and table_name = 'sources'"
    ).fetchall()
    if not {("kind",), ("licence_pack",)} <= set(there):
        return []
    return con.execute(
        f"select distinct licence_id, redistributable, licence_pack from {SCHEMA}.sources"
        " where kind = 'user_table' order by all"
    ).fetchall()


def _refuse_silence(con: "duckdb.DuckDBPyConnection") -> None:
    needed = {("seeds", "licences", c) for c in ("licence_id", "pack", "redistributable")}
    needed |= {(SCHEMA, "sources", c) for c in ("source_id", "licence_id", "redistributable")}
    there = con.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where database_name = current_database()"
    ).fetchall()
    if lacking := sorted(needed - set(there)):
        raise ExportError(
            "the warehouse does not say which licences let data be passed on",
            where="seeds.licences and marts.sources",
            expected="licence_id, pack and redistributable of licences; source_id, licence_id and the same of sources",
            got="no " + ", ".join(".".join(names) for names in lacking),
            todo="build the warehouse anew with `cradle build`",
        )
