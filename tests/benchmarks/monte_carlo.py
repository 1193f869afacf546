"""Draws of all scenarios and categories in SQL against Brightway's Monte Carlo of one scenario, and growth.

`python -m tests.benchmarks.monte_carlo [--warehouse FILE] [--draws N] [--brightway-draws N]` on a built warehouse, with
CRADLE_PEERS_PYTHON or .venv-peers. Each simulation runs in a process of its own, on the statement that dbt sends, with
one thread.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from cradle.paths import PROJECT_ROOT, published_db

STEP = "int_uncertainty__simulate"
VIEWS = ("draw_inputs", "draw_parameters", "draw_amounts")
BRIGHTWAY_SCENARIO = "mlenergy_v3_llama_3_1_70b_b64"


def compiled(folder: Path, draws: int) -> dict[str, str]:
    """The statements of the simulation, as dbt compiles them with a number of draws."""
    done = subprocess.run(
        [
            *(Path(sys.executable).parent / "dbt", "compile", "-q", "--vars", f"{{monte_carlo_draws: {draws}}}"),
            *("--select", STEP, *(f"int_uncertainty__{view}" for view in VIEWS)),
        ],
        cwd=PROJECT_ROOT,
        env={**os.environ, "DBT_TARGET_PATH": str(folder), "DBT_PROFILES_DIR": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    models = folder / "compiled" / "cradle" / "models" / "intermediate" / "uncertainty"
    return {name: (models / f"{name}.sql").read_text() for name in [STEP, *(f"int_uncertainty__{v}" for v in VIEWS)]}


def simulate(warehouse: Path, statements: dict[str, str], keep: int) -> dict:
    """Runs the statement once and gives seconds, peak memory and what it made. `keep` of 100 scenarios take part."""
    import duckdb

    with duckdb.connect() as con:
        con.execute("set threads = 1")
        con.execute(f"attach '{warehouse}' as cradle (read_only)")
        con.execute("use cradle")
        inputs = '"cradle"."intermediate"."int_impacts__multiply"'
        con.execute(
            f"create temp table chosen as select * from {inputs}"
            f" where scenario_id in (select scenario_id from (select scenario_id, ntile(100) over (order by"
            f" md5(scenario_id)) as part from (select distinct scenario_id from {inputs})) where part <= {keep})"
        )
        for name, sql in statements.items():
            moved = sql.replace(inputs, '"temp"."main"."chosen"')
            for view in VIEWS:
                own = f'"int_uncertainty__{view}"'
                moved = moved.replace(f'"cradle"."intermediate".{own}', f'"temp"."main".{own}')
            statements[name] = moved
        for view in VIEWS:
            name = f"int_uncertainty__{view}"
            con.execute(f"create temp view {name} as {statements[name]}")
        began, processor = time.perf_counter(), time.process_time()
        # with many draws the scenarios come in chunks, as the hooks of the model make them
        chunked = re.search(r"% (\d+) = getvariable\('simulated_chunk'\)", statements[STEP])
        for chunk in range(int(chunked[1]) if chunked else 1):
            con.execute(f"set variable simulated_chunk = {chunk}")
            into = "insert into simulated" if chunk else "create temp table simulated as"
            con.execute(f"{into} {statements[STEP]}")
        seconds, processor = time.perf_counter() - began, time.process_time() - processor
        ((scenarios, totals),) = con.execute(
            "select count(distinct scenario_id), count(draws) from simulated"
        ).fetchall()
    # ru_maxrss of a child begins at the peak of the process that started it; VmHWM is its own
    peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
    return {"seconds": seconds, "processor": processor, "peak": peak, "scenarios": scenarios, "totals": totals}


def in_a_process(warehouse: Path, statements: dict[str, str], keep: int = 100) -> dict:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.benchmarks.monte_carlo",
            "--worker",
            "--warehouse",
            warehouse,
            "--keep",
            str(keep),
        ],
        input=json.dumps(statements),
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return {"error": re.sub(r"\s+", " ", done.stderr.strip().splitlines()[-1])[:80] if done.stderr else "killed"}
    return json.loads(done.stdout)


def row(label: str, draws: int, found: dict) -> str:
    if "error" in found:
        return f"| {label} | {draws:,} | did not fit: {found['error']} | | | | |"
    rate = found["scenarios"] * draws / found["processor"]
    return (
        f"| {label} | {draws:,} | {found['seconds']:.2f} | {found['processor']:.2f} | {found['peak']:.0f}"
        f" | {rate:,.0f} | {found['totals'] * draws / found['processor']:,.0f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--warehouse", type=Path, default=None)
    parser.add_argument("--draws", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--brightway-draws", type=int, default=500)
    parser.add_argument("--worker", action="store_true")
    parser.add_argument("--keep", type=int, default=100)
    given = parser.parse_args()
    warehouse = (given.warehouse or published_db()).resolve()
    if given.worker:
        print(json.dumps(simulate(warehouse, json.load(sys.stdin), given.keep)))
        return

    import tempfile

    import duckdb

    from tests.peers.exported_system import system

    print(
        "| what | draws | seconds | seconds of the processor | peak memory, MB | draws of a scenario per second", end=""
    )
    print(" | draws of a total per second |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for draws in given.draws:
            found = in_a_process(warehouse, compiled(Path(folder), draws))
            print(row("all scenarios and categories", draws, found), flush=True)
        for keep in (25, 50):
            found = in_a_process(warehouse, compiled(Path(folder), 1000), keep)
            print(row(f"{found.get('scenarios')} scenarios", 1000, found), flush=True)
    python = os.environ.get("CRADLE_PEERS_PYTHON", str(PROJECT_ROOT / ".venv-peers" / "bin" / "python"))
    with duckdb.connect(str(warehouse), read_only=True) as con:
        asked = system(con, BRIGHTWAY_SCENARIO, given.brightway_draws, seed=1, keep=False)
    done = subprocess.run(
        [python, PROJECT_ROOT / "tests" / "peers" / "monte_carlo.py"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    made = given.brightway_draws * len(asked["categories"])
    print(
        f"| bw2calc, {BRIGHTWAY_SCENARIO}, {len(asked['categories'])} categories, {len(asked['edges'])} edges |"
        f" {given.brightway_draws:,} | {found['seconds']:.2f} | {found['processor']:.2f} | {found['peak']:.0f} |"
        f" {given.brightway_draws / found['processor']:,.0f} | {made / found['processor']:,.0f} |"
    )


if __name__ == "__main__":
    main()
