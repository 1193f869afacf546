"""The columns of the landed tables of a set of traces, all of them text, before lineage. Contracts type them."""

from ingest.power.reading import CHANNELS, REJECTS, RUN_TOTALS, WINDOWS, WORK


def _payload(columns: dict[str, str], *leading: str) -> tuple[str, ...]:
    return (*leading, *(name for name in columns if name not in ("file_index", "row_number")))


LANDED = {
    "files": ("file_name", "format", "bytes", "companions", "samples", "first_stated_us", "last_stated_us"),
    "channels": (
        *_payload(CHANNELS, "channel_key", "file_name"),
        *("boundary_said_by", "timezone", "samples", "series_hash"),
        *("sentinels", "negatives", "unreadable_values", "steps_back", "is_in_order"),
    ),
    "windows": _payload(WINDOWS, "file_name"),
    "work": _payload(WORK, "file_name"),
    "run_totals": (*_payload(RUN_TOTALS, "file_name"), "line_number", "timezone", "at_us"),
    "rejects": (*_payload(REJECTS, "file_name"), "line_number"),
    "tables": (
        *("title", "licence_id", "licence_name", "licence_url", "redistributable", "licence_pack"),
        *("run_said", "boundary_said", "timezone_said", "format_said", "file_name", "bytes", "samples"),
        *("samples_file", "rows_landed", "fingerprint"),
    ),
}
