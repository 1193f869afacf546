"""Samples that a reader finds one after the other, gathered into channels and frames."""

import math
from typing import Any

from ingest.power.formats.number_cells import NOT_AVAILABLE
from ingest.power.formats.series_limit import refuse_more
from ingest.power.reading import Reading, TraceFile


class RecordSeries:
    """The samples, channels and rejects of the files of one format."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._channels: dict[tuple[int, object], dict] = {}
        self._counts: dict[int, int] = {}
        self._samples: list[dict] = []
        self._rejects: list[dict] = []

    def add(
        self,
        file: TraceFile,
        row_number: int,
        channel: dict[str, Any],
        number: object,
        stated_us: int | None = None,
        interval_s: float | None = None,
    ) -> None:
        """Add a sample; its channel is the one of the file with the same device_id and channel.

        Raises ParseError for a file of too many channels.
        """
        key = (file.index, channel.get("device_id"), channel["channel"])
        if key not in self._channels:
            index = self._counts[file.index] = self._counts.get(file.index, -1) + 1
            refuse_more(file, index + 1)
            self._channels[key] = {"file_index": file.index, "channel_index": index, **channel}
        value, fault = judged(number)
        self._samples.append(
            {
                "file_index": file.index,
                "channel_index": self._channels[key]["channel_index"],
                "row_number": row_number,
                "stated_us": stated_us,
                "interval_s": interval_s,
                "value": value,
                "fault": fault,
            }
        )

    def reject(self, file: TraceFile, row_number: int, line: str, reason: str) -> None:
        """Add a record that is no sample."""
        row = {"file_index": file.index, "row_number": row_number, "line": line[:500], "reason": reason}
        self._rejects.append(row)

    def put_into(self, reading: Reading) -> Reading:
        """Put the tables into the reading and return it."""
        reading.add("channels", list(self._channels.values()))
        reading.add("samples", self._samples)
        reading.add("rejects", self._rejects)
        return reading


def judged(number: object) -> tuple[float | None, str | None]:
    """Return the value and the fault of a number or of its text, as `number_cells` judges cells in SQL."""
    if number is None or (isinstance(number, str) and number.strip().lower() in NOT_AVAILABLE):
        return None, "not_available"
    value = finite(number)
    if value is None:
        is_error = isinstance(number, str) and any(word in number.lower() for word in ("err", "lost", "fail"))
        return None, "error_text" if is_error else "not_a_number"
    return value, "negative" if value < 0 else None


def finite(number: object) -> float | None:
    """Return a number or its text as a float; None where it is none or is not finite."""
    try:
        value = float(number)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def epoch_us(seconds: object) -> int | None:
    """Return microseconds of a number of seconds since 1970; None where it is no time between 1970 and 2286."""
    value = finite(seconds)
    return round(value * 1e6) if value is not None and 0 <= value < 1e10 else None
