"""What reading trace files of one format gives: the same tables for every format, not yet judged.

A format is a module of `ingest.power.formats` with

* ``NAME`` (the value of ``--format``) and ``TITLE`` (for people),
* ``sniff(head: bytes, path: Path) -> bool``: whether a file is of the format, by its first bytes and not its name,
* ``companions(path: Path) -> list[Path]``: files beside it that belong to it (a log with the window) and exist,
* ``read(con, files: list[TraceFile]) -> Reading``: all files of the format in one call.

Nothing is clamped, repaired, dropped or converted here: a value stands in the unit of the file, a line that is no
sample stands in `rejects`, and what is known of a value stands in its `fault`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# what a channel's values are
QUANTITY_KINDS = (
    "gauge",  # power at the moment
    "interval_mean",  # mean power since the sample before, or over interval_s
    "delta",  # energy since the sample before, or over interval_s
    "counter",  # energy since some start; may wrap or be reset
    "run_total",  # energy of the whole run
)
BOUNDARIES = ("chip", "card", "node_dc", "node_ac", "facility")
# why a value is not to be taken as it stands; what the numbers alone show (a gap, a spike, a wrap) is found in SQL
FAULTS = (
    "sentinel",  # a number that the format uses for "none" or "error"
    "not_available",  # the file says that there is no value
    "error_text",  # the file holds an error in place of a value
    "not_a_number",  # NaN, an infinite value or a text
    "negative",  # a power below zero that is no sentinel
    "implausible",  # beyond what a meter or a clock can say (`ingest.power.plausible`); the lander finds it
)
CLOCKS = (
    "utc",  # the format is in UTC or in seconds since 1970
    "offset",  # each time has its offset
    "local",  # local time without a zone: the user says which, or a companion file does
    "elapsed",  # seconds since the start
    "none",  # no times: samples have a number and a rate, or nothing
)

CHANNELS = {
    "file_index": "integer",  # TraceFile.index
    "channel_index": "integer",  # unique in the file
    "run_id": "varchar",  # where the file says; else the lander names it
    "device_id": "varchar",  # node, card, socket ... as the file says
    "channel": "varchar",  # e.g. total, ch1, gpu, package-0, dram
    "component": "varchar",  # node | cpu | gpu | ram | other; null where the file does not say
    "boundary": "varchar",  # BOUNDARIES; null where the file does not say
    "quantity_kind": "varchar",  # QUANTITY_KINDS
    "unit": "varchar",  # of the values, as pint reads it: W, mW, uW, J, mJ, uJ, kWh
    "is_measured": "boolean",  # false for a model's estimate; null where the file does not say
    "is_part_of_channel": "varchar",  # the channel of the same device that already holds this one: never add the two
    "instrument": "varchar",
    "counter_modulus": "double",  # at which a counter wraps, in its unit; null where unknown
    "sensor_interval_s": "double",  # how often the sensor is known to refresh; null where unknown
    "sample_rate_hz": "double",  # where the format states a rate instead of times
    "clock": "varchar",  # CLOCKS
    "utc_offset_s": "integer",  # seconds to add to the stated times to get UTC, where a companion file says so
    "clock_reason": "varchar",  # how the clock was resolved, in words; null where it is still open
    "facts": "varchar",  # JSON: what else the file says (cards, version, cpu model, PUE inside)
}
SAMPLES = {
    "file_index": "integer",
    "channel_index": "integer",
    "row_number": "bigint",  # the line, record or position in the file, from 1
    # microseconds since 1970 of the stated time read as if UTC; of the instant where each time has its offset; since
    # the start where times are elapsed; null where there is none
    "stated_us": "bigint",
    "interval_s": "double",  # the time that a delta or a mean is over, where the file says so
    "value": "double",  # in the unit of the channel; null where there is no number
    "fault": "varchar",  # FAULTS, or null
}
WINDOWS = {
    "file_index": "integer",
    "window_name": "varchar",
    "begin_us": "bigint",  # on the clock of the samples
    "end_us": "bigint",
    "begin_row": "bigint",  # where samples have a rate: the first row of the window, and the row after its last
    "end_row": "bigint",
    "rule": "varchar",  # how the publisher takes its figure, e.g. mean_of_positive_inside
    "stated_value": "double",  # the figure that the publisher prints for the window; null where none
    "stated_unit": "varchar",
    "stated_in": "varchar",  # the companion file it stands in
    "run_id": "varchar",  # the run that the window is of, where a trace holds several
}
WORK = {
    "file_index": "integer",
    "run_id": "varchar",
    "window_name": "varchar",  # the window that the work was done in; null for the whole run
    "work_unit": "varchar",  # token, image, step, query, request ...
    "quantity": "double",
    "quantity_per_s": "double",  # where a throughput is stated instead of a number
    "stated_in": "varchar",
    "task": "varchar",  # what kind of work it was: runs of one task are alike but for the amount; null where not said
}
RUN_TOTALS = {
    "file_index": "integer",
    "row_number": "bigint",
    "run_id": "varchar",
    "task": "varchar",
    "project": "varchar",
    "ended_us": "varchar",  # CodeCarbon stamps the end; what is no time stays as written: the contract voids it
    "clock": "varchar",
    "duration_s": "varchar",  # numbers as the file writes them: a contract types them
    "cpu_energy_kwh": "varchar",
    "gpu_energy_kwh": "varchar",
    "ram_energy_kwh": "varchar",
    "energy_kwh": "varchar",
    "emissions_kgco2e": "varchar",
    "pue": "varchar",
    "cpu_is_measured": "boolean",
    "gpu_is_measured": "boolean",
    "ram_is_measured": "boolean",
    "boundary": "varchar",
    "instrument": "varchar",
    "facts": "varchar",
}
REJECTS = {
    "file_index": "integer",
    "row_number": "bigint",
    "line": "varchar",  # the first 500 characters
    "reason": "varchar",
}
TABLES = {
    "channels": CHANNELS,
    "samples": SAMPLES,
    "windows": WINDOWS,
    "work": WORK,
    "run_totals": RUN_TOTALS,
    "rejects": REJECTS,
}


@dataclass(frozen=True)
class TraceFile:
    """A file to read: its number among all files of the pull, where it lies and its name as the user gave it."""

    index: int
    path: Path
    name: str
    sha256: str
    companions: tuple[Path, ...] = ()


@dataclass
class Reading:
    """Relations or frames by the names of TABLES, each with exactly those columns; a table left out has no rows.

    Rows are in no order. A relation is of temporary tables that the next `read` on the same connection replaces: what
    is to be kept must be put away before.
    """

    tables: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Put a table of few rows in as a frame; a column that a row leaves out is null.

        A channel is a part of another only where the file has that other.
        """
        import polars as pl

        if table == "channels":
            there = {(row["file_index"], row.get("device_id"), row["channel"]) for row in rows}
            rows = [
                row
                if (row["file_index"], row.get("device_id"), row.get("is_part_of_channel")) in there
                else {**row, "is_part_of_channel": None}
                for row in rows
            ]
        kinds = {
            "integer": pl.Int32,
            "bigint": pl.Int64,
            "double": pl.Float64,
            "boolean": pl.Boolean,
            "varchar": pl.String,
        }
        columns = TABLES[table]
        self.tables[table] = pl.DataFrame(
            {name: [row.get(name) for row in rows] for name in columns},
            schema={name: kinds[kind] for name, kind in columns.items()},
        )
