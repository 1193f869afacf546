"""What the samples of each channel are as they are stored: how many, of which faults, and whether time goes forward.

Found once, at landing, so that a build reads a long trace without asking first whether it has to be sorted.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.power.plausible import LEAST_HZ, MOST_HZ
from ingest.power.traces import quoted

if TYPE_CHECKING:
    import duckdb

# as the models take it (macros/time_or_position.sql); a rate that the contract voids places no sample
_POSITION = (
    "case when channels.sample_rate_hz between {least} and {most}"
    " then cast(round({row} / channels.sample_rate_hz * 1e6) as bigint) end"
)
# the hash says which series are the same to the last digit, whatever their files are called
_ORDER = """
    create table stored_channels as
    with stored as (
        select
            *,
            coalesce(at_us, stated_us) as time_us,
            lag(channel_key) over () as channel_key_before,
            lag(row_number) over () as row_number_before,
            lag(coalesce(at_us, stated_us)) over () as time_us_before
        from read_parquet({file})
    ),

    timed as (
        select
            stored.*,
            channels.file_index,
            channel_key_before = channel_key as has_one_before,
            coalesce(time_us, {position}) as end_us,
            coalesce(time_us_before, {position_before}) as end_us_before
        from stored
        join keyed_channels as channels using (channel_key)
    )

    select
        channel_key,
        file_index,
        count(*) as samples,
        count(stated_us) as stated_times,
        count(interval_s) as stated_intervals,
        min(stated_us) as first_stated_us,
        max(stated_us) as last_stated_us,
        cast(bit_xor(hash(row_number, stated_us, value)) as varchar) as series_hash,
        count(case when fault = 'sentinel' then 1 end) as sentinels,
        count(case when fault = 'negative' then 1 end) as negatives,
        count(case when fault not in ('sentinel', 'negative') then 1 end) as unreadable_values,
        count(case when has_one_before and end_us < end_us_before then 1 end) as steps_back,
        count(case when has_one_before and row_number_before < row_number and end_us_before <= end_us then 1 end)
        = count(*) - 1 as is_in_order
    from timed
    group by channel_key, file_index
"""


def find_order(con: "duckdb.DuckDBPyConnection", file: Path) -> None:
    """Make `stored_channels` of the written samples: a row a channel that has any."""
    limits = {"least": LEAST_HZ, "most": MOST_HZ}
    before, here = (_POSITION.format(row=row, **limits) for row in ("row_number_before", "row_number"))
    con.execute("set preserve_insertion_order = true")
    con.execute(_ORDER.format(file=quoted(file), position=here, position_before=before))
