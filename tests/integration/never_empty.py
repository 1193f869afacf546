"""Columns that the dictionary says are never empty and that are empty in a warehouse."""

import duckdb

from cradle.dictionary import load
from cradle.dictionary.marts import load_marts


def wrongly_never_empty(con: duckdb.DuckDBPyConnection, *marts: str) -> list[str]:
    """Return `mart.column` of each such column of the marts named, or of all."""
    empty = []
    for mart in load_marts().values():
        if marts and mart.name not in marts:
            continue
        names = [field.name for field in mart.described(load()) if field.null_meaning is None]
        counts = ", ".join(f'count("{name}")' for name in names)
        (rows, *filled) = con.execute(f"select count(*), {counts} from marts.{mart.name}").fetchone()
        empty += [f"{mart.name}.{name}" for name, count in zip(names, filled, strict=True) if count < rows]
    return empty
