"""How long do power traces take to become energy? `python -m tests.benchmarks.power_traces --bulk ARCHIVE`.

Side by side on this machine, each in a process of its own and in turn: the logs of MLPerf's power meters (a folder, or
an archive that is unpacked to a temporary folder) by `cradle pull power` and the models up to `int_power__integrate`;
by a Python loop over lines, which is how MLPerf's checker works; by polars, and by pandas where CRADLE_PEERS_PYTHON
names a Python that has it; and by DuckDB reading the same bytes as one column of text and counting. With `--scale`,
invented traces of one channel as they are landed, integrated and rolled up by the same SQL with a memory of 2 GB.
"""

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cradle.paths import PROJECT_ROOT

FILES = "import sys, pathlib; files = sorted(map(str, pathlib.Path(sys.argv[1]).rglob('spl.txt')))\n"
FLOOR = f"""{FILES}
import duckdb
text = "columns={{'line': 'varchar'}}, delim='\\x01', header=false, quote='', escape='', auto_detect=false"
print(duckdb.execute(f"select count(*) from read_csv($1, {{text}}, max_line_size=10000000)", [files]).fetchone()[0])
"""
LOOP = f"""{FILES}
from datetime import datetime
FORM = '%m-%d-%Y %H:%M:%S.%f'
total = 0.0
for file in files:
    with open(file) as stream:
        lines = [line for line in stream if line.startswith('Time')]
    begin, end = (datetime.strptime(line.split(',')[1], FORM) for line in (lines[0], lines[-1]))
    powers = []
    for line in lines:
        cells = line.split(',')
        at, power = datetime.strptime(cells[1], FORM), float(cells[3])
        if begin < at < end and power > 0:
            powers.append(power)
    total += sum(powers) / max(len(powers), 1) * (end - begin).total_seconds()
print(total)
"""
POLARS = f"""{FILES}
import polars as pl
names = [f'c{{n}}' for n in range(12)]
at, watts = pl.col('at'), pl.col('watts')
print(
    pl.scan_csv(
        files, has_header=False, schema=dict.fromkeys(names, pl.String), truncate_ragged_lines=True,
        quote_char=None, include_file_paths='file', extra_columns='ignore',
    )
    .select('file', at=pl.col('c1').str.to_datetime('%m-%d-%Y %H:%M:%S%.3f', strict=False),
        watts=pl.col('c3').cast(pl.Float64, strict=False))
    .filter(watts > 0)
    .group_by('file', maintain_order=True)
    .agg(joules=((watts + watts.shift()) / 2 * at.diff().dt.total_milliseconds() / 1000).sum())
    .select(pl.col('joules').sum()).collect().item()
)
"""
PANDAS = f"""{FILES}
import pandas as pd
total = 0.0
for file in files:
    table = pd.read_csv(file, header=None, usecols=[1, 3], dtype={{1: str}}, on_bad_lines='skip')
    table[1] = pd.to_datetime(table[1], format='%m-%d-%Y %H:%M:%S.%f')
    table = table[table[3] > 0]
    total += ((table[3] + table[3].shift()) / 2 * table[1].diff().dt.total_seconds()).sum()
print(total)
"""
HEADER = "| command | seconds (range) | seconds of the processor | peak memory, MB |"
ROLLED_UP = "int_power__roll_up"
CUT_BEFORE = "int_power__count_intervals"
MODELS_IN_ORDER = ("stg_power__channels", "stg_power__windows", "int_power__count_intervals", "int_power__integrate")
MODELS = f"""
import duckdb, pathlib, sys
from ingest.power.contract import Channels, Windows, check_entity
home, sql, project = map(pathlib.Path, sys.argv[1:])
con = duckdb.connect()
con.execute(f"attach '{{home}}/landing.duckdb' as landing (read_only)")
con.execute("create schema raw")
con.execute("create view raw.power__tables as from landing.raw.power__tables")
con.execute(f"create view raw.power__samples as from read_parquet('{{home}}/traces/*.parquet')")
con.execute(f"create table power_units as from read_csv('{{project}}/seeds/vocabulary/power_units.csv')")
for entity, contract in (('channels', Channels), ('windows', Windows)):
    con.register('checked', check_entity(con.sql(f'from landing.raw.power__{{entity}}'), contract))
    con.execute(f'create table power__{{entity}} as from checked')
for model in {MODELS_IN_ORDER}:
    if model == '{CUT_BEFORE}':
        con.execute((sql / 'cut_traces.sql').read_text())
    con.execute(f"create table {{model}} as {{(sql / f'{{model}}.sql').read_text()}}")
print(con.execute("select sum(energy_j), count(*) from int_power__integrate").fetchall())
"""
START = ("import duckdb, polars, pyarrow, ingest.commands, ingest.power.take", "import duckdb, ingest.power.contract")
STEP_US = 10_000
SCAN = """
import duckdb, sys
con = duckdb.connect()
con.execute("set memory_limit = '2GB'")
print(con.execute("select count(*), sum(value), max(at_us), max(stated_us), max(row_number), count(fault),"
    " count(interval_s), max(channel_key) from read_parquet($1)", [sys.argv[1]]).fetchone())
"""
INTEGRATE = """
import duckdb, pathlib, sys
con = duckdb.connect()
con.execute("set memory_limit = '2GB'")
con.execute(f"set temp_directory = '{sys.argv[3]}'")
con.execute("create schema raw")
con.execute(f"create view raw.power__samples as from read_parquet('{sys.argv[1]}')")
con.execute("create table stg_power__channels as select 1 as channel_key, 'gauge' as quantity_kind,"
    " 1.0 as to_watt_or_joule, cast(null as double) as counter_modulus_j, cast(null as double) as sample_rate_hz,"
    " true as is_in_order, $1 as samples, 0 as sentinels, 0 as negatives, 0 as unreadable_values, 0 as steps_back,"
    " 's' as samples_file, 'power:a' as source_id, 'f' as file_name", [int(sys.argv[5])])
con.execute("create table stg_power__windows as select 'power:a' as source_id, 'f' as file_name, 'w' as window_name,"
    " 1700000000000000 + cast($1 * 0.1 as bigint) as begin_us, 1700000000000000 + cast($1 * 0.9 as bigint) as end_us,"
    " cast(null as bigint) as begin_row, cast(null as bigint) as end_row where $1 > 0", [int(sys.argv[4])])
con.execute((pathlib.Path(sys.argv[2]) / "cut_traces.sql").read_text())
for model in ("int_power__count_intervals", "int_power__integrate", *sys.argv[6:]):
    con.execute(f"create table {model} as {(pathlib.Path(sys.argv[2]) / f'{model}.sql').read_text()}")
print(con.execute("select window_name, energy_j, samples_inside from int_power__integrate").fetchall())
"""


class Measured(NamedTuple):
    """What one command took."""

    seconds: float
    processor_seconds: float
    peak_bytes: int


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bulk", type=Path, help="a folder or an archive with files spl.txt")
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each command; the median is shown")
    parser.add_argument("--scale", type=int, nargs="*", default=[], help="millions of samples, e.g. 1 10 100")
    told = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    with tempfile.TemporaryDirectory() as scratch:
        if told.bulk:
            _print_bulk(_measure_bulk(_unpacked(told.bulk, Path(scratch)), Path(scratch), told.runs))
        if told.scale:
            _print_scale(_measure_scale(told.scale, Path(scratch), told.runs))


def _unpacked(given: Path, scratch: Path) -> Path:
    if given.is_dir():
        return given
    with tarfile.open(given) as archive:
        archive.extractall(scratch / "bulk", filter="data")
    return scratch / "bulk"


def _measure_bulk(folder: Path, scratch: Path, runs: int) -> dict[str, list[Measured]]:
    commands = {
        "DuckDB reads it as one column of text and counts": _python(FLOOR, str(folder)),
        "a Python loop over lines, as MLPerf's checker": _python(LOOP, str(folder)),
        "polars": _python(POLARS, str(folder)),
        "`cradle pull power` and the models": _cradle(folder, scratch),
        "of which two processes start and import": _both(*map(_python, START)),
    }
    peers = os.environ.get("CRADLE_PEERS_PYTHON")
    if peers:
        commands["pandas"] = lambda: _run([peers, "-c", PANDAS, str(folder)], {})
    else:
        print("pandas is left out: CRADLE_PEERS_PYTHON names no Python that has it\n")
    for command in commands.values():
        command()  # the first reads from the disk
    return _alternating(runs, commands)


def _alternating(runs: int, commands: dict[str, Callable[[], Measured]]) -> dict[str, list[Measured]]:
    """The commands in turn, so that a slow minute of the machine meets all of them."""
    rounds = [{name: command() for name, command in commands.items()} for _ in range(runs)]
    return {name: [one[name] for one in rounds] for name in commands}


def _cradle(folder: Path, scratch: Path) -> Callable[[], Measured]:
    """The pull as a command, and the contracts and the SQL of the models in a process of their own, without dbt."""
    home = scratch / "warehouse"
    home.mkdir()
    sql = _compile(scratch / "compiled")

    def pull_and_integrate() -> Measured:
        shutil.rmtree(home)
        home.mkdir()
        env = {"CRADLE_DB": str(home / "cradle.duckdb")}
        pulled = _run([sys.executable, "-m", "cradle.cli", "pull", "power", "--file", str(folder)], env)
        built = _run([sys.executable, "-c", MODELS, str(home), str(sql), str(PROJECT_ROOT)], env)
        return _added(pulled, built)

    return pull_and_integrate


def _both(first: Callable[[], Measured], second: Callable[[], Measured]) -> Callable[[], Measured]:
    return lambda: _added(first(), second())


def _added(one: Measured, other: Measured) -> Measured:
    return Measured(
        one.seconds + other.seconds,
        one.processor_seconds + other.processor_seconds,
        max(one.peak_bytes, other.peak_bytes),
    )


def _measure_scale(millions: list[int], scratch: Path, runs: int) -> dict[int, dict[str, list[Measured]]]:
    sql = _compile(scratch / "compiled_for_scale")
    measured = {}
    for number in millions:
        trace = scratch / "trace.parquet"
        _write_trace(trace, number * 1_000_000)
        told = str(trace), str(sql), str(scratch / "spilled")
        samples, span_us = str(number * 1_000_000), str(number * 1_000_000 * STEP_US)
        commands = {
            "scan": _python(SCAN, str(trace)),
            "integrate": _python(INTEGRATE, *told, "0", samples),
            "integrate, with a declared window of 80 %": _python(INTEGRATE, *told, span_us, samples),
            "integrate and roll up": _python(INTEGRATE, *told, "0", samples, ROLLED_UP),
        }
        measured[number] = _alternating(runs, commands)
        trace.unlink()
    return measured


def _compile(folder: Path) -> Path:
    """Write the SQL of the models as dbt compiles it for a first build, on tables that stand in no database."""
    folder.mkdir()
    env = {
        "CRADLE_DB": str(folder / "cradle.duckdb"),
        "DBT_TARGET_PATH": str(folder),
        "DBT_LOG_PATH": str(folder),
        "DBT_PROFILES_DIR": str(PROJECT_ROOT),
    }
    dbt = str(Path(sys.executable).parent / "dbt")
    _run([dbt, "compile", "--quiet", "--full-refresh", "--select", f"+{ROLLED_UP}"], env)
    _run([dbt, "compile", "--quiet", "--full-refresh", "--inline", "{{ cut_traces() }}"], env)
    named = re.compile(r'"[^"]+"\."(\w+)"\.')
    files = {f"{model}.sql": f"{model}.sql" for model in (*MODELS_IN_ORDER, ROLLED_UP)}
    for file, compiled in {**files, "cut_traces.sql": "inline_query"}.items():
        (found,) = (folder / "compiled").rglob(compiled)
        text = named.sub(lambda name: "raw." if name[1] == "raw" else "", found.read_text(encoding="utf-8"))
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def _write_trace(file: Path, samples: int) -> None:
    """One channel at 100 Hz with jitter, 300 W on average, one sentinel in 100,000 samples; by the row number."""
    import duckdb

    time_us = f"1700000000000000 + i * {STEP_US} + cast(hash(i) % 200 as bigint)"
    duckdb.execute(
        f"""
        copy (
            select
                1 as channel_key, i + 1 as row_number, {time_us} as stated_us, {time_us} as at_us,
                cast(null as double) as interval_s,
                case
                    when hash(i + 1) % 100000 > 0 then round(300 + 200 * sin(i / 5000.0) + (hash(i) % 1000) / 100.0, 2)
                end as value,
                case when hash(i + 1) % 100000 = 0 then 'sentinel' end as fault
            from range({samples}) as r (i)
        ) to '{file}' (format parquet, compression zstd, parquet_version v2)
        """
    )


def _python(code: str, *arguments: str) -> Callable[[], Measured]:
    return lambda: _run([sys.executable, "-c", code, *arguments], {})


def _run(command: list[str], env: dict[str, str]) -> Measured:
    """One command, measured by itself: wait4 gives the time and the peak memory of this child alone."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env={**os.environ, **env}, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)[:500]} failed\n{output.read().decode()[-4000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def _print_bulk(measured: dict[str, list[Measured]]) -> None:
    floor, *_ = map(_median, measured.values())
    print(f"{HEADER} times the count | by the processor |\n|---|---|---|---|---|---|")
    for name, runs in measured.items():
        print(f"| {name} | {_cells(runs, floor)} |")


def _print_scale(measured: dict[int, dict[str, list[Measured]]]) -> None:
    print(f"\n{HEADER} times the scan | by the processor |\n|---|---|---|---|---|---|")
    for number, commands in measured.items():
        scan = _median(commands["scan"])
        for name, runs in commands.items():
            print(f"| {number} million samples: {name} | {_cells(runs, scan)} |")


def _median(runs: list[Measured]) -> Measured:
    return Measured(*(statistics.median(column) for column in zip(*runs, strict=True)))


def _cells(runs: list[Measured], against: Measured) -> str:
    middle, seconds = _median(runs), [one.seconds for one in runs]
    spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
    ratios = middle.seconds / against.seconds, middle.processor_seconds / against.processor_seconds
    measured = f"{middle.seconds:.2f} ({spread}) | {middle.processor_seconds:.2f} | {middle.peak_bytes / 1e6:.0f}"
    return f"{measured} | {ratios[0]:.1f} | {ratios[1]:.1f}"


if __name__ == "__main__":
    main()
