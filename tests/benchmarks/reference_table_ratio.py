"""What does it cost to load a table of the user's? `python -m tests.benchmarks.reference_table_ratio` prints a table.

Side by side on this machine, each in a process of its own: a generated table of 200,000 rows read as text by polars and
by DuckDB into a file, which is what reading alone costs; parsed, mapped and landed by Cradle; and judged by its
contract. With `--build`, a whole `cradle build` with the table too, and one without it.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path

from cradle.paths import PROJECT_ROOT
from tests.benchmarks.build_ratio import Measured, _alternating, _run

CRITERIA = (
    *("Climate change", "Acidification", "Ionising radiation", "Resource use fossils", "Ozone depletion"),
    *("Eutrophication marine", "Eutrophication freshwater", "Eutrophication terrestrial", "Water use"),
    "Photochemical ozone formation",
)
STAGES = ("FABRICATION", "DISTRIBUTION", "UTILISATION", "FIN_DE_VIE")
HEADER = "nom;etapeacv;critere;description;niveau;tiers;categorie;consoElecMoyenne;localisation;valeur;unite;source"
POLARS = (
    "import polars as pl, sys; pl.read_csv(sys.argv[1], separator=';', infer_schema=False).write_parquet(sys.argv[2])"
)
DUCKDB = (
    "import duckdb, sys; duckdb.connect(sys.argv[2]).execute("
    "f\"create or replace table t as from read_csv('{sys.argv[1]}', delim=';', header=true, all_varchar=true)\")"
)
CONTRACT = (
    "import duckdb, sys; from ingest.reference_tables.contract import check_cells;"
    " found = check_cells(duckdb.connect(sys.argv[1], read_only=True).sql('from raw.reference_tables__cells'));"
    " assert found.height == int(sys.argv[2])"
)
PULL = ["pull", "reference_tables", "--mapping", "numecoeval", "--licence", "Invented", "--redistributable", "no"]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each command; the median is shown")
    parser.add_argument("--bad", type=int, default=100, help="one row in so many has a unit and a number that are bad")
    parser.add_argument("--build", action="store_true", help="one whole build with the table and one without it")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        table = folder / "table.csv"
        _write_table(table, told.rows, told.bad)
        commands = {
            "polars reads it as text, writes Parquet": _python(POLARS, str(table), str(folder / "t.parquet")),
            "DuckDB reads it as text into a file": _python(DUCKDB, str(table), str(folder / "t.duckdb")),
            "`cradle pull`: parsed, mapped, landed": _pull(table, folder),
            "its contract on the landed rows": _python(CONTRACT, str(folder / "landing.duckdb"), str(told.rows)),
        }
        measured = dict(zip(commands, _alternating(told.runs, *commands.values()), strict=True))
        if told.build:
            (folder / "empty").mkdir()
            measured["`cradle build` with the table"] = [_build(folder)]
            measured["`cradle build` without it"] = [_build(folder / "empty")]
        _print_table(told.rows, table.stat().st_size, measured)


def _python(code: str, *arguments: str):
    return lambda: _run([sys.executable, "-c", code, *arguments], PROJECT_ROOT, {})


def _pull(table: Path, folder: Path):
    command = [sys.executable, "-m", "cradle.cli", *PULL, "--file", str(table)]

    def pull() -> Measured:
        (folder / "landing.duckdb").unlink(missing_ok=True)  # the same table again would be a no-op
        return _run(command, PROJECT_ROOT, {"CRADLE_DB": str(folder / "cradle.duckdb")})

    return pull


def _build(folder: Path) -> Measured:
    elsewhere = {
        "CRADLE_DB": str(folder / "cradle.duckdb"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    return _run([sys.executable, "-m", "cradle.cli", "build", "--no-export"], PROJECT_ROOT, elsewhere)


def _write_table(file: Path, rows: int, bad: int) -> None:
    lines = [HEADER]
    for number in range(rows):
        item = number // (len(STAGES) * len(CRITERIA))
        stage, criterion = STAGES[number // len(CRITERIA) % len(STAGES)], CRITERIA[number % len(CRITERIA)]
        value, unit = ("1,5", "furlong") if number % bad == bad - 1 else (f"{number * 0.000123:.9f}", "Item")
        lines.append(
            f"Invented server number {item};{stage};{criterion};Invented description of server {item};2-Equipement;"
            f"Datacenter;IT equipment;{item % 4000};France;{value};{unit};Invented source"
        )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _print_table(rows: int, size: int, measured: dict[str, list[Measured]]) -> None:
    counts = {name: len(runs) for name, runs in measured.items()}
    print(f"{rows:,} rows, {size / 1e6:.1f} MB; median of up to {max(counts.values())} runs (range)")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    print("| command | seconds | rows per second | peak memory, MB |\n|---|---|---|---|")
    medians = {name: statistics.median(one.seconds for one in runs) for name, runs in measured.items()}
    for name, runs in measured.items():
        seconds = [one.seconds for one in runs]
        memory = statistics.median(one.peak_bytes for one in runs) / 1e6
        spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
        print(f"| {name} | {medians[name]:.2f} ({spread}) | {rows / medians[name]:,.0f} | {memory:.0f} |")
    polars, duckdb, pull, contract, *builds = medians.values()
    print(
        f"\nPull and contract take {(pull + contract) / duckdb:.1f} times as long as DuckDB reading the file as text,"
    )
    print(f"{(pull + contract) / polars:.1f} times as long as polars doing so.")
    if builds:
        print(f"The table adds {builds[0] - builds[1]:.1f} s to a build, {rows / (builds[0] - builds[1]):,.0f} rows/s.")


if __name__ == "__main__":
    main()
