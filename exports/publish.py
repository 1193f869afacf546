"""An export that may be passed on: rows held back by their licence, share-alike packs in files of their own.

Whose data a row holds is read from the row: `licence_set`; or else `licence_id`; or else the licences of the factors or
else of the sources that it names. A table that says none of this is left out whole unless it is one of NAMES_ONLY.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cradle.errors import ExportError
from exports.licences import OPEN, SHARE_ALIKE_PACKS, Licences, read_licences
from exports.part import HeldBack, Part
from exports.sources import SEPARATOR, Source
from exports.tables import SCHEMA, Column, Table, order_of, quoted

if TYPE_CHECKING:
    import duckdb

PACKS = (OPEN, *SHARE_ALIKE_PACKS)
# These name sources, factors and parameters and hold none of their values.
NAMES_ONLY = ("sources", "factor_selection", "parameter_trace")
# Text that repeats a number of the source, or what it says.
QUOTING = ("as_printed", "offending_text", "answer", "locator")
# States of a row that has something to withhold; any other says why there is nothing.
ANSWERED = ("modelled", "computed", "stated")
# Numbers that tell of the values of other rows, under the licences of `compared_licence_set`.
COMPARING = (
    "lowest",
    "highest",
    "spread_ratio",
    "ratio_to_lowest",
    "share_lowest",
    "share_highest",
    "highest_by_lowest",
)
# What stands where a result is withheld, beside numbers that are null.
WITHHELD = {
    "state": "'withheld'",
    "completeness": "'none'",
    "state_reason": "'withheld: ' || reason__",
    "is_ranged": "false",
    "flows_modelled": "0",
}
# Why numbers that compare are held back: their rows are in files of other packs.
FOREIGN = "tell of values under licences of other files"
NUMBERS = ("FLOAT", "DOUBLE", "DECIMAL", "STRUCT", "MAP", "UNION")


@dataclass(frozen=True)
class _Judged:
    """A table with a query that gives its rows and, of each, licences__, reason__ (or null) and pack__."""

    table: Table
    query: str
    withholds: bool


def parts_to_publish(
    con: "duckdb.DuckDBPyConnection",
    tables: list[Table],
    sources: dict[str, Source],
    without_packs: Collection[str] = (),
) -> tuple[list[Part], list[HeldBack]]:
    """The files of a published export, and what they hold back.

    Raises ExportError where a row rests on data of both share-alike packs, naming tables, licences and sources.
    """
    licences = _licences_set(con, tables, without_packs)
    judged = [_judge(table, tables) for table in tables]
    _refuse_mixtures(con, [found for found in judged if found], licences)
    parts, held_back = [], []
    for table, found in zip(tables, judged, strict=True):
        if table.name in NAMES_ONLY:
            parts.append(Part(table, table.name, _without_private_tables(table), [], []))
        elif found is None:
            rows = con.execute(f"select count(*) from {SCHEMA}.{quoted(table.name)}").fetchall()[0][0]
            held_back.append(HeldBack(table.name, "the table does not say whose data its rows hold", rows, 0))
        else:
            held_back += _held_back(con, found)
            parts += _parts(con, found, sources)
    return parts, held_back


def held_back_of(con: "duckdb.DuckDBPyConnection", tables: list[Table], names: Collection[str]) -> list[HeldBack]:
    """What a published export would hold back of the tables with these names; `tables` are all of the warehouse.

    A table that does not say whose data its rows hold is not judged here.
    """
    _licences_set(con, tables, ())
    judged = [_judge(table, tables) for table in tables if table.name in names]
    return [held for found in judged if found for held in _held_back(con, found)]


def licences_of(con: "duckdb.DuckDBPyConnection", tables: list[Table]) -> Licences:
    """The licences of the warehouse, of its sources and of its rows; `tables` are all of it."""
    return _licences_set(con, tables, ())


def _licences_set(con: "duckdb.DuckDBPyConnection", tables: list[Table], without_packs: Collection[str]) -> Licences:
    """The licences of the warehouse and its rows, which the queries of judged tables read as variables."""
    licences = read_licences(con, without_packs)
    licences = replace(licences, of_source=_with_licences_of_rows(con, tables, licences.of_source))
    licences = replace(licences, held_back=_named_by_the_user(con, tables, licences) | licences.held_back)
    _set_variables(con, licences)
    return licences


def _without_private_tables(table: Table) -> str:
    """What a user calls a table that may not be passed on, and the name of its file, are nobody else's business."""
    if table.name != "sources" or not {"kind", "redistributable"} <= {column.name for column in table.columns}:
        return table.select
    return f"select * from ({table.select}) where kind != 'user_table' or redistributable = 'yes'"


def evidence(table: Table) -> list[str]:
    """The columns that say whose data a row holds; empty where nothing does."""
    names = [column.name for column in table.columns]
    return [n for n in names if n in ("licence_set", "licence_id") or n.endswith(("source_id", "factor_id"))]


def _with_licences_of_rows(
    con: "duckdb.DuckDBPyConnection", tables: list[Table], of_source: dict[str, list[str]]
) -> dict[str, list[str]]:
    """A source some of whose factors are under another licence has both: of its other rows nobody knows which."""
    found = {source_id: list(licences) for source_id, licences in of_source.items()}
    if not _has_factors(tables):
        return found
    for source_id, licence_id in con.execute(
        f"select distinct source_id, licence_id from {SCHEMA}.factors"
        " where source_id is not null and licence_id is not null order by all"
    ).fetchall():
        if licence_id not in found.setdefault(source_id, []):
            found[source_id].append(licence_id)
    return found


def _named_by_the_user(con: "duckdb.DuckDBPyConnection", tables: list[Table], licences: Licences) -> dict[str, str]:
    """Unknown licences of the user's own files, with a reason that does not say what the user calls them."""
    columns = {table.name: {column.name for column in table.columns} for table in tables}
    if not {"source_id", "origin"} <= columns.get("sources", set()):
        return {}
    found = [
        licence_id
        for name, names in columns.items()
        if {"source_id", "licence_id"} <= names
        for (licence_id,) in con.execute(
            f"select distinct t.licence_id from {SCHEMA}.{quoted(name)} as t"
            f" inner join {SCHEMA}.sources as s on t.source_id = s.source_id"
            " where s.origin = 'user_file' and t.licence_id is not null"
        ).fetchall()
    ]
    reason = "a licence that the user names is not in the vocabulary of licences"
    return {licence_id: reason for licence_id in sorted(found) if licence_id not in licences.packs}


def _has_factors(tables: list[Table]) -> bool:
    return any(
        table.name == "factors" and {"factor_id", "source_id", "licence_id"} <= {c.name for c in table.columns}
        for table in tables
    )


def _set_variables(con: "duckdb.DuckDBPyConnection", licences: Licences) -> None:
    con.execute("create or replace temp table licences__ (licence_id varchar, reason varchar, pack varchar)")
    known = dict.fromkeys(
        [*licences.packs, *licences.held_back, *(i for ids in licences.of_source.values() for i in ids)]
    )
    for licence_id in known:
        row = [licence_id, licences.reason(licence_id), licences.packs.get(licence_id, OPEN)]
        con.execute("insert into licences__ values (?, ?, ?)", row)
    con.execute("create or replace temp table of_source__ (source_id varchar, licences varchar[])")
    for source_id, ids in licences.of_source.items():
        con.execute("insert into of_source__ values (?, ?)", [source_id, ids])
    for name, value in {
        "allowed": "select list(licence_id) from licences__ where reason is null",
        "odbl": "select list(licence_id) from licences__ where pack = 'odbl'",
        "by_sa": "select list(licence_id) from licences__ where pack = 'by-sa'",
    }.items():
        con.execute(f"set variable {name}__ = coalesce(({value}), cast([] as varchar[]))")
    con.execute(
        "set variable reasons__ = (select map(list(licence_id), list(reason)) from"
        " (select licence_id, reason from licences__ where reason is not null union all select '', ''))"
    )
    con.execute("set variable of_source__ = (select map(list(source_id), list(licences)) from of_source__)")


def _judge(table: Table, tables: list[Table]) -> _Judged | None:
    said = evidence(table)
    if not said or table.name in NAMES_ONLY:
        return None
    licences, joins = _licences_of_a_row(said, _has_factors(tables))
    names = {column.name for column in table.columns}
    compared = f"string_split(t.compared_licence_set, '{SEPARATOR}')" if "compared_licence_set" in names else "null"
    query = f"""
        with named as (
            select
                t.*,
                list_sort(list_distinct({licences})) as licences__,
                cast({compared} as varchar[]) as compared__
            from {SCHEMA}.{quoted(table.name)} as t{joins}
        ),
        barred as (
            select *, list_filter(licences__, lambda l: not list_contains(getvariable('allowed__'), l)) as barred__
            from named
        )
        select
            *,
            case when len(barred__) > 0 then array_to_string(
                list_transform(barred__, lambda l: coalesce(
                    getvariable('reasons__')[l], 'licence ' || l || ' is not in the vocabulary of licences'
                )), '; '
            ) end as reason__,
            case
                when
                    list_has_any(licences__, getvariable('odbl__'))
                    and list_has_any(licences__, getvariable('by_sa__'))
                    then 'mixed'
                when list_has_any(licences__, getvariable('odbl__')) then 'odbl'
                when list_has_any(licences__, getvariable('by_sa__')) then 'by-sa'
                else '{OPEN}'
            end as pack__
        from barred"""
    return _Judged(table, query, {"state", "state_reason", "licence_set"} <= names)


def _licences_of_a_row(said: list[str], has_factors: bool) -> tuple[str, str]:
    """The SQL for the list of licences of a row of `t`, and the joins that it needs."""
    factors = [name for name in said if name.endswith("factor_id") and has_factors]
    joins = "".join(
        f" left join {SCHEMA}.factors as f{i} on t.{quoted(name)} = f{i}.factor_id" for i, name in enumerate(factors)
    )
    of_factors = [
        f"case when t.{quoted(name)} is null then cast([] as varchar[])"
        f" when f{i}.factor_id is null then ['of factor ' || t.{quoted(name)}]"
        f" when f{i}.licence_id is not null then [f{i}.licence_id] else {_of_source('source_id', f'f{i}')} end"
        for i, name in enumerate(factors)
    ]
    of_sources = [_of_source(name) for name in said if name.endswith("source_id")]
    fallbacks = [f"nullif({_concatenated(of_factors)}, [])", _concatenated(of_sources)]
    if "licence_id" in said:
        fallbacks.insert(0, f"string_split(t.licence_id, '{SEPARATOR}')")
    if "licence_set" in said:
        fallbacks.insert(0, f"string_split(t.licence_set, '{SEPARATOR}')")
    return f"coalesce({', '.join(fallbacks)})", joins


def _concatenated(lists: list[str]) -> str:
    return f"list_concat({', '.join(['cast([] as varchar[])', *lists])})"


def _of_source(column: str, table: str = "t") -> str:
    name = f"{table}.{quoted(column)}"
    found = f"coalesce(getvariable('of_source__')[{name}], ['of source ' || {name}])"
    return f"case when {name} is null then cast([] as varchar[]) else {found} end"


def _held_back(con: "duckdb.DuckDBPyConnection", judged: _Judged) -> list[HeldBack]:
    had = "true"
    if judged.withholds:  # a row that had no number loses none
        numbers = [f"{quoted(column.name)} is not null" for column in judged.table.columns if _is_number(column)]
        had = " or ".join([f"state in {ANSWERED}", *numbers])
    rows = con.execute(
        f"select reason__, count(*) from ({judged.query}) where reason__ is not null and ({had})"
        " group by all order by all"
    ).fetchall()
    kept = judged.withholds
    found = [HeldBack(judged.table.name, why, 0 if kept else count, count if kept else 0) for why, count in rows]
    if compared := [column.name for column in judged.table.columns if column.name in COMPARING]:
        alone = " or ".join(
            f"(pack__ = '{pack}' and coalesce(not ({_tells_of_this_pack(pack)}), true))" for pack in PACKS
        )
        had = " or ".join(f"{quoted(name)} is not null" for name in compared)
        query = f"select count(*) from ({judged.query}) where reason__ is null and ({had}) and ({alone})"
        if count := con.execute(query).fetchall()[0][0]:
            why = f"{', '.join(compared)} {FOREIGN}"
            found.append(HeldBack(judged.table.name, why, 0, count))
    return found


def _parts(con: "duckdb.DuckDBPyConnection", judged: _Judged, sources: dict[str, Source]) -> list[Part]:
    parts = []
    for pack in PACKS:
        # a withheld row holds nobody's data any more
        here = f"case when reason__ is null then pack__ else '{OPEN}' end = '{pack}'"
        if not judged.withholds:
            here += " and reason__ is null"
        if pack != OPEN and not con.execute(f"select 1 from ({judged.query}) where {here} limit 1").fetchall():
            continue
        licence_set = _distinct(
            con, f"select unnest(licences__) from ({judged.query}) where {here} and reason__ is null"
        )
        table = _nullable(judged.table) if judged.withholds else judged.table
        columns = ", ".join(_cell(column, judged.withholds, pack) for column in table.columns)
        parts.append(
            Part(
                table,
                table.name if pack == OPEN else f"{table.name}.{pack}",
                f"select {columns} from ({judged.query}) where {here} order by {order_of(table)}",
                _sources_of(con, judged, here, sources, licence_set),
                licence_set,
            )
        )
    return parts


def _sources_of(
    con: "duckdb.DuckDBPyConnection", judged: _Judged, here: str, sources: dict[str, Source], licence_set: list[str]
) -> list[Source]:
    """Rather too many than too few: a licence_set does not say which of the sources under a licence it means."""
    names = {column.name for column in judged.table.columns}
    if "source_id" in names and "licence_set" not in names:
        found = _distinct(con, f"select source_id from ({judged.query}) where {here} and reason__ is null")
        return [sources[source_id] for source_id in found if source_id in sources]
    return [source for source in sources.values() if source.licence_id in licence_set]


def _tells_of_this_pack(pack: str) -> str:
    """Whether all values that a row is compared with may stand in the file of this pack."""
    others = [p.replace("-", "_") for p in SHARE_ALIKE_PACKS if p != pack]
    foreign = " or ".join(f"list_contains(getvariable('{p}__'), l)" for p in others)
    barred = "not list_contains(getvariable('allowed__'), l)"
    return f"len(list_filter(compared__, lambda l: {barred} or {foreign})) = 0"


def _cell(column: Column, withholds: bool, pack: str) -> str:
    name = quoted(column.name)
    if column.name in COMPARING:
        return f"case when {_tells_of_this_pack(pack)} then {name} end as {name}"
    if not withholds:
        return name
    if column.name in WITHHELD:
        kept = f"cast({WITHHELD[column.name]} as {column.type})"
        if column.name in ("state", "state_reason"):  # what was not modelled anyway is still that, and says so
            kept = f"case when {quoted('state')} in {ANSWERED} then {kept} else {name} end"
    elif _is_number(column) or column.name in QUOTING or column.name == "summing_method":
        kept = "null"
    else:
        return name
    return f"case when reason__ is null then {name} else {kept} end as {name}"


def _is_number(column: Column) -> bool:
    return column.type.startswith(NUMBERS) or column.type.endswith("]")


def _nullable(table: Table) -> Table:
    columns = (replace(c, nullable=True) if _is_number(c) or c.name in QUOTING else c for c in table.columns)
    return replace(table, columns=tuple(columns))


def _distinct(con: "duckdb.DuckDBPyConnection", query: str) -> list[str]:
    return [row[0] for row in con.execute(f"select distinct * from ({query}) as found(item) order by all").fetchall()]


def _refuse_mixtures(con: "duckdb.DuckDBPyConnection", judged: list[_Judged], licences: Licences) -> None:
    where, mixed = [], set()
    for found in judged:
        sets = con.execute(
            f"select licences__, count(*) from ({found.query}) where pack__ = 'mixed' and reason__ is null"
            " group by all order by all"
        ).fetchall()
        if sets:
            where.append(f"{SCHEMA}.{found.table.name} ({sum(count for _, count in sets):,} rows)")
            mixed |= {licence_id for ids, _ in sets for licence_id in ids}
    if not where:
        return
    share_alike = sorted(licence_id for licence_id in mixed if licences.packs.get(licence_id) in SHARE_ALIKE_PACKS)
    named = []
    for licence_id in share_alike:
        behind = [source_id for source_id, ids in licences.of_source.items() if licence_id in ids]
        named.append(f"{licence_id} (pack {licences.packs[licence_id]}: {', '.join(behind) or 'no source'})")
    raise ExportError(
        "these tables would mix data under ODbL with data under CC BY-SA: each licence asks for itself alone,"
        " and nothing was written",
        where=", ".join(where),
        expected="rows that rest on one share-alike licence at most",
        got=" and ".join(named),
        todo="leave one pack out: `cradle export --publish --without-pack odbl` (or by-sa) withholds what rests on it",
    )
