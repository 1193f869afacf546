"""Regular lines of PTDaemon logs are read as arrays, all others in SQL: the two never differ."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.power.formats import ptdaemon, ptdaemon_lines, text_pieces
from ingest.power.formats.ptdaemon_lines import Cut, cut
from ingest.power.formats.text_pieces import pieces_of
from ingest.power.reading import TraceFile
from tests.unit.power.traces import read_all, write

TIMES = (
    *("05-01-2024 10:00:00.250", "12-31-1999 23:59:59.999", "02-29-2024 00:00:00.000", "01-01-0001 00:00:00.001"),
    *("02-30-2024 10:00:00.250", "02-29-2023 10:00:00.250", "13-01-2024 10:00:00.250", "00-01-2024 10:00:00.250"),
    *("05-01-0000 10:00:00.250", "05-01-2024 24:00:00.250", "05-01-2024 10:60:00.250", "05-01-2024 10:00:60.250"),
    *("05-01-2024 10:00:00.25", "05-01-2024 10:00:00.2500", "5-01-2024 10:00:00.250", "05-01-2024T10:00:00.250", ""),
)
POWERS = (
    *("500.000000", "0", "0.1", "12.3", "1234.567890", "000012.50", "999999999999999", "99999999999999.9"),
    *("1234567890123456", "123456789012345.6", "0.123456789012345", ".5", "5.", ".", "1.2.3", "-1.000000", "-2.0"),
    *("-8.5", "+5", " 5", "5 ", "1e3", "1E308", "1e309", "NaN", "inf", "", "n/a", "much", "5\r", "٣", "1_000", "0x10"),
)
MARKS = ("2024-05-01_testing", "", "µ-test", "a\0b", "x\r")
CHANNELS = ("Ch1", "Cx1", "Ch2", "Ch12", "Ch0", "Ch", "Ch100", "Chx", "Phase1", "Ch1 ")


NAMES = ("watts", "Watt", "Wattss", "", "Ti me")


def line_of(time: str = TIMES[0], watts: str = "500.0", mark: str = "x", channels: tuple = ()) -> str:
    more = "".join(f",{name},Watts,{power},Volts,230.0,Amps,1.0,PF,0.9" for name, power in channels)
    return f"Time,{time},Watts,{watts},Volts,230.0,Amps,2.2,PF,0.98,Mark,{mark}{more}"


def mostly(usual: tuple, others: tuple) -> st.SearchStrategy:
    """One flaw hides another: most lines have one or none."""
    return st.integers(0, 7).flatmap(lambda n: st.sampled_from(others if n == 0 else usual))


@st.composite
def log_lines(draw: st.DrawFn) -> str:
    names, powers = mostly(("Ch1", "Ch2", "Ch12"), CHANNELS), mostly(POWERS[:6], POWERS)
    channels = draw(st.lists(st.tuples(names, powers), max_size=3))
    line = line_of(draw(mostly(TIMES[:4], TIMES)), draw(powers), draw(st.sampled_from(MARKS)), channels)
    damage = draw(mostly(("none",), ("cut", "comma", "name", "blank")))
    if damage == "cut":
        return line[: draw(st.integers(0, len(line)))]
    if damage == "blank":
        return draw(st.sampled_from(["", " ", "\t", "\r"]))
    if damage == "comma":
        return line.replace(",", ",,", 1) if draw(st.booleans()) else line + ","
    if damage == "name":
        name = draw(st.sampled_from(["Time", "Watts", "Volts", "Amps", "PF", "Mark", "Ch"]))
        return line.replace(name, draw(st.sampled_from(NAMES)), 1)
    return line


# each flaw by itself, so that no draw is needed to meet it
FLAWS = [
    *(line_of(time=time) for time in TIMES),
    *(line_of(watts=watts) for watts in POWERS),
    *(line_of(mark=mark) for mark in MARKS),
    *(line_of(channels=((name, "5.0"), ("Ch2", "6.0"))) for name in CHANNELS),
    *(line_of(channels=(("Ch1", "7.0"), ("Ch2", watts))) for watts in POWERS),
    *(line_of().replace(name, "other") for name in ("Time", "Watts", "Volts", "Amps", "PF", "Mark")),
    *(line_of(channels=(("Ch1", "5.0"),))[:-cut] for cut in range(40)),
    *(line_of()[:-cut] for cut in range(40)),
    line_of().replace("Time", "Tame"),
    line_of() + ",",
    line_of(channels=(("Ch1", "5.0"), ("Ch2", "6.0"))).replace("Ch2,Watts", "Ch2,Volts"),
]


def in_sql_alone(files: list[TraceFile]) -> list[Cut]:
    """All lines as if none were regular."""
    lines = [
        (file.index, piece.first_row + number, line)
        for file in files
        for piece in pieces_of(file, 1 << 20)
        for number, line in enumerate(piece.text.decode().split("\n"))
        if line
    ]
    names = ("file_index", "row_number", "line")
    return [Cut({}, {name: [line[place] for line in lines] for place, name in enumerate(names)})]


def both_ways(paths: list, block_bytes: int) -> tuple[dict, dict]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ptdaemon_lines, "BLOCK_BYTES", block_bytes)
        arrays = read_all(ptdaemon, paths)
        patch.setattr(ptdaemon, "cut_files", in_sql_alone)
        return arrays, read_all(ptdaemon, paths)


def in_order(rows: list[dict]) -> list[str]:
    return sorted(map(repr, rows))


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.lists(log_lines(), max_size=6), min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([40, 300, 1 << 20]),
)
@example([FLAWS], "\n", True, 1 << 20)
@example([FLAWS, FLAWS], "\r\n", False, 300)
def test_arrays_and_sql_read_the_same(tmp_path_factory, files, line_end, is_ended, block_bytes):
    texts = {f"{n}/spl.txt": line_end.join(lines) + line_end * is_ended for n, lines in enumerate(files)}
    texts = {name: text.encode() for name, text in texts.items()}
    arrays, sql = both_ways(write(tmp_path_factory.mktemp("log"), texts), block_bytes)
    for table in ("samples", "rejects", "channels"):
        assert in_order(arrays[table]) == in_order(sql[table])


def test_numbers_are_the_nearest_doubles(tmp_path):
    numbers = random.Random(7)
    texts = [
        f"{numbers.randrange(10 ** numbers.randint(1, 15 - decimals))}.{numbers.randrange(10**decimals):0{decimals}d}"
        for decimals in range(1, 15)
        for _ in range(500)
    ]
    lines = "".join(f"{line_of(watts=text)}\n" for text in texts)
    (path,) = write(tmp_path, {"spl.txt": lines})
    found = cut([*pieces_of(TraceFile(1, path, path.name, "", ()), 1 << 24)])
    assert not found.lines["line"]
    assert found.samples["value"].tolist() == [float(text) for text in texts]


def test_most_lines_of_a_log_are_regular(tmp_path):
    """What makes reading fast: were it lost, nothing else would tell."""
    text = f"{line_of()}\n{line_of(channels=(('Ch1', '20.000000'), ('Ch2', '30.000000')))}\n"
    (path,) = write(tmp_path, {"spl.txt": text * 3})
    found = cut([*pieces_of(TraceFile(1, path, path.name, "", ()), 1 << 24)])
    assert len(found.samples["value"]) == 3 + 3 * 3 and not found.lines["line"]


def test_pieces_hold_each_line_once(tmp_path):
    text = "".join(f"{'x' * (n * 7 % 30)}{n}\n" for n in range(100)) + "last"
    (path,) = write(tmp_path, {"f.txt": "\ufeff" + text.replace("\n", "\r\n")})
    for size in (3, 10, 64, 1000, 1 << 20):
        pieces = [*text_pieces.pieces_of(TraceFile(1, path, path.name, "", ()), size)]
        assert b"".join(piece.text for piece in pieces).decode() == text + "\n"
        rows = [piece.first_row for piece in pieces]
        assert rows == [1 + text[: text.index(piece.text.decode().split("\n")[0])].count("\n") for piece in pieces]
