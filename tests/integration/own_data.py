"""Data of the user's own of every kind, from the command line to one build and its published export.

A file of a known source with bad cells, tables of factors under three licences and traces under three licences, two of
which are the electricity of a study. What each is for stands in the test that asks for it.
"""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from cradle.paths import PROJECT_ROOT
from tests.integration.project_copy import copy_of_project
from tests.integration.run_module import run_in

LINES = PROJECT_ROOT / "tests/unit/ademe_base_carbone/fixtures/invented_lines.csv"
# data row, column of the published file, bad text -> the finding
INJECTED = {
    (5, "Total poste non décomposé", "beaucoup"): ("total", "beaucoup", "reject_row"),
    (7, "Unité français", "kgCO2e/brouette"): ("unit_fr", "kgCO2e/brouette", "reject_row"),
    (6, "Incertitude", "-5"): ("uncertainty_pct", "-5", "void_cell"),
}

LONG_TABLE = PROJECT_ROOT / "tests/unit/reference_tables/fixtures/invented_long.csv"
WIDE_TABLE = """Item;Stage;Unit;Country;GWP (kg CO2 eq);ADPe (kg Sb eq);PE (mJ);Source
Invented server;Manufacturing;item;;1200.5;0.12;15000;invented
Invented server;End of life;item;;1200,5;0.01;;invented
Invented drive;Cooking;item;;1;2;3;invented
Invented drive;Manufacturing;furlong;;1;2;;invented
Invented memory;Manufacturing;GB;;0.5;;;invented
Invented memory;Manufacturing;GB;;0.7;;;invented
"""
G4IT = PROJECT_ROOT.parent / "shared/upstream/g4it"
REAL_TABLES = {
    "g4it_2025": G4IT / "G4ITTeam-2025-04/referential/characterizationFactors.csv",
    "g4it_2026": G4IT / "teamg4it-2026-08/referential-data/ref_item_impact.csv",
}

TRACES = {
    "mine": (),
    "open": ("--licence", "CC BY 4.0", "--redistributable", "yes", "--title", "Invented runs"),
    "shared": ("--licence", "CC BY-SA 4.0", "--redistributable", "share-alike"),
}
# told apart by their watts
WATTS = {"mine": 731.25, "open": 842.5, "shared": 953.75}
TRACE_LINE = "Time,05-01-2024 10:00:{second:02}.000,Watts,{watts},Volts,230.0,Amps,2.2,PF,0.98,Mark,x_testing\n"
LIKE = "strubell_2019_transformer_base_printed_energy"
STATISTIC = "power:{name}:{name}::total:whole_trace:energy"


def cradle(home: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run a command of the copy of the project in this folder, with the folder's warehouse."""
    return run(home, "cradle.cli", *arguments)


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run a Python module as `cradle` does."""
    return run_in(home, *arguments, project=home / "project")


def make(home: Path, lend: Callable[..., None]) -> None:
    """Land it all, build, export to be passed on; what the commands said is in said.json."""
    (home / "project").mkdir()
    project = copy_of_project(home / "project")
    lend(home / "target", home / "cradle.duckdb")
    file = write_lines(home / "mine.csv")
    pulled = cradle(home, "pull", "ademe_base_carbone", "--file", str(file))
    _pull_tables(home)
    _pull_traces(home)
    for name in ("mine", "open"):
        _passed(cradle(home, "study", "new", f"service_{name}", "--like", LIKE, "--factor-set", "open_default"))
        _take_measurement(project / "seeds/service_models", f"service_{name}", STATISTIC.format(name=name))
    built = _passed(cradle(home, "build", "--no-export"))
    _passed(cradle(home, "export", "--publish", "--out", str(home / "published")))
    said = {name: [done.returncode, done.stderr] for name, done in {"pull": pulled, "build": built}.items()}
    (home / "said.json").write_text(json.dumps(said), encoding="utf-8")


def write_lines(file: Path) -> Path:
    """Write the invented lines of the Base Carbone with the bad cells, and one in another unit than its element."""
    rows = list(csv.reader(io.StringIO(LINES.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))
    for number, column, text in INJECTED:
        rows[number][rows[0].index(column)] = text
    rows[2][rows[0].index("Unité français")] = "kgCO2e/kg"  # a known unit, but not that of its Elément
    with file.open("w", encoding="cp1252", newline="") as lines:
        csv.writer(lines, delimiter=";", lineterminator="\n").writerows(rows)
    return file


def _pull_tables(home: Path) -> None:
    wide = home / "wide.csv"
    wide.write_text(WIDE_TABLE, encoding="utf-8")
    tables = [
        ("private", LONG_TABLE, "numecoeval", "Our contract", "no"),
        ("shared", wide, "negaoctet_wide", "In-house open licence", "yes"),
        *((name, file, "numecoeval", "Apache-2.0", "no") for name, file in REAL_TABLES.items() if file.is_file()),
    ]
    for name, file, mapping, licence, passed_on in tables:
        said = ["--mapping", mapping, "--licence", licence, "--redistributable", passed_on, "--table", name]
        _passed(cradle(home, "pull", "reference_tables", "--file", str(file), *said))


def _pull_traces(home: Path) -> None:
    for name, words in TRACES.items():
        file = home / f"{name}.txt"
        file.write_text("".join(TRACE_LINE.format(second=second, watts=WATTS[name]) for second in range(37)))
        _passed(cradle(home, "pull", "power", "--file", str(file), "--timezone", "UTC", *words))


def _take_measurement(seeds: Path, study: str, statistic: str) -> None:
    """The row with the copied number goes, and one that names the statistic comes."""
    numbers = seeds / "parameters.csv"
    lines = numbers.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{study}.site_energy,")]
    assert len(kept) == len(lines) - 1
    numbers.write_text("".join(kept), "utf-8")
    with (seeds / "parameter_measurements.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{study},site_energy,{statistic},\n")


def _passed(done: subprocess.CompletedProcess) -> subprocess.CompletedProcess:
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-4000:]
    return done
