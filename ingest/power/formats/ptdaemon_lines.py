"""The regular lines of PTDaemon logs, read as arrays: nearly all lines are, and SQL takes three times as long for them.

A line is regular where its cells have the documented names, its time has the documented form, its powers are plain
numbers and only channels follow its mark. Whatever is not plainly so stays a line, and SQL judges it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ingest.power.formats.cells_in_arrays import NUMBER_WIDTH, TIME_FORM, Signs, numbers_between, times_at
from ingest.power.formats.text_pieces import Piece, pieces_of
from ingest.power.reading import TraceFile
from ingest.side_by_side import side_by_side

if TYPE_CHECKING:
    import numpy as np

BLOCK_BYTES = 1 << 22
COLUMNS = ("file_index", "channel_index", "row_number", "stated_us", "value")
_AT_TIME = len("Time,")
_AT_NAME = _AT_TIME + len(TIME_FORM)
_AT_WATTS = _AT_NAME + len(",Watts,")
# the comma (from 0) that each name of a cell follows, its commas included; no other cell is looked at
_NAMES = {3: b",Volts,", 5: b",Amps,", 7: b",PF,", 9: b",Mark,"}
_COMMAS, _COMMAS_OF_CHANNEL = 11, 9
# nothing is looked for outside of the text
_BEFORE, _AFTER = b"\0" * (NUMBER_WIDTH - 1) + b"\n", b"\0" * (_AT_WATTS + 8)


class Cut(NamedTuple):
    """What a block of text came to."""

    samples: dict[str, "np.ndarray"]  # COLUMNS of equal length: no value has a fault
    lines: dict[str, list]  # file_index, row_number and line of each line that is not regular and not empty


class _Lines(NamedTuple):
    """Lines with one number of commas, and the text they stand in."""

    signs: Signs
    cuts: "np.ndarray"  # places of all commas and line ends in the text
    starts: "np.ndarray"  # places of the first byte of each line
    first: "np.ndarray"  # index in `cuts` of the first comma of each line
    channels: int

    def comma(self, number: int) -> "np.ndarray":
        """The place of a comma of each line, from 0; that after the last is the line end."""
        return self.cuts[self.first + number]


def cut_files(files: list[TraceFile]) -> Iterator[Cut]:
    """Yield what the files come to, block by block. Raises ParseError as `pieces_of` does."""
    return side_by_side(cut, _blocks(files))


def cut(block: list[Piece]) -> Cut:
    """Return the samples (W; microseconds since 1970 of the stated time) of a block, and its other lines."""
    import numpy as np

    text = b"".join([_BEFORE, *(piece.text for piece in block), _AFTER])
    signs = Signs(text)
    cuts = np.flatnonzero((signs.one == ord(",")) | (signs.one == ord("\n")))
    ends = np.flatnonzero(signs.one[cuts] == ord("\n"))
    first, commas = ends[:-1] + 1, np.diff(ends) - 1
    starts, stops = cuts[ends[:-1]] + 1, cuts[ends[1:]]
    file_index, row_number = _places(block, stops - len(_BEFORE))
    is_regular, found = np.zeros(len(starts), bool), []
    for count in np.flatnonzero(np.bincount(commas)).tolist():
        channels, rest = divmod(count - _COMMAS, _COMMAS_OF_CHANNEL)
        if channels < 0 or rest:
            continue
        lines = np.flatnonzero(commas == count)
        fits, times, values = _read(_Lines(signs, cuts, starts[lines], first[lines], channels))
        lines, times = lines[fits], times[fits]
        is_regular[lines] = True
        for channel_index, value in values:
            found.append((file_index[lines], channel_index[fits], row_number[lines], times, value[fits]))
    left = np.flatnonzero(~is_regular & (stops > starts))
    return Cut(
        {name: np.concatenate(parts) for name, parts in zip(COLUMNS, zip(*found, strict=True), strict=False)},
        {
            "file_index": file_index[left].tolist(),
            "row_number": row_number[left].tolist(),
            "line": [text[start:stop].decode() for start, stop in zip(starts[left], stops[left], strict=True)],
        },
    )


def _blocks(files: Iterable[TraceFile]) -> Iterator[list[Piece]]:
    block, size = [], 0
    for file in files:
        for piece in pieces_of(file, BLOCK_BYTES):
            block.append(piece)
            size += len(piece.text)
            if size >= BLOCK_BYTES:
                yield block
                block, size = [], 0
    if block:
        yield block


def _places(block: list[Piece], stops: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """The file of each line and its number in it; `stops` are the places of the line ends in the text of the block."""
    import numpy as np

    lines_before = np.searchsorted(stops, np.cumsum([0, *(len(piece.text) for piece in block)]))
    lines = np.diff(lines_before)
    row_before = np.array([piece.first_row for piece in block]) - lines_before[:-1]
    file_index = np.repeat(np.array([piece.file.index for piece in block], np.int32), lines)
    return file_index, np.arange(len(stops)) + np.repeat(row_before, lines)


def _read(lines: _Lines) -> tuple["np.ndarray", "np.ndarray", list[tuple["np.ndarray", "np.ndarray"]]]:
    """Which lines are regular, their times, and (channel_index, W) of the whole and of each channel."""
    import numpy as np

    times, fits = times_at(lines.signs, lines.starts + _AT_TIME)
    fits &= lines.signs.stand_at(lines.starts, b"Time,")
    fits &= lines.signs.stand_at(lines.starts + _AT_NAME, b",Watts,")
    for comma, name in _NAMES.items():
        fits &= lines.signs.stand_at(lines.comma(comma), name)
    watts, is_plain = numbers_between(lines.signs, lines.starts + _AT_WATTS, lines.comma(3))
    fits &= is_plain
    values = [(np.zeros(len(watts), np.int32), watts)]
    for channel in range(lines.channels):
        name, *value = (lines.comma(_COMMAS + _COMMAS_OF_CHANNEL * channel + n) for n in range(4))
        number, is_number = numbers_between(lines.signs, name + len(",Ch"), value[0])
        watts, is_plain = numbers_between(lines.signs, value[1] + 1, value[2])
        fits &= lines.signs.stand_at(name, b",Ch") & lines.signs.stand_at(value[0], b",Watts,")
        fits &= is_number & (value[0] - name <= len(",Ch99")) & is_plain
        values.append((number.astype(np.int32), watts))
    if lines.channels:  # a line that is cut after a comma
        last = lines.comma(_COMMAS + _COMMAS_OF_CHANNEL * lines.channels - 1)
        fits &= lines.signs.one[last + 1] != ord("\n")
    return fits, times, values
