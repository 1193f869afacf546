"""Raw tables without rows: what the models of a source read while nothing of it is landed."""

import hashlib
from typing import TYPE_CHECKING

from cradle.errors import ContractError
from ingest.parsing import load_code
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import duckdb

MARK = "no rows: the source is not landed; contract "


def make_empty_tables(conn: "duckdb.DuckDBPyConnection", sidecar: Sidecar) -> None:
    """Give each table of a source that is not landed the columns of its contract and no rows, in the schema raw.

    The contract of an entity `energy_mixes` is the class `EnergyMixes` in the source's contract.py, which is loaded
    only where a table is lacking or was made from another contract (pandera takes a second to import). A source
    without a contract.py gets no tables. Raises ContractError where the file has no such class.
    """
    file = sidecar.folder / "contract.py"
    if not file.is_file():
        for entity in sidecar.entities:
            conn.execute(f'drop table if exists raw."{sidecar.table(entity)}"')
        return
    code = b"\0".join(part.read_bytes() for part in sorted(sidecar.folder.glob("*.py")))
    mark = MARK + hashlib.sha256(code).hexdigest()
    marks = comments(conn)
    lacking = [entity for entity in sidecar.entities if marks.get(sidecar.table(entity)) != mark]
    if not lacking:
        return
    contract = load_code(sidecar, "contract")
    for entity in lacking:
        table = sidecar.table(entity)
        columns = ", ".join(
            f'"{name}" {"bigint" if name == "row_number" else "varchar"}'
            for name in _columns(sidecar, contract, entity)
        )
        conn.execute(f'create or replace table raw."{table}" ({columns})')
        conn.execute(f"""comment on table raw."{table}" is '{mark}'""")


def comments(conn: "duckdb.DuckDBPyConnection") -> dict[str, str | None]:
    """Each table of a source in the schema raw with its comment; one that begins with MARK stands in for data."""
    found = conn.execute(
        "select table_name, comment from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'raw' and contains(table_name, '__')"
    )
    return dict(found.fetchall())


def contract_class(entity: str) -> str:
    """The name of the class that is the contract of an entity: `energy_mixes` gives `EnergyMixes`."""
    return "".join(part.capitalize() for part in entity.split("_"))


def _columns(sidecar: Sidecar, contract: object, entity: str) -> list[str]:
    model = getattr(contract, contract_class(entity), None)
    if not hasattr(model, "to_schema"):
        raise ContractError(
            f"the contract of raw.{sidecar.table(entity)} is not there",
            where=str(sidecar.folder / "contract.py"),
            expected=f"a pandera model class {contract_class(entity)}, named after the entity {entity}",
            got="no such class" if model is None else f"a {type(model).__name__}",
            todo=f"write it, or land the source: `cradle pull {sidecar.source_id}`",
        )
    return list(model.to_schema().columns)
