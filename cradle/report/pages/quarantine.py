"""Quarantine: what contracts refused, beside what was read."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section

OUTCOMES = ["rejected", "a cell left empty", "taken whole"]


def page(marts: Marts) -> Page:
    """The page of what was rejected and why."""
    return Page(
        "quarantine",
        "Quarantine",
        "Provenance",
        "What was rejected, and why. Nothing is dropped in silence.",
        [_outcomes(marts), _reasons(marts)],
    )


def _outcomes(marts: Marts) -> Section:
    rows = outcomes(marts)
    touched = {row["source_id"] for row in rows if row["rejected"] or row["a_cell_left_empty"]}
    shown = [
        {"source": row["source_id"], "outcome": outcome, "share_pct": 100 * row[column] / row["rows_read"]}
        for row in _by_source(rows)
        if row["source_id"] in touched
        for outcome in OUTCOMES
        if (column := outcome.replace(" ", "_"))
    ]
    return Section(
        "rows_read",
        "Rows read, rejected and taken",
        "Every row that was read is in one of three columns, and they add up to the rows read. The chart shows the"
        " sources of which anything was refused; of the others every row was taken whole.",
        rows,
        "contracts (the rows read), marts.quarantine",
        charts.stacked_bars(shown, "share_pct", "source", "outcome", "per cent of the rows read", parts=OUTCOMES)
        if shown
        else None,
        "Bars by source: rows rejected, taken with a cell left empty, and taken whole.",
    )


def outcomes(marts: Marts) -> list[Row]:
    """For each source and entity with rows: rows read, rejected, taken with a cell left empty, and taken whole."""
    contracts = marts.rows(
        "select table_name from duckdb_tables() where schema_name = 'contracts'"
        " and database_name = current_database() order by table_name"
    )
    read = " union all ".join(
        f"select source_id, '{row['table_name'].split('__')[1]}' as entity, file_sha256, row_number"
        f' from contracts."{row["table_name"]}"'
        for row in contracts
    )
    return marts.rows(
        f"""
        with

        read as ({read}),

        -- the samples of power traces are too many for a contract: the lander judges each
        samples as (
            select
                channels.source_id,
                'samples' as entity,
                cast(sum(measured.samples) as bigint) as kept,
                cast(sum(measured.sentinels + measured.negatives + measured.unreadable_values) as bigint) as emptied
            from staging.stg_power__channels as channels
            inner join marts.measured_energy as measured
                on concat(channels.channel_key, ':whole_trace') = measured.measurement_id
            group by channels.source_id
        ),

        lines_without_sample as (
            select source_id, count(*) as lines
            from marts.quarantine
            where entity = 'samples'
            group by source_id
        ),

        refused as (
            select
                source_id,
                entity,
                file_sha256,
                row_number,
                bool_or(severity = 'reject_row') as is_rejected
            from marts.quarantine
            where entity != 'samples'
            group by all
        ),

        of_rows as (
            select
                read.source_id,
                read.entity,
                count(*) as rows_read,
                count(case when refused.is_rejected then 1 end) as rejected,
                count(case when not refused.is_rejected then 1 end) as a_cell_left_empty,
                count(case when refused.row_number is null then 1 end) as taken_whole
            from read
            left join refused
                on
                    read.source_id = refused.source_id
                    and read.entity = refused.entity
                    and read.file_sha256 = refused.file_sha256
                    and read.row_number = refused.row_number
            group by all
        ),

        of_samples as (
            select
                samples.source_id,
                samples.entity,
                samples.kept + coalesce(lines_without_sample.lines, 0) as rows_read,
                coalesce(lines_without_sample.lines, 0) as rejected,
                samples.emptied as a_cell_left_empty,
                samples.kept - samples.emptied as taken_whole
            from samples
            left join lines_without_sample on samples.source_id = lines_without_sample.source_id
        )

        select * from of_rows
        union all
        select * from of_samples
        order by rejected desc, a_cell_left_empty desc, source_id, entity
        """
    )


def _by_source(rows: list[Row]) -> list[Row]:
    numbers = ("rows_read", *(outcome.replace(" ", "_") for outcome in OUTCOMES))
    found: dict[str, Row] = {}
    for row in rows:
        total = found.setdefault(row["source_id"], {"source_id": row["source_id"], **dict.fromkeys(numbers, 0)})
        for name in numbers:
            total[name] += row[name]
    return list(found.values())


def _reasons(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            source_id,
            entity,
            case when severity = 'reject_row' then 'the row is rejected' else 'the cell is left empty' end as effect,
            check_name as reason,
            string_agg(distinct column_name, '; ' order by column_name) as columns,
            count(distinct concat(file_sha256, ':', row_number)) as rows_affected,
            count(*) as cells,
            min(column_name) as example_column,
            min_by(row_number, concat(column_name, lpad(cast(row_number as varchar), 12, '0'))) as example_row,
            min_by(
                coalesce(offending_text, '(empty)'), concat(column_name, lpad(cast(row_number as varchar), 12, '0'))
            ) as example
        from marts.quarantine
        group by source_id, entity, severity, check_name
        order by source_id, entity, rows_affected desc, reason
        """
    )
    return Section(
        "reasons",
        "By source and reason, with an example",
        "The check that a row or a cell failed. A row can fail several checks: the rows of this table do not add up.",
        rows,
        "marts.quarantine",
    )
