"""Kwollect records of Grid'5000 that pandas wrote as CSV: one row a record, or one column a metric."""

from ingest.power.formats.kwollect_metrics import channel_of_metric, is_power
from ingest.power.formats.series_table import Layout, cells_of, header_of, layout_by_name
from ingest.power.reading import TraceFile

LONG = frozenset({"timestamp", "device_id", "metric_id", "value"})
DELIMITERS = (",", ";", "\t")


def is_table(head: bytes) -> bool:
    """Return whether a header has the columns of a record or a metric of power beside a timestamp."""
    names = header_of(head)
    return set(names) >= LONG or ("timestamp" in names and any(is_power(name) for name in names))


def layout_of(file: TraceFile, names: list[str]) -> Layout:
    """Return where the cells of a file with these columns stand; a column for each metric leaves holes."""
    if set(names) >= LONG:
        return layout_by_name(file, values=["value"], keys=["device_id", "metric_id"], time="timestamp")
    return layout_by_name(file, values=[name for name in names if is_power(name)], time="timestamp", holes=True)


def channel_of(layout: Layout, keys: list[str], position: int) -> dict | None:
    """Return the channel of a row's device and metric, or of a column."""
    if keys:
        return channel_of_metric(keys[0], keys[1])
    return channel_of_metric(None, cells_of(layout.header or "")[layout.values[position]])
