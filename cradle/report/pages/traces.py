"""Power over time: each landed trace as a band, with its windows and flags."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section

_SPANS = 300  # about two for each pixel of a phone
_DRAWN = 8  # traces on the page; the rest stand in the table
_MOST_SAMPLES = 20_000_000  # reading more would take the report past half a minute


def page(marts: Marts) -> Page:
    """The page of traces."""
    traces = _traces(marts)
    drawn = [row for row in traces if row["is_drawn"]]
    return Page(
        "traces",
        "Power over time",
        "Measurements",
        "Samples of power meters as they were landed. The bundle holds one made-up example, so that this page shows"
        " how traces look; put your own beside it with cradle pull power.",
        [*(_trace(marts, row) for row in drawn), _listed(traces, len(drawn))],
    )


def _traces(marts: Marts) -> list[Row]:
    rows = marts.rows(
        """
        select
            channels.source_id,
            sources.title,
            channels.file_name,
            channels.run_id,
            channels.device_id,
            channels.channel,
            channels.instrument,
            channels.is_measured,
            measured.samples,
            measured.duration_s,
            measured.sampling_interval_s,
            measured.coverage_pct,
            measured.max_gap_s,
            measured.not_measured_reason,
            channels.channel_key,
            integrated.begin_us,
            integrated.finish_us as end_us,
            sources.licence_id as licence_set
        from staging.stg_power__channels as channels
        inner join marts.measured_energy as measured
            on concat(channels.channel_key, ':whole_trace') = measured.measurement_id
        -- the mart leaves out instants on a clock without a zone; the line is drawn all the same
        left join intermediate.int_power__integrate as integrated
            on channels.channel_key = integrated.channel_key and integrated.window_name = 'whole_trace'
        left join marts.sources on channels.source_id = sources.source_id
        order by channels.source_id, channels.file_name, channels.channel_key
        """
    )
    fit = [row for row in rows if row["duration_s"] and row["samples"] <= _MOST_SAMPLES][:_DRAWN]
    return [{**row, "is_drawn": any(row is one for one in fit)} for row in rows]


def _trace(marts: Marts, row: Row) -> Section:
    spans = _spans_of(marts, row)
    windows = marts.rows(
        """
        select
            window_name,
            (begin_us - ?) / 1e6 as begin_s,
            (finish_us - ?) / 1e6 as end_s
        from intermediate.int_power__integrate
        where channel_key = cast(? as bigint) and window_name != 'whole_trace'
        order by begin_s, window_name
        """,
        row["begin_us"],
        row["begin_us"],
        row["channel_key"],
    )
    made_up = "" if row["is_measured"] else " These numbers are made up or modelled: no meter was read."
    name = " ".join(str(row[key]) for key in ("run_id", "device_id", "channel") if row[key])
    span = f"{row['duration_s'] / _count(row):,.3g} s"
    return Section(
        f"trace-{row['channel_key']}",
        f"{name} ({row['title']})",
        f"{row['samples']:,} samples by {row['instrument'] or 'an instrument that is not named'}, drawn in"
        f" {len(spans):,} spans of {span}: the line is the mean of the samples of a span, the band reaches from the"
        f" lowest to the highest, so that no peak is smoothed away. {_said(spans)} Declared windows ({len(windows)})"
        f" are shaded.{made_up}",
        spans,
        f"int_power__flag_samples over raw.power__samples, marts.measured_energy ({row['file_name']})",
        charts.trace(spans, windows),
        "Power in W against seconds: a line of means on a band from lowest to highest, flags above, windows shaded.",
    )


def _count(row: Row) -> int:
    """Spans of at least 2.5 usual intervals: only a gap leaves one empty."""
    usual = row["sampling_interval_s"] or row["duration_s"]
    return max(1, min(_SPANS, int(row["duration_s"] / (2.5 * usual))))


def _said(spans: list[Row]) -> str:
    found = {words: sum(row[name] for row in spans) for name, (words, _) in charts.FLAGS.items()}
    flagged = ", ".join(f"{words} {count:,}" for words, count in found.items() if count)
    empty = sum(row["samples"] == 0 for row in spans)
    return (f"Flags: {flagged}." if flagged else "No sample is flagged.") + (
        f" {empty} spans hold no sample: the line breaks there." if empty else ""
    )


def _spans_of(marts: Marts, row: Row) -> list[Row]:
    """The samples of a trace by spans of time; a sample that has no time of its own has no place here."""
    count = _count(row)
    return marts.rows(
        """
        with

        flagged as (
            select
                *,
                least(? - 1, cast(floor((end_us - ?) / (? / ?)) as integer)) as span
            from intermediate.int_power__flag_samples
            where channel_key = cast(? as bigint) and end_us between ? and ?
        ),

        spans as (
            select cast(range as integer) as span from range(?)
        )

        select
            (spans.span + 0.5) * ? / 1e6 / ? as at_s,
            count(flagged.row_number) as samples,
            min(flagged.power_w) as lowest_w,
            -- added up in one order: threads must not move the last digit
            list_avg(list(flagged.power_w order by flagged.row_number)) as mean_w,
            max(flagged.power_w) as highest_w,
            count(case when flagged.has_gap_before then 1 end) as gaps,
            count(case when flagged.fault = 'sentinel' then 1 end) as sentinels,
            count(case when flagged.fault = 'negative' then 1 end) as negatives,
            count(case when flagged.fault not in ('sentinel', 'negative') then 1 end) as unreadable,
            count(case when flagged.is_spike then 1 end) as spikes,
            count(case when flagged.is_duplicate_timestamp then 1 end) as duplicate_times,
            count(case when flagged.is_out_of_order then 1 end) as out_of_order,
            count(case when flagged.has_wrapped then 1 end) as wraps,
            cast(? as varchar) as licence_set
        from spans
        left join flagged on spans.span = flagged.span
        group by spans.span
        order by spans.span
        """,
        count,
        row["begin_us"],
        float(row["end_us"] - row["begin_us"]),
        count,
        row["channel_key"],
        row["begin_us"],
        row["end_us"],
        count,
        float(row["end_us"] - row["begin_us"]),
        count,
        row["licence_set"],
    )


def _listed(traces: list[Row], drawn: int) -> Section:
    rest = len(traces) - drawn
    more = f" {rest} are not drawn: a page holds {_DRAWN}, none without a length or above {_MOST_SAMPLES:,} samples."
    return Section(
        "traces",
        "All traces that are landed",
        f"{len(traces)} traces.{more if rest else ''}",
        [{name: cell for name, cell in row.items() if name not in ("begin_us", "end_us")} for row in traces],
        "marts.measured_energy, window whole_trace",
    )
