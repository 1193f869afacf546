"""How many series a file may have: each is described in memory, and times taken for devices are millions."""

from cradle.errors import ParseError
from ingest.power.reading import TraceFile

SERIES_MAX = 200_000  # of the files tried, the one with the most has 198


def refuse_more(file: TraceFile, series: int) -> None:
    """Raise ParseError for a file of more series than are read of one."""
    if series <= SERIES_MAX:
        return
    raise ParseError(
        "The file has more series than are read of one",
        where=file.name,
        expected=f"at most {SERIES_MAX:,} series, each a device or a part of one with a value",
        got="more",
        todo="check that the column that tells devices apart (device: in a mapping) holds names and no values or times;"
        " or give the file in parts",
    )
