"""Contracts: all rows in (text), all rows out (typed), each with its violations. No row is lost, no value is guessed.

A contract is a `pandera.polars.DataFrameModel`. Its fields are made by `reject_row(...)` or `void_cell(...)`: what
happens where a cell breaks the contract. Its `Config.metadata` may hold `decimal_mark`.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from cradle.errors import ContractError

if TYPE_CHECKING:
    import pandera.polars as pa
    import polars as pl

REJECT, VOID = "reject_row", "void_cell"
NUMBER = r"^[+-]?[0-9]+({mark}[0-9]+)?([eE][+-]?[0-9]+)?$"
INTEGER = r"^[+-]?[0-9]+$"


def reject_row(*, vocabulary: str | None = None, voids: Collection[str] = (), **field):
    """Return a pandera field whose violations reject the row; the checks named in `voids` only void the cell."""
    return _field(REJECT, dict.fromkeys(voids, VOID), vocabulary, field)


def void_cell(*, vocabulary: str | None = None, rejects: Collection[str] = (), **field):
    """Return a pandera field whose violations void the cell; the checks named in `rejects` reject the row."""
    return _field(VOID, dict.fromkeys(rejects, REJECT), vocabulary, field)


def _field(severity: str, exceptions: dict[str, str], vocabulary: str | None, field: dict):
    import pandera.polars as pa

    return pa.Field(metadata={"severity": severity, "exceptions": exceptions, "vocabulary": vocabulary}, **field)


def violations_type() -> "pl.DataType":
    """Return the type of the column `violations`."""
    import polars as pl

    return pl.List(pl.Struct(dict.fromkeys(["column_name", "check_name", "value", "severity"], pl.String)))


def check(
    relation,
    model: type["pa.DataFrameModel"],
    vocabularies: Mapping[str, Collection[str]] | None = None,
    decimal_mark: str | None = None,
) -> "pl.DataFrame":
    """Return every row of `relation`, typed, in the order of the contract, with its `violations`.

    `relation` is a DuckDB relation or a polars frame; `vocabularies` holds the words a field may have, by the name in
    its `vocabulary=`; `decimal_mark` overrules that of the contract. A cell that is not exactly one value of
    its type, or that breaks a check with severity void_cell, is null. Raises ContractError where the columns are not
    those of the contract or a check cannot run.
    """
    import polars as pl

    raw = relation.pl() if hasattr(relation, "pl") else relation
    schema = _schema(model, vocabularies or {})
    names = list(schema.columns)
    if set(names) != set(raw.columns):
        raise ContractError(
            "The table does not have the columns of its contract",
            where=f"{model.__module__}.{model.__name__}",
            expected=f"missing columns: {sorted(set(names) - set(raw.columns)) or 'none'}",
            got=f"unknown columns: {sorted(set(raw.columns) - set(names)) or 'none'}",
            todo="land the source again (`cradle pull SOURCE`, with `--file PATH` for a file of your own), rewrite the"
            " bundle after that (`cradle release`), or change parse and contract together",
        )
    mark = decimal_mark or (getattr(model.__config__, "metadata", None) or {}).get("decimal_mark", ".")
    raw = raw.select(names)
    typed = pl.DataFrame([parse(raw[name], schema.columns[name].dtype.type, mark) for name in names])
    found = _unparsed(raw, typed)
    found = pl.concat(
        [found, _failed(schema, typed, raw, model.__name__).join(found, on=["row", "column_name"], how="anti")]
    )
    found = _with_severity(found, schema)
    typed = _voided(typed, found)
    listed = (
        found.sort("row", "column_name", "check_name")
        .group_by("row", maintain_order=True)
        .agg(violations=pl.struct("column_name", "check_name", "value", "severity"))
    )
    out = typed.with_row_index("row").join(listed, on="row", how="left", maintain_order="left").drop("row")
    return out.with_columns(pl.col("violations").fill_null(pl.lit([], dtype=violations_type())))


def parse(text: "pl.Series", dtype: "pl.DataType", decimal_mark: str = ".") -> "pl.Series":
    """Return `text` as `dtype`: null where a cell is not exactly one value of the type (finite for floats)."""
    import polars as pl

    if text.dtype != pl.String:  # lineage is landed with its types
        return text.cast(dtype, strict=False)
    if dtype == pl.String:
        return text
    cell = pl.col(text.name)
    if dtype.is_float():
        number = NUMBER.format(mark="\\" + decimal_mark)
        cell = pl.when(cell.str.contains(number)).then(cell.str.replace(decimal_mark, ".", literal=True))
        cell = cell.cast(dtype, strict=False)
        cell = pl.when(cell.is_finite()).then(cell)
    elif dtype.is_integer():
        cell = pl.when(cell.str.contains(INTEGER)).then(cell).cast(dtype, strict=False)
    elif dtype == pl.Boolean:
        cell = cell.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    elif dtype == pl.Date:
        cell = (
            pl.when(cell.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(cell).str.to_date("%Y-%m-%d", strict=False)
        )
    elif dtype.base_type() == pl.Datetime:
        cell = cell.str.to_datetime("%Y-%m-%dT%H:%M:%S%#z", strict=False)
    else:
        raise ContractError(
            f"No parser for the type {dtype}",
            where=str(text.name),
            expected="text, a number, Boolean, Date or Datetime",
            got=str(dtype),
            todo="give the column another type in its contract, or teach this function to read it",
        )
    return text.to_frame().select(cell.alias(text.name)).to_series()


def _schema(model: type["pa.DataFrameModel"], vocabularies: Mapping[str, Collection[str]]):
    import copy

    schema = copy.deepcopy(model.to_schema())
    for name, column in schema.columns.items():
        vocabulary = (column.metadata or {}).get("vocabulary")
        if vocabulary and vocabulary not in vocabularies:
            raise ContractError(
                f"The contract needs the vocabulary '{vocabulary}'",
                where=f"{model.__name__}.{name}",
                got=f"vocabularies {sorted(vocabularies)}",
                todo="pass it to check()",
            )
        if vocabulary:
            column.checks.append(_one_of(sorted(vocabularies[vocabulary])))
    return schema


def _one_of(words: list[str]):
    import pandera.polars as pa
    import polars as pl

    return pa.Check(lambda data: data.lazyframe.select(pl.col(data.key).is_in(words)), name="in_vocabulary")


def _no_violations() -> "pl.DataFrame":
    import polars as pl

    return pl.DataFrame(schema={"row": pl.UInt32, **dict.fromkeys(["column_name", "check_name", "value"], pl.String)})


def _unparsed(raw: "pl.DataFrame", typed: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    parts = [_no_violations()]
    for name in raw.columns:
        if typed[name].null_count() > raw[name].null_count():
            cells = raw.select(value=pl.col(name)).with_row_index("row")
            cells = cells.filter(raw[name].is_not_null() & typed[name].is_null())
            kind = f"parses_as({typed[name].dtype})"
            parts.append(cells.select("row", column_name=pl.lit(name), check_name=pl.lit(kind), value="value"))
    return pl.concat(parts)


def _failed(schema, typed: "pl.DataFrame", raw: "pl.DataFrame", contract: str) -> "pl.DataFrame":
    import pandera.errors
    import polars as pl

    try:
        schema.validate(typed, lazy=True)  # never a LazyFrame: pandera then looks at the schema alone
        return _no_violations()
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
    broken = cases.filter(pl.col("index").is_null() | ~pl.col("column").is_in(raw.columns))
    if not broken.is_empty():
        raise ContractError(
            "A check of the contract could not run, or belongs to no column",
            where=contract,
            got=str(broken.select("column", "check", "failure_case").head(3).to_dicts()),
            todo="declare it with @pa.check(<column>): it sees the other columns too",
        )
    cases = cases.select(row=pl.col("index").cast(pl.UInt32), column_name="column", check_name="check")
    parts = [_no_violations()]
    for (name,), part in cases.partition_by("column_name", as_dict=True).items():
        parts.append(part.with_columns(value=raw[name].gather(part["row"]).cast(pl.String)))
    return pl.concat(parts)


def _with_severity(found: "pl.DataFrame", schema) -> "pl.DataFrame":
    import polars as pl

    rules = {name: column.metadata or {} for name, column in schema.columns.items()}

    def severity(case: dict) -> str:
        rule = rules[case["column_name"]]
        return rule.get("exceptions", {}).get(case["check_name"], rule.get("severity", REJECT))

    kinds = found.select("column_name", "check_name").unique()
    kinds = kinds.with_columns(pl.Series("severity", [severity(case) for case in kinds.to_dicts()], dtype=pl.String))
    return found.join(kinds, on=["column_name", "check_name"], how="left")


def _voided(typed: "pl.DataFrame", found: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    void = found.filter(pl.col("severity") == VOID)
    for (name,), part in void.partition_by("column_name", as_dict=True).items():
        bad = pl.int_range(pl.len()).is_in(part["row"].unique().cast(pl.Int64).implode())
        typed = typed.with_columns(pl.when(~bad).then(pl.col(name)).alias(name))
    return typed
