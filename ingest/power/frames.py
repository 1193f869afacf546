"""The landed tables of a set of traces as frames of text with lineage; the samples stand in Parquet beside them."""

from typing import TYPE_CHECKING

from ingest.power.columns import LANDED

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from ingest.land import Delivery
    from ingest.power.said import Said

FILES = """
    select files.*, per_file.samples, per_file.first_stated_us, per_file.last_stated_us, file_index as row_number
    from files
    left join (
        select
            file_index, sum(samples) as samples, min(first_stated_us) as first_stated_us,
            max(last_stated_us) as last_stated_us
        from stored_channels group by file_index
    ) as per_file using (file_index)
"""
CHANNELS = """
    select
        keyed_channels.*,
        coalesce(stored_channels.samples, 0) as samples,
        stored_channels.series_hash,
        coalesce(stored_channels.sentinels, 0) as sentinels,
        coalesce(stored_channels.negatives, 0) as negatives,
        coalesce(stored_channels.unreadable_values, 0) as unreadable_values,
        coalesce(stored_channels.steps_back, 0) as steps_back,
        coalesce(stored_channels.is_in_order, true) as is_in_order,
        row_number() over (order by channel_key) as row_number
    from keyed_channels
    left join stored_channels using (channel_key)
"""
RUN_TOTALS = """
    select
        run_totals.* exclude (row_number, run_id, boundary),
        coalesce($run, run_id, file_name) as run_id,
        coalesce(boundary, said_boundary) as boundary,
        row_number as line_number,
        $timezone as timezone,
        case
            when clock in ('utc', 'offset') then try_cast(ended_us as bigint)
            when clock = 'local' and $timezone is not null and try_cast(ended_us as bigint) is not null
                then epoch_us(timezone($timezone, make_timestamp(try_cast(ended_us as bigint))))
        end as at_us,
        file_name, file_sha256,
        row_number() over (order by file_index, row_number) as row_number
    from run_totals
    join files using (file_index)
    left join said_boundaries using (file_index)
"""
REJECTS = """
    select rejects.* exclude (row_number), row_number as line_number, file_name, file_sha256,
        row_number() over (order by file_index, row_number) as row_number
    from rejects
    join files using (file_index)
"""
BY_FILE = """
    select {table}.*, file_name, file_sha256, row_number() over (order by {order}) as row_number
    from {table}
    join files using (file_index)
"""


def frames_of(con: "duckdb.DuckDBPyConnection", said: "Said") -> dict[str, "pl.DataFrame"]:
    """Return entity -> frame: the columns of LANDED as text, file_sha256 and row_number."""
    words = {"run": said.run, "timezone": said.timezone}
    queries = {
        "files": FILES,
        "channels": CHANNELS,
        "windows": BY_FILE.format(table="windows", order="file_index, window_name"),
        "work": BY_FILE.format(table="work", order="file_index, work_unit, run_id"),
        "run_totals": RUN_TOTALS,
        "rejects": REJECTS,
    }
    frames = {}
    for entity, query in queries.items():
        texts = ", ".join(f"cast({name} as varchar) as {name}" for name in LANDED[entity])
        asked = {name: word for name, word in words.items() if f"${name}" in query}
        frames[entity] = con.sql(
            f"select {texts}, file_sha256, row_number from ({query}) order by row_number", params=asked or None
        ).pl()
    return frames


def landed_frames(
    frames: dict[str, "pl.DataFrame"], told: dict[str, str | None], delivery: "Delivery"
) -> dict[str, "pl.DataFrame"]:
    """Return the frames with all lineage, and `tables`: one row, the set."""
    import polars as pl

    lineage = {"source_id": delivery.part, "release_id": delivery.release_id}
    landed = {
        entity: frame.with_columns(**{name: pl.lit(text) for name, text in lineage.items()})
        for entity, frame in frames.items()
    }
    rows = sum(frame.height for frame in frames.values())
    row = {**told, "rows_landed": str(rows), **lineage}
    columns = (*LANDED["tables"], *lineage, "file_sha256")
    table = pl.DataFrame({name: [row[name]] for name in columns}, schema_overrides=dict.fromkeys(columns, pl.String))
    return {**landed, "tables": table.with_columns(row_number=pl.lit(1, dtype=pl.Int64))}
