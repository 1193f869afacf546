"""Bad input by the real command: one message and exit code 2, or flagged rows; nothing half-loaded, memory bounded.

A file without the permission to read it cannot be tried here: root reads it all the same.
"""

import os
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration.power.conftest import build_energy
from tests.integration.run_module import run_in
from tests.unit.power.traces import write

SPL = "Time,05-01-2024 10:00:{second:02}.000,Watts,{watts},Volts,230.0,Amps,2.2,PF,0.98,Mark,x_testing\n"
GOOD = "".join(SPL.format(second=second, watts=500 + second) for second in range(30))
SMI = "timestamp, index, power.draw [W]\n"
ROW = "2026/01/05 {time}, 0, {watts}\n"
MAPPING = "time: {column: t, form: iso_offset}\nvalues: [{column: w, unit: W, boundary: node_ac}]\n"
MEMORY_KB = 500_000
HUGE = 2 << 30


def pull(folder: Path, file: Path, *words: str) -> subprocess.CompletedProcess:
    return run_in(folder, "cradle.cli", "pull", "power", "--file", str(file), *words)


def landed(folder: Path) -> list[str]:
    """The names of the landed sets; there is no Parquet file and no folder beside theirs."""
    names = []
    if (folder / "landing.duckdb").is_file():
        with duckdb.connect(str(folder / "landing.duckdb"), read_only=True) as con:
            if ("power__tables",) in con.execute("select table_name from duckdb_tables()").fetchall():
                found = con.execute("select source_id, samples_file from raw.power__tables order by 1").fetchall()
                names = [source_id.removeprefix("power:") for source_id, _ in found]
                assert sorted(file for _, file in found) == sorted(p.name for p in (folder / "traces").iterdir())
    return names


REFUSED = {
    "empty": ({"x.csv": ""}, (), "an empty file"),
    "blank": ({"x.csv": "\n \n\r\n"}, (), "an empty file"),
    "a header only": ({"x.csv": SMI}, (), "a header and nothing else"),
    "words": ({"x.csv": "these are words\n"}, (), "No format knows the file"),
    "another format": (
        {"x.csv": SMI + ROW.format(time="10:00:00.000", watts="1 W")},
        ("--format", "ptdaemon"),
        "line 1",
    ),
    "no such format": ({"x.csv": GOOD}, ("--format", "csv"), "no such format"),
    "UTF-16": ({"x.csv": GOOD.encode("utf-16")}, (), "text in UTF-16"),
    "UTF-16 with its format": ({"x.csv": GOOD.encode("utf-16")}, ("--format", "ptdaemon"), "iconv -f UTF-16"),
    "a name that is not UTF-8": ({"x/a.csv": GOOD, os.fsdecode(b"x/b\xff.csv"): GOOD}, (), r"x/b\xff.csv"),
    "a folder without traces": ({"x/README.md": "x", "x/a.png": b"\x89PNG"}, (), "None of these files"),
    "a file where a table has no mapping": ({"x.csv": "t,w\n1,2\n"}, ("--format", "plain_csv"), "no mapping"),
    "a name with dots": ({"x.csv": GOOD}, ("--table", "../../x"), "--table"),
    "a mapping that reads a file": (
        {"x.csv": "t,w\n1,2\n", "m.yml": "!!python/object/apply:os.system [id]\n"},
        ("--mapping", "m.yml"),
        "--mapping",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_one_message(tmp_path, what):
    files, words, message = REFUSED[what]
    write(tmp_path, files)
    done = pull(tmp_path, tmp_path / next(iter(files)).split("/")[0], *words)
    assert done.returncode == 2 and message in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and done.stderr.startswith("cradle: ") and "what to do: " in done.stderr
    assert landed(tmp_path) == []


def test_a_refused_file_leaves_what_was_landed(tmp_path):
    (file,) = write(tmp_path, {"x.txt": GOOD})
    assert pull(tmp_path, file).returncode == 0
    before = sorted((tmp_path / "traces").iterdir())
    file.write_text(SMI)
    assert pull(tmp_path, file).returncode == 2
    assert landed(tmp_path) == ["x"] and sorted((tmp_path / "traces").iterdir()) == before


def test_a_zip_bomb_fills_neither_memory_nor_disk(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("spl.txt", bytes(200 << 20))
    code, peak_kb, errors = pull_measured(tmp_path, tmp_path / "x.zip")
    assert code == 2 and "holds more than is read of one" in errors and peak_kb < 300_000
    assert list((tmp_path / "traces").iterdir()) == []


# what a child held at most since it began: the usual count of a process starts from that of its parent
MEASURE = """
import re, sys
from pathlib import Path
from cradle.cli import main
code = main(sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""


def pull_measured(folder: Path, file: Path) -> tuple[int, int, str]:
    """Pull in a process of its own; returns the exit code, the most memory it held in kB and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, "pull", "power", "--file", str(file)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "CRADLE_DB": str(folder / "cradle.duckdb")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, int(done.stdout.split()[-1]), done.stderr


CODECARBON = "timestamp,project_name,run_id,duration,emissions,energy_consumed\n2026-01-05T10:00:00,p,r,1,1,1\n"
LINES = {
    "ptdaemon": GOOD,
    "codecarbon": CODECARBON,
    "none": "",
}


@pytest.mark.parametrize("begin", LINES)
def test_a_line_of_2_gb(tmp_path, begin):
    file = tmp_path / "x.txt"
    with file.open("wb") as stream:
        stream.write(LINES[begin].encode())
        stream.truncate(HUGE)  # sparse: it takes no room on the disk
    code, peak_kb, errors = pull_measured(tmp_path, file)
    assert code == 2 and "what to do: " in errors and "Traceback" not in errors, errors
    assert peak_kb < MEMORY_KB
    assert landed(tmp_path) == []


def test_a_file_that_is_cut_while_it_is_read(tmp_path):
    file = tmp_path / "x.txt"
    file.write_text("".join(SPL.format(second=0, watts=500) for _ in range(200_000)))
    stop = threading.Event()

    def cut() -> None:
        while not stop.is_set():
            size = file.stat().st_size
            os.truncate(file, max(size - 1_000, 1_000))
            time.sleep(0.01)

    worker = threading.Thread(target=cut)
    worker.start()
    try:
        done = pull(tmp_path, file)
    finally:
        stop.set()
        worker.join()
    assert done.returncode == 2 and "changed while it was read" in done.stderr, done.stderr
    assert landed(tmp_path) == []


# name -> lines, and how many samples the mart counts
FLAGGED = {
    "a cut last line": (SMI + ROW.format(time="10:00:00.000", watts="1 W") * 2 + "2026/01/05 10:00:02.000, 0, 10", 2),
    "not a number": (
        SMI
        + "".join(ROW.format(time=f"10:00:0{n}.000", watts=w) for n, w in enumerate(["1 W", "nan W", "inf W", "1 W"])),
        4,
    ),
    "a power that no meter can say": (
        SMI + "".join(ROW.format(time=f"10:00:0{n}.000", watts=w) for n, w in enumerate(["1 W", "1e308 W", "1 W"])),
        3,
    ),
    "milliwatts": (
        SMI.replace("[W]", "[mW]") + "".join(ROW.format(time=f"10:00:0{n}.000", watts="100000") for n in range(10)),
        10,
    ),
    "a clock that jumps": (
        SMI
        + "".join(
            ROW.format(time=t, watts="1 W") for t in ["10:00:00.000", "10:00:01.000", "09:00:00.000", "10:00:02.000"]
        )
        + "2099/01/01 00:00:00.000, 0, 1 W\n",
        5,
    ),
    "mixed time zones": (
        "t,w\n2026-01-05T10:00:00+00:00,1\n2026-01-05T11:00:01+01:00,1\n2026-01-05T10:00:02Z,1\n2026-01-05T10:00:03,1\n",
        3,
    ),
    "energies beyond reason": (
        "timestamp,project_name,run_id,duration,emissions,energy_consumed\n"
        "2026-01-05T10:00:00,p,r1,1e308,1e308,1e308\n2026-01-05T10:00:00,p,r2,nan,inf,-inf\n2026-01-05T10:00:00,p,r3,1,1,1\n",
        None,
    ),
}


@pytest.fixture(scope="module")
def flagged(lend, tmp_path_factory) -> duckdb.DuckDBPyConnection:
    """All of them landed side by side and built once."""
    folder = tmp_path_factory.mktemp("flagged")
    for name, (content, _) in FLAGGED.items():
        stem = name.replace(" ", "_")
        (file,) = write(folder, {f"{stem}.csv": content})
        if content.startswith("t,w"):
            write(folder, {f"{stem}.csv.mapping.yml": MAPPING})
        done = pull(folder, file)
        assert done.returncode == 0, done.stderr
    lend(folder / "target", folder / "cradle.duckdb")
    done = build_energy(folder)
    assert done.returncode == 0, done.stdout[-4000:]
    with duckdb.connect(str(folder / "cradle.work.duckdb"), read_only=True) as con:
        yield con


def of(con: duckdb.DuckDBPyConnection, name: str, columns: str) -> list[tuple]:
    source = f"power:{name.replace(' ', '_')}"
    return con.execute(f"select {columns} from marts.measured_energy where source_id = ?", [source]).fetchall()


@pytest.mark.parametrize("name", [name for name, (_, samples) in FLAGGED.items() if samples])
def test_each_sample_is_there(flagged, name):
    assert of(flagged, name, "samples") == [(FLAGGED[name][1],)]


def test_a_cut_line_is_set_aside(flagged):
    rejects = "select line_number, reason from raw.power__rejects where source_id = 'power:a_cut_last_line'"
    assert flagged.execute(rejects).fetchall() == [("4", "has a value without its unit W: cut")]


def test_what_is_no_number_is_counted_and_not_used(flagged):
    columns = "unreadable_values, max_power_w, round(energy_kwh * 3.6e6, 6)"
    assert of(flagged, "not a number", columns) == [(2, 1.0, 3.0)]
    assert of(flagged, "a power that no meter can say", columns) == [(1, 1.0, 2.0)]


def test_a_unit_in_the_header_is_taken(flagged):
    assert of(flagged, "milliwatts", "round(energy_kwh * 3.6e6, 6), max_power_w") == [(900.0, 100.0)]


def test_a_jump_of_the_clock_is_counted_and_bounds_the_energy(flagged):
    ((back, gaps, coverage, low, high),) = of(
        flagged, "a clock that jumps", "steps_back, gaps, coverage_pct, energy_low_kwh, energy_high_kwh"
    )
    assert back == 1 and gaps == 2 and coverage < 0.01 and low <= high


def test_offsets_may_differ_and_a_time_without_one_is_set_aside(flagged):
    assert of(flagged, "mixed time zones", "duration_s, steps_back") == [(2.0, 0)]
    rejects = "select line_number from raw.power__rejects where source_id = 'power:mixed_time_zones'"
    assert flagged.execute(rejects).fetchall() == [("5",)]


def test_energies_beyond_reason_are_voided_with_their_text(flagged):
    assert of(flagged, "energies beyond reason", "run_id, energy_kwh") == [("r3", 1.0)]
    found = flagged.execute(
        "select unnest(list_transform(violations, lambda v: v.value)) from contracts.power__run_totals"
        " where source_id = 'power:energies_beyond_reason'"
    ).fetchall()
    assert {"1e308", "nan", "-inf"} <= {text for (text,) in found}
