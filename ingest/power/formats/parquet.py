"""A Parquet table of power or energy: a mapping as for plain_csv says which column is what.

DuckDB reads it piece by piece; numbers keep their type, so that nothing is parsed. A timestamp without a zone is local
time, one with a zone is an instant; a column of numbers needs its form in the mapping.
"""

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.power.formats.plain_csv import INTERVAL_S, Mapping, channel_of, load_mapping, mapping_beside
from ingest.power.formats.series_limit import SERIES_MAX, refuse_more
from ingest.power.formats.times import CLOCKS, SECONDS, kind_of, stated_us
from ingest.power.reading import REJECTS, SAMPLES, Reading, TraceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

NAME = "parquet"
TITLE = "a Parquet table of your own, with a mapping of its columns"
MAGIC = b"PAR1"
# times that rise take bits: so many rows in so few bytes are no trace, and would fill the disk
ROWS_MANY, ROWS_PER_BYTE = 10_000_000, 100
_NUMBER = re.compile(r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)")
_ZONED, _NAIVE = re.compile(r"TIMESTAMP(?:_NS)? WITH TIME ZONE"), re.compile(r"TIMESTAMP(?:_S|_MS|_NS)?")


def sniff(head: bytes, path: Path) -> bool:
    """Return whether the file begins as every Parquet file does."""
    return head.startswith(MAGIC)


def companions(path: Path) -> list[Path]:
    """Return the mapping beside a file."""
    return mapping_beside(path)


def read(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Reading:
    """Return the samples of the mapped columns of Parquet files.

    Raises ParseError for a file without a mapping, one that is no sound Parquet file, and one that lacks a column or
    has another type in it than the mapping needs.
    """
    reading, channels = Reading(), []
    for name, columns in (("parquet_samples", SAMPLES), ("parquet_rejects", REJECTS)):
        con.execute(f"create or replace temp table {name} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
    for file in files:
        mapping = _mapping_of(file)
        with _one_message(file):
            _Table(con, file, mapping).read(channels)
    reading.add("channels", channels)
    reading.tables["samples"] = con.table("parquet_samples")
    reading.tables["rejects"] = con.table("parquet_rejects")
    return reading


class _Table:
    def __init__(self, con: "duckdb.DuckDBPyConnection", file: TraceFile, mapping: Mapping) -> None:
        self.con, self.file, self.mapping = con, file, mapping
        self.relation = f"read_parquet({_literal(_as_pattern(file.path))}, file_row_number = true)"
        self.types = {name: kind for name, kind, *_ in con.execute(f"describe from {self.relation}").fetchall()}
        self._refuse_bomb()
        wanted = [*mapping.device, *(value.column for value in mapping.values)]
        wanted += [part.column for part in (mapping.time, mapping.interval) if part]
        if missing := [name for name in wanted if name not in self.types]:
            there = ", ".join(name for name in self.types if name != "file_row_number")
            raise self._refused(f"the columns {', '.join(wanted)}", there[:300], f"mend: {', '.join(missing)}")
        for name in [value.column for value in mapping.values] + [p.column for p in [mapping.interval] if p]:
            if not _NUMBER.fullmatch(self.types[name]):
                raise self._refused(f"numbers in the column {name}", self.types[name])

    def read(self, channels: list[dict]) -> None:
        """Put samples and rejects into their tables and the descriptions of the series into `channels`."""
        time, clock = self._time()
        keys = ", ".join(f"coalesce(cast({_name(name)} as varchar), '')" for name in self.mapping.device)
        self.con.execute(
            f"create or replace temp view parquet_rows as select *, [{keys}]::varchar[] as keys,"
            f" {time} as stated_us, {self._interval()} as interval_s from {self.relation}"
        )
        series = self.con.execute(
            f"select distinct keys from parquet_rows order by keys limit {SERIES_MAX + 1}"
        ).fetchall()
        refuse_more(self.file, len(series) * len(self.mapping.values))
        numbers = {}
        for (keys_of_one,) in series:
            for position, _ in enumerate(self.mapping.values):
                place = {"file_index": self.file.index, "channel_index": len(numbers)}
                numbers[(tuple(keys_of_one), position)] = place["channel_index"]
                channels.append({**place, "clock": clock, **channel_of(self.mapping, keys_of_one, position)})
        self._insert(numbers, is_timed=self.mapping.time is not None)

    def _refuse_bomb(self) -> None:
        path, size = _literal(_as_pattern(self.file.path)), self.file.path.stat().st_size
        ((rows,),) = self.con.execute(f"select sum(num_rows) from parquet_file_metadata({path})").fetchall()
        if rows > ROWS_MANY and rows > ROWS_PER_BYTE * size:
            expected = f"at most {ROWS_PER_BYTE} rows a byte in a table of more than {ROWS_MANY:,} rows"
            raise self._refused(expected, f"{int(rows):,} rows in {size:,} bytes", "check what wrote this file")

    def _insert(self, numbers: dict[tuple, int], is_timed: bool) -> None:
        import polars as pl

        rows = [{"keys": list(keys), "position": at, "channel_index": n} for (keys, at), n in numbers.items()]
        schema = {"keys": pl.List(pl.String), "position": pl.Int32, "channel_index": pl.Int32}
        self.con.register("parquet_series", pl.DataFrame(rows, schema=schema))
        no_time = "stated_us is null" if is_timed else "false"
        for position, value in enumerate(self.mapping.values):
            number = f"try_cast({_name(value.column)} as double)"
            hole = f"and {_name(value.column)} is not null" if self.mapping.holes else ""
            self.con.execute(
                f"""
                insert into parquet_samples by name
                select
                    {self.file.index} as file_index, channel_index, file_row_number + 1 as row_number, stated_us,
                    interval_s, case when isfinite({number}) then {number} end as value,
                    case
                        when {_name(value.column)} is null then 'not_available'
                        when {number} is null or not isfinite({number}) then 'not_a_number'
                        when {number} < 0 then 'negative'
                    end as fault
                from parquet_rows
                inner join parquet_series on parquet_rows.keys = parquet_series.keys and position = {position}
                where not ({no_time}) {hole}
                """
            )
        self.con.unregister("parquet_series")
        if is_timed:
            self.con.execute(
                f"insert into parquet_rejects select {self.file.index}, file_row_number + 1, null,"
                " 'has no time of the form that the mapping says' from parquet_rows where stated_us is null"
            )

    def _time(self) -> tuple[str, str]:
        """The SQL of the microseconds, and the clock."""
        time = self.mapping.time
        if time is None:
            return "cast(null as bigint)", "none"
        column, kind, form = _name(time.column), self.types[time.column], time.form
        if _ZONED.fullmatch(kind):
            return f"epoch_us({column})", "utc"
        if _NAIVE.fullmatch(kind):
            return f"epoch_us(cast({column} as timestamp))", "local"
        if _NUMBER.fullmatch(kind) and form in SECONDS:
            return f"try_cast(round(cast({column} as double) * {SECONDS[form]}) as bigint)", CLOCKS[form]
        if kind == "VARCHAR" and form not in SECONDS:
            form = self._told() if form == "auto" else form
            return stated_us(column, _literal(form)), CLOCKS[form]
        forms = ", ".join(SECONDS)
        raise self._refused(f"times in the column {time.column}: a timestamp, or numbers with a form ({forms})", kind)

    def _told(self) -> str:
        column = _name(self.mapping.time.column)
        found = self.con.execute(f"select {column} from {self.relation} where {column} is not null limit 1").fetchall()
        kind = kind_of(found[0][0]) if found else "iso_offset"
        if kind is None or kind in SECONDS:
            raise self._refused("times as 2024-05-01T10:00:00Z", repr(found[0][0][:40]), "name the form in the mapping")
        return kind

    def _interval(self) -> str:
        interval = self.mapping.interval
        return (
            f"cast({_name(interval.column)} as double) * {INTERVAL_S[interval.unit]}"
            if interval
            else "cast(null as double)"
        )

    def _refused(self, expected: str, got: str, todo: str = "mend the mapping or the table") -> ParseError:
        what = "The Parquet table does not fit its mapping"
        return ParseError(what, where=self.file.name, expected=expected, got=got, todo=todo)


def _mapping_of(file: TraceFile) -> Mapping:
    if file.companions:
        return load_mapping(file.companions[0])
    raise ParseError(
        "The table has no mapping",
        where=file.name,
        expected=f"{file.path.name}.mapping.yml beside it, or a mapping given with --mapping",
        got="neither",
        todo="write one: it names the columns of time, device and values and their units",
    )


@contextmanager
def _one_message(file: TraceFile) -> "Iterator[None]":
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise ParseError(
            "The file is no Parquet file that can be read to its end",
            where=file.name,
            expected="a whole Parquet file, not encrypted",
            got=str(error).splitlines()[0][:300],
            todo="write or copy it anew: it is cut, damaged or of another kind",
        ) from None


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _as_pattern(path: Path) -> str:
    """DuckDB takes a path for a pattern: the signs of one stand for themselves in brackets."""
    return re.sub(r"[*?\[{]", lambda sign: f"[{sign[0]}]", str(path))
