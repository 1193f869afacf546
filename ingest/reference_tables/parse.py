"""A reference table and its mapping to one row a cell: item, stage, criterion and place, with what the mapping says.

Cells stay the text of the file. The meanings stand in columns of their own beside them; a word that the mapping does
not know has none, and the contract says so of the row.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.reference_tables.columns import MAPPED, STATED
from ingest.reference_tables.grid import CELLS_MAX, Grid, read_grid, too_large
from ingest.reference_tables.mapping import (
    COLUMNS,
    Mapping,
    header_and_unit,
    place_names,
    read_mapping,
    same_unit,
    same_word,
)

if TYPE_CHECKING:
    import polars as pl

REASON_BY_MARK = {"proxy": "is_proxy", "use_electricity": "includes_use_electricity"}


def parse(
    path: Path, mapping: Mapping | None = None, note: Callable[[str], None] | None = None
) -> dict[str, "pl.DataFrame"]:
    """Return {"cells": one row a cell}: text columns and row_number, the 1-based row below the header.

    `mapping` is `numecoeval` where none is given; `note` is told what the user should know. Raises ParseError for a
    file that is not of the form that the mapping states, for columns it does not name, and where every row is fake.
    """
    import polars as pl

    path = Path(path)
    mapping = mapping or read_mapping("numecoeval")[0]
    grid = read_grid(path, mapping.file)
    frame = _long(grid, mapping, path.name) if mapping.shape == "long" else _wide(grid, mapping, path.name)
    if note and (left_out := _left_out(grid, mapping)):
        note(f"columns left out, as the mapping says: {', '.join(left_out)}")
    frame = _with_meanings(frame, mapping)
    frame = frame.select(*STATED, *MAPPED, "row_number")
    if frame.select(pl.col("refused_by_rule").is_not_null().all()).item():
        raise ParseError(
            "The whole table is fake or test data, as its own rows say",
            where=path.name,
            expected="rows with real values",
            got=f"{frame.height:,} rows, each refused: {frame['refused_by_rule'][0]}",
            todo="take the real table",
        )
    return {"cells": frame}


def _long(grid: Grid, mapping: Mapping, where: str) -> "pl.DataFrame":
    frame, others = _attributes(grid, mapping, where)
    if others:
        raise _unknown_columns(others, grid.header, mapping, where)
    return frame


def _wide(grid: Grid, mapping: Mapping, where: str) -> "pl.DataFrame":
    import polars as pl

    frame, others = _attributes(grid, mapping, where)
    labels = {same_word(label) for criterion in mapping.criteria for label in criterion.labels}
    known = []
    for at in others:
        label, unit = grid.header[at].strip(), None
        if same_word(label) not in labels:
            label, unit = header_and_unit(grid.header[at])
        if same_word(label) in labels:
            known.append((at, label, (grid.units[at] if grid.units else None) or unit))
    if unknown := [at for at in others if at not in {one[0] for one in known}]:
        raise _unknown_columns(unknown, grid.header, mapping, where)
    if not known:
        raise ParseError(
            "The table has no column of an indicator",
            where=f"{where}, header",
            expected=f"columns such as {', '.join(c.labels[0] for c in mapping.criteria[:5])}",
            got=", ".join(grid.header[:20]),
            todo="name the columns under criteria in the mapping",
        )
    if len(grid.rows) * len(known) > CELLS_MAX:
        got = f"{len(grid.rows):,} rows of {len(known)} indicators"
        raise too_large(where, f"{CELLS_MAX:,} values", got)
    rows = pl.DataFrame(grid.rows, schema=[f"c{n}" for n in range(len(grid.header))], orient="row")
    parts = [
        frame.with_columns(
            value=rows[f"c{at}"],
            criterion=pl.lit(label),
            file_column=pl.lit(grid.header[at]),
            **({"amount_unit_as_stated": pl.lit(unit)} if unit else {}),
        ).with_columns(order=pl.lit(at))
        for at, label, unit in known
    ]
    return pl.concat(parts).sort("row_number", "order").drop("order")


def _attributes(grid: Grid, mapping: Mapping, where: str) -> tuple["pl.DataFrame", list[int]]:
    """The columns of the mapping, each under our name; and the places of the columns that it does not name."""
    import polars as pl

    _refuse_twice(grid, where)
    found: dict[str, int] = {}
    header = {same_word(name): at for at, name in enumerate(grid.header) if name}
    missing = []
    for column, names in mapping.columns.items():
        there = [header[same_word(name)] for name in names if same_word(name) in header]
        if len(there) == 1:
            found[column] = there[0]
        elif len(there) > 1:
            raise _columns_error(where, f"one column for {column}", f"{' and '.join(grid.header[at] for at in there)}")
        else:
            missing.append(f"{column} ({' or '.join(names)})")
    if missing:
        raise _columns_error(
            where, f"a column for {'; '.join(missing)}", ", ".join(filter(None, grid.header[:40])) or "no names"
        )
    count = len(grid.rows)
    columns = {name: [row[at] for row in grid.rows] for name, at in found.items()}
    stated = [pl.Series(n, columns[n], dtype=pl.String) for n in found]
    frame = pl.DataFrame(stated) if stated else pl.DataFrame({"_": [None] * count}).drop("_")
    absent = [n for n in (*COLUMNS, "file_column") if n not in found]
    frame = frame.with_columns(**{n: pl.lit(mapping.constants.get(n), dtype=pl.String) for n in absent})
    faults = [grid.faults.get(number) for number in range(1, count + 1)] if grid.faults else None
    frame = frame.with_columns(
        row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        row_fault=pl.Series(faults, dtype=pl.String) if faults else pl.lit(None, dtype=pl.String),
    )
    ignored = {same_word(name) for name in mapping.ignored_columns}
    others = [
        at
        for at, name in enumerate(grid.header)
        if at not in found.values() and same_word(name) not in ignored and not _is_empty_column(grid, at)
    ]
    return frame, others


def _left_out(grid: Grid, mapping: Mapping) -> list[str]:
    ignored = {same_word(name) for name in mapping.ignored_columns}
    return [name for name in grid.header if same_word(name) in ignored]


def _is_empty_column(grid: Grid, at: int) -> bool:
    return not grid.header[at] and all(row[at] is None for row in grid.rows)


def _refuse_twice(grid: Grid, where: str) -> None:
    names = [same_word(name) for name in grid.header if name]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise _columns_error(where, "each column once", f"{', '.join(map(repr, twice))} twice")


def _unknown_columns(places: list[int], header: list[str], mapping: Mapping, where: str) -> ParseError:
    return _columns_error(
        where,
        "columns that the mapping names: "
        + ", ".join(name for names in mapping.columns.values() for name in names)
        + (f"; indicators {', '.join(c.labels[0] for c in mapping.criteria)}" if mapping.shape == "wide" else ""),
        ", ".join(repr(header[at]) if header[at] else f"column {at + 1} without a name" for at in places[:10]),
    )


def _columns_error(where: str, expected: str, got: str) -> ParseError:
    return ParseError(
        "The columns are not those of the mapping",
        where=f"{where}, header",
        expected=expected,
        got=got,
        todo="mend `columns`, `criteria` or `ignored_columns` in a mapping of your own (`--mapping PATH`)",
    )


def _with_meanings(frame: "pl.DataFrame", mapping: Mapping) -> "pl.DataFrame":
    import polars as pl

    none = pl.lit(None, dtype=pl.String)
    criteria = {label: c for c in mapping.criteria for label in c.labels}
    frame = frame.with_columns(
        life_cycle_stage=_meaning(frame["stage"], {k: s.life_cycle_stage for k, s in mapping.stages.items()}),
        stages_covered=_meaning(frame["stage"], {k: s.covered for k, s in mapping.stages.items()}),
        indicator_id=_meaning(frame["criterion"], {k: c.indicator_id for k, c in criteria.items()}),
        stated_unit=_meaning(frame["amount_unit_as_stated"], mapping.amount_units, same_unit),
        unit_of_criterion=_meaning(frame["criterion"], {k: c.unit for k, c in criteria.items() if c.unit}),
        reference_unit=_meaning(frame["reference_unit_as_stated"], mapping.reference_units, same_unit),
        geography_id=_meaning(frame["geography_as_stated"], {**place_names(), **mapping.places}),
        zero_is_not_modelled=_meaning(
            frame["criterion"], {k: "true" for k, c in criteria.items() if c.zero_is_not_modelled}
        ),
    ).with_columns(
        amount_unit=pl.when(pl.col("amount_unit_as_stated").is_null())
        .then(pl.col("unit_of_criterion"))
        .otherwise(pl.col("stated_unit")),
        zero_is_not_modelled=pl.col("zero_is_not_modelled").fill_null("false"),
        decimal_mark=pl.lit(mapping.file.decimal_mark),
    )
    rules = [
        (rule, _fits(frame, rule.where) & ~_fits(frame, rule.unless) if rule.unless else _fits(frame, rule.where))
        for rule in mapping.rules
    ]
    frame = frame.with_columns(pl.Series(f"fits_{n}", fits) for n, (_, fits) in enumerate(rules))

    def first(values: dict[int, str], otherwise: "pl.Expr") -> "pl.Expr":
        return pl.coalesce(*(pl.when(pl.col(f"fits_{n}")).then(pl.lit(v)) for n, v in values.items()), otherwise)

    def marked(mark: str) -> dict[int, str]:
        return {n: rule.reason for n, (rule, _) in enumerate(rules) if rule.marks == mark}

    def set_by_rule(field: str) -> dict[int, str]:
        found = {n: getattr(rule.sets, field) for n, (rule, _) in enumerate(rules)}
        return {n: str(value) for n, value in found.items() if value is not None}

    def joined(texts: dict[int, str]) -> "pl.Expr":
        parts = [pl.when(pl.col(f"fits_{n}")).then(pl.lit(text)) for n, text in texts.items()]
        text = pl.concat_str(parts, separator="; ", ignore_nulls=True) if parts else none
        return pl.when(text != "").then(text)

    not_eligible = {
        n: r.reason for n, (r, _) in enumerate(rules) if r.marks in ("proxy", "use_electricity", "ineligible")
    }
    stages = set_by_rule("life_cycle_stage")
    return frame.with_columns(
        stages_covered=first(stages, pl.col("stages_covered")),
        life_cycle_stage=first(stages, pl.col("life_cycle_stage")),
        reference_unit=first(set_by_rule("reference_unit"), pl.col("reference_unit")),
        **{
            field: first(set_by_rule(field), none)
            for field in ("object_id", "electricity_scope", "reference_year", "object_boundary", "licence_id")
        },
        **{
            column: first(dict.fromkeys(marked(mark), "true"), pl.lit("false"))
            for mark, column in REASON_BY_MARK.items()
        },
        rule_reason=joined(not_eligible),
        rules_applied=joined({n: f"{rule.name}: {rule.reason}" for n, (rule, _) in enumerate(rules)}),
        refused_by_rule=pl.coalesce(
            *(
                pl.when(pl.col(f"fits_{n}")).then(
                    pl.concat_str(pl.lit(f"{rule.reason}: "), pl.col(next(iter(rule.where))).fill_null(""))
                )
                for n, (rule, _) in enumerate(rules)
                if rule.marks == "fake"
            ),
            none,
        ),
    )


def _meaning(words: "pl.Series", meanings: dict[str, str], same: Callable[[str], str] = same_word) -> "pl.Series":
    """What each word means: null for one that the mapping does not know. Each different word is looked up once."""
    import polars as pl

    meanings = {same(word): meaning for word, meaning in meanings.items()}
    different = words.unique().drop_nulls()
    found = [meanings.get(same(word)) for word in different]
    table = pl.DataFrame({"word": different, "meaning": pl.Series(found, dtype=pl.String)})
    return words.to_frame("word").join(table, on="word", how="left", maintain_order="left")["meaning"]


def _fits(frame: "pl.DataFrame", where: dict[str, str]) -> "pl.Series":
    """Whether the cells of a row fit all patterns; an empty cell is ''. Each different cell is looked at once."""
    import polars as pl

    fits = pl.Series([True]).new_from_index(0, frame.height)
    for column, pattern in where.items():
        different = frame[column].unique().fill_null("").unique()
        found = pl.DataFrame({"word": different, "fits": different.str.contains(pattern)})
        words = frame[column].fill_null("").to_frame("word")
        fits &= words.join(found, on="word", how="left", maintain_order="left")["fits"]
    return fits
