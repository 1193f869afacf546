"""What the user is told of a set of traces that was read: what nothing came of, and why."""

from typing import TYPE_CHECKING

from cradle.errors import ParseError
from cradle.listed import listed
from ingest.power.assign import NAMED_IN_NOTES, Assigned

if TYPE_CHECKING:
    import duckdb


def notes_on(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """Return notes on the gathered tables: files without a sample, lines set aside, samples without times."""
    return [*_without_anything(con), *_rejected(con), *_timeless(con)]


def refuse_nothing(con: "duckdb.DuckDBPyConnection", assigned: Assigned) -> None:
    """Raise ParseError for a header alone, and for files that are read as a format which they are not."""
    if con.execute("select 1 from samples union all select 1 from run_totals limit 1").fetchall():
        return
    first = con.execute("select row_number, reason from rejects order by file_index, row_number limit 1").fetchall()
    raise ParseError(
        "There is no sample and no total of a run",
        where=", ".join(file.name for group in assigned.groups for file in group.files[:NAMED_IN_NOTES]),
        expected="; ".join(group.format.TITLE for group in assigned.groups),
        got="; ".join(f"line {row}: {reason}" for row, reason in first) or "a header and nothing else",
        todo="check that the recording ran; --format says another format",
    )


def _without_anything(con: "duckdb.DuckDBPyConnection") -> list[str]:
    found = con.execute(
        """
        select file_name from files
        anti join stored_channels using (file_index)
        anti join run_totals using (file_index)
        order by 1
        """
    ).fetchall()
    return [f"without any sample: {listed([name for (name,) in found], NAMED_IN_NOTES)}"] if found else []


def _rejected(con: "duckdb.DuckDBPyConnection") -> list[str]:
    found = con.execute(
        """
        select
            count(*), count(distinct file_index), min_by(file_name, (file_index, row_number)),
            min_by(row_number, (file_index, row_number)), min_by(reason, (file_index, row_number))
        from rejects join files using (file_index)
        having count(*) > 0
        """
    ).fetchall()
    return [
        f"{lines:,} line{'s' if lines > 1 else ''} of {files:,} file{'s' if files > 1 else ''} set aside in"
        f" raw.power__rejects, such as {name}, line {row}: {reason}"
        for lines, files, name, row, reason in found
    ]


def _timeless(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """Samples that no energy can come of are said, not left to be missed."""
    found = con.execute(
        """
        select file_name, sum(stored_channels.samples)
        from stored_channels
        join keyed_channels using (channel_key)
        where stated_times = 0 and stated_intervals = 0 and sample_rate_hz is null
        group by file_name
        order by file_name
        """
    ).fetchall()
    if not found:
        return []
    return [
        "no energy comes of samples without times and without a rate:"
        f" {listed([name for name, _ in found], NAMED_IN_NOTES)}"
        f" ({sum(samples for _, samples in found):,} samples)"
    ]
