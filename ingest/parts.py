"""Tables of one source that stand side by side, each landed, replaced and removed by itself.

The rows of a part carry its own source_id, `<source>:<table>`; the entity `tables` has one row a part.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import LandError
from ingest.landing import open_landing
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import duckdb

    from ingest.land import Delivery


def part_state(con: "duckdb.DuckDBPyConnection", delivery: "Delivery") -> dict | None:
    """What is landed of a part (origin, rows, fingerprint), or None."""
    table = delivery.sidecar.table("tables")
    if not _columns(con, table):
        return None
    found = con.execute(
        f'select cast(rows_landed as bigint), fingerprint from raw."{table}" where source_id = ?', [delivery.part]
    ).fetchall()
    return {"origin": "user_file", "rows": found[0][0], "fingerprint": found[0][1]} if found else None


def put_part(con: "duckdb.DuckDBPyConnection", table: str, delivery: "Delivery") -> None:
    """Replace the rows of a part in a table of the schema raw by those of the relation `incoming`."""
    there = _columns(con, table)
    new = [name for name, *_ in con.execute("describe incoming").fetchall()]
    if there and there != new and not _holds_others(con, table, delivery.part):
        con.execute(f'drop table raw."{table}"')
    elif there and there != new:
        raise LandError(
            "the tables that were landed before have other columns than this version of Cradle lands",
            where=f"raw.{table}",
            expected=", ".join(new),
            got=", ".join(there),
            todo=f"remove them (`cradle pull {delivery.sidecar.source_id} --remove NAME`) and pull each again",
        )
    con.execute(f'create table if not exists raw."{table}" as from incoming limit 0')
    con.execute(f'delete from raw."{table}" where source_id = ?', [delivery.part])
    con.execute(f'insert into raw."{table}" from incoming')


def _holds_others(con: "duckdb.DuckDBPyConnection", table: str, part: str) -> bool:
    """Whether rows of other parts than this one stand in the table."""
    return bool(con.execute(f'select 1 from raw."{table}" where source_id != ? limit 1', [part]).fetchall())


def state_of_parts(con: "duckdb.DuckDBPyConnection", sidecar: Sidecar) -> list:
    """release_id, file_sha256, bytes, rows and fingerprint of all parts together, for raw.landed."""
    parts = con.execute(
        "select release_id, file_sha256, cast(bytes as bigint), cast(rows_landed as bigint), fingerprint"
        f' from raw."{sidecar.table("tables")}" order by source_id'
    ).fetchall()
    releases, hashes, sizes, rows, fingerprints = zip(*parts, strict=True)
    return [", ".join(releases), _one_hash(hashes), sum(sizes), sum(rows), _one_hash(fingerprints)]


def list_parts(sidecar: Sidecar, db: Path) -> list[str]:
    """The names of the landed tables of a source."""
    with open_landing(db) as con:
        return list(_files(con, sidecar))


def file_of_part(sidecar: Sidecar, name: str, db: Path) -> str | None:
    """The name of the file that a table was landed from; None where it is not landed."""
    with open_landing(db) as con:
        return _files(con, sidecar).get(name)


def remove_part(sidecar: Sidecar, name: str, db: Path) -> int:
    """Remove a landed table of a source and return how many rows it had. Raises LandError where it is not landed."""
    with open_landing(db) as con:  # from the look to the commit: another process may remove it too
        if name not in (there := list(_files(con, sidecar))):
            raise LandError(
                f"there is no landed table {name!r} of {sidecar.source_id}",
                expected=", ".join(there) or "none is landed",
                got=name,
                todo="mend the name; `cradle sources` lists the tables",
            )
        con.execute("begin")
        counts = [
            con.execute(f'delete from raw."{table}" where source_id = ?', [f"{sidecar.source_id}:{name}"]).fetchall()
            for table in map(sidecar.table, sidecar.entities)
        ]
        con.execute("delete from raw.landed where source_id = ?", [sidecar.source_id])
        if len(there) > 1:
            con.execute(
                "insert into raw.landed values (?, ?, ?, ?, ?, ?, ?)",
                [sidecar.source_id, "user_file", *state_of_parts(con, sidecar)],
            )
        else:
            for table in map(sidecar.table, sidecar.entities):
                con.execute(f'drop table raw."{table}"')
        con.execute("commit")
    return counts[0][0][0]


def _files(con: "duckdb.DuckDBPyConnection", sidecar: Sidecar) -> dict[str, str]:
    if not _columns(con, sidecar.table("tables")):
        return {}
    found = con.execute(f'select source_id, file_name from raw."{sidecar.table("tables")}" order by 1').fetchall()
    return {source_id.split(":", 1)[1]: file_name for source_id, file_name in found}


def _columns(con: "duckdb.DuckDBPyConnection", table: str) -> list[str]:
    found = con.execute(
        "select column_name from duckdb_columns() where database_name = current_database() and schema_name = 'raw'"
        " and table_name = ? order by column_index",
        [table],
    ).fetchall()
    return [name for (name,) in found]


def _one_hash(texts: tuple[str, ...]) -> str:
    return texts[0] if len(texts) == 1 else hashlib.sha256("\n".join(texts).encode()).hexdigest()
