"""Run the contract of a landed table as the build does, with its seeds, but without dbt."""

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from cradle.paths import PROJECT_ROOT


@dataclass
class _Relation:
    frame: pl.DataFrame

    def pl(self) -> pl.DataFrame:
        return self.frame


@dataclass
class _Dbt:
    """What a contract's model asks of dbt."""

    con: duckdb.DuckDBPyConnection

    def config(self, **_) -> None:
        pass

    def source(self, schema: str, table: str) -> _Relation:
        return _Relation(self.con.sql(f'from {schema}."{table}"').pl())

    def ref(self, name: str) -> _Relation:
        if _model(name).is_file():
            return _Relation(checked(self.con, name))
        (seed,) = (PROJECT_ROOT / "seeds").glob(f"**/{name}.csv")
        return _Relation(pl.read_csv(seed, infer_schema=False))


def _model(table: str) -> Path:
    return PROJECT_ROOT / "models" / "contracts" / f"{table}.py"


def checked(con: duckdb.DuckDBPyConnection, table: str) -> pl.DataFrame:
    """All rows of a landed table, typed, with their violations."""
    spec = importlib.util.spec_from_file_location(f"contract_{table}", _model(table))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        return module.model(_Dbt(con), None)
    finally:
        sys.tracebacklimit = 1000  # the models cut it for dbt's messages


def found_in(rows: pl.DataFrame) -> dict[tuple[str, str, str], list[int]]:
    """What a contract found: (file_sha256, severity, `column: check`) -> the numbers of the rows of that file."""
    found = rows.select("file_sha256", "row_number", "violations").explode("violations").drop_nulls("violations")
    rules: dict[tuple[str, str, str], list[int]] = {}
    for row in found.unnest("violations").sort("file_sha256", "row_number").iter_rows(named=True):
        rule = f"{row['column_name']}: {row['check_name']}"
        rules.setdefault((row["file_sha256"], row["severity"], rule), []).append(row["row_number"])
    return rules
