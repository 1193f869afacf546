"""From what the formats read to what is landed: keys, the run each channel is of, and times on the clock of UTC."""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.boundaries import put_boundaries
from ingest.power.plausible import MOST_US, is_implausible
from ingest.power.reading import FAULTS, TABLES, Reading
from ingest.power.said import Said
from ingest.power.traces import COLUMNS, first_key, quoted

if TYPE_CHECKING:
    import duckdb


def make_tables(con: "duckdb.DuckDBPyConnection") -> None:
    """Make the tables that readings are gathered in, and `files`."""
    con.execute(f"create type fault as enum {FAULTS}")
    for name, columns in TABLES.items():
        # a byte a sample in place of sixteen: they are sorted with it
        kinds = columns | {"fault": "fault"} if name == "samples" else columns
        con.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in kinds.items())})")
    con.execute(
        "create table files (file_index integer, file_name varchar, file_sha256 varchar, bytes bigint,"
        " format varchar, companions varchar)"
    )


def gather(con: "duckdb.DuckDBPyConnection", reading: Reading) -> None:
    """Put the tables of a reading to those of the others, and drop what the format made to read them."""
    for name, relation in reading.tables.items():
        con.register("incoming", relation)
        con.execute(f"insert into {name} by name select {', '.join(TABLES[name])} from incoming")
        con.unregister("incoming")
    made = con.execute("select table_name from duckdb_tables() where temporary").fetchall()
    for (table,) in made:  # a long trace is not in memory twice
        con.execute(f'drop table "{table}"')


def name_channels(con: "duckdb.DuckDBPyConnection", said: Said) -> None:
    """Make `keyed_channels`: each channel with its key, its run, its boundary and how its clock is known.

    The run is what the user says, else what the file says, else the file's name; the boundary and the time zone that
    the user says stand where the file says none, and it is noted who said it.
    Raises FetchError for boundaries that do not fit the files.
    """
    put_boundaries(con, said.boundary)
    con.execute(
        f"""
        create table keyed_channels as
        select
            {first_key(said.set_id)} + row_number() over (order by file_index, channel_index) as channel_key,
            * exclude (run_id, boundary, said_boundary, clock_reason),
            coalesce(?, run_id, regexp_replace(file_name, '\\.[A-Za-z0-9]{{1,5}}$', '')) as run_id,
            coalesce(boundary, said_boundary) as boundary,
            case when boundary is not null then 'file' when said_boundary is not null then 'user' end
                as boundary_said_by,
            case when clock = 'local' and utc_offset_s is null then ? end as timezone,
            case
                when clock_reason is not null then clock_reason
                when clock = 'utc' then 'the format is in UTC'
                when clock = 'offset' then 'each time states its offset'
                when clock = 'local' and ? is not null then 'local time, in the zone that the user says'
                when clock = 'elapsed' then 'seconds since the start, which the file does not say'
            end as clock_reason
        from channels
        join files using (file_index)
        left join said_boundaries using (file_index)
        """,
        [said.run, said.timezone, said.timezone],
    )


def write_samples(con: "duckdb.DuckDBPyConnection", file: Path) -> None:
    """Write the samples as Parquet, by channel and row, with the time on the clock of UTC where it is known.

    What no meter and no clock can say is flagged, and stays as it is.

    A local time is read in its zone: the hour that a change to winter time repeats is taken as the first of the two.
    """
    at_us = """
        case
            when clock in ('utc', 'offset') then stated_us
            when clock = 'local' and utc_offset_s is not null then stated_us + cast(utc_offset_s as bigint) * 1000000
            when clock = 'local' and timezone = 'UTC' then stated_us  -- a zone is asked for each sample by itself
            when clock = 'local' and timezone is not null and stated_us is not null
                then epoch_us(timezone(timezone, make_timestamp(stated_us)))
        end
    """
    fault = f"case when fault is null and {is_implausible()} then cast('implausible' as fault) else fault end"
    made = {"at_us": f"case when stated_us between -{MOST_US} and {MOST_US} then {at_us} end", "fault": fault}
    columns = ", ".join(f"{made[name]} as {name}" if name in made else name for name in COLUMNS)
    con.execute("set preserve_insertion_order = true")
    con.execute(
        f"""
        copy (
            select * replace (cast(fault as varchar) as fault)
            from (
                select {columns}
                from samples
                join keyed_channels using (file_index, channel_index)
                order by channel_key, row_number
            )
        ) to {quoted(file)} (format parquet, compression zstd, parquet_version v2)
        """
    )
