"""Windows that companion files state without a zone: they stand on the clock of the trace beside them."""

from typing import TYPE_CHECKING, NamedTuple

from ingest.power.formats.experiment_windows import LIST
from ingest.power.formats.ptdaemon_run import WINDOW
from ingest.power.plausible import MOST_US

if TYPE_CHECKING:
    import duckdb

NAMED_IN_NOTES = 5


class Span(NamedTuple):
    """The first and the last sample of a file, in microseconds since 1970; without a zone, as they are written."""

    file_index: int
    file_name: str
    first_us: int
    last_us: int
    is_on_known_clock: bool

    def meets(self, begin_us: int, end_us: int) -> bool:
        """Return whether a window reaches into the file."""
        return self.first_us <= end_us and self.last_us >= begin_us


def spans_of_files(con: "duckdb.DuckDBPyConnection") -> list[Span]:
    """Return the span of each file that has a plausible time."""
    return [Span(*row) for row in con.execute(SPANS).fetchall()]


def put_on_clock_of_traces(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """Shift windows in local time as the samples of their files will be; return notes of those that reach no sample.

    Lists of experiments are in local time as their traces. MLPerf compares `power_begin` with the times of the log as
    both are written, whatever the zone (`get_power_metric` of its submission checker).
    """
    con.execute(SHIFT, [LIST, WINDOW])
    stated = con.execute(
        "select file_index, window_name, begin_us, end_us from windows where begin_us is not null order by all"
    ).fetchall()
    spans = {span.file_index: span for span in spans_of_files(con)} if stated else {}
    missed = [
        f"{name} of {spans[index].file_name}"
        for index, name, begin_us, end_us in stated
        if index in spans and not spans[index].meets(begin_us, end_us)
    ]
    if not missed:
        return []
    more = f" and {len(missed) - NAMED_IN_NOTES} more" if len(missed) > NAMED_IN_NOTES else ""
    return [f"stated windows that no sample of their file reaches: {', '.join(missed[:NAMED_IN_NOTES])}{more}"]


SHIFT = """
    with clocks as (
        select distinct file_index, utc_offset_s, timezone
        from keyed_channels
        where clock = 'local' and (utc_offset_s is not null or timezone is not null)
    )
    update windows
    set
        begin_us = coalesce(
            begin_us + utc_offset_s * cast(1000000 as bigint), epoch_us(timezone(timezone, make_timestamp(begin_us)))
        ),
        end_us = coalesce(
            end_us + utc_offset_s * cast(1000000 as bigint), epoch_us(timezone(timezone, make_timestamp(end_us)))
        )
    from clocks
    where windows.file_index = clocks.file_index and (stated_in = ? or window_name = ?)
"""
# the clock of a file is known where each of its series has times in UTC; an implausible time says nothing
SPANS = f"""
    with stated as (
        select file_index, channel_index, min(stated_us) as first_us, max(stated_us) as last_us
        from samples
        where stated_us between -{MOST_US} and {MOST_US}
        group by file_index, channel_index
    ),
    shifted as (
        select
            file_index, file_name, first_us, last_us,
            case
                when clock in ('utc', 'offset') then 0
                when clock != 'local' then null
                when utc_offset_s is not null then utc_offset_s * cast(1000000 as bigint)
                else epoch_us(timezone(timezone, make_timestamp(first_us))) - first_us
            end as shift_us
        from stated
        join keyed_channels using (file_index, channel_index)
    )
    select
        file_index, file_name, min(first_us + coalesce(shift_us, 0)), max(last_us + coalesce(shift_us, 0)),
        count(shift_us) = count(*)
    from shifted
    group by file_index, file_name
    order by file_index
"""
