"""A dbt project of nothing but tables and gates: one run judges them all."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import duckdb
import yaml
from bad_data import COLUMNS, Case

from cradle.paths import PROJECT_ROOT

PROFILE = "cradle: {target: dev, outputs: {dev: {type: duckdb, path: gates.duckdb, threads: 1}}}\n"
PROJECT = {
    "name": "cradle",
    "version": "0.1.0",
    "profile": "cradle",
    "flags": {"send_anonymous_usage_stats": False, "use_colors": False},
    "data_tests": {"+store_failures": True, "+schema": "failures"},
}
NUMBERS = {"value": "double", "reference_year": "integer", "is_total": "boolean"}
Found = dict[tuple[str, bool], tuple[str, set[str]]]


def judge(root: Path, cases: dict[str, Case], tables: dict[str, list[dict]] | None = None) -> Found:
    """Run the gate of each case on all of its rows and on the sound ones: {(case, is_sound): (status, keys found)}.

    `tables` are further ones that arguments of the gates name.
    """
    for part in ("macros/gates", "tests/generic", "seeds"):
        (root / part).mkdir(parents=True)
    for file in (PROJECT_ROOT / "macros/gates").glob("*.sql"):
        shutil.copy(file, root / "macros/gates")
    for gate in {case.gate for case in cases.values()}:
        shutil.copy(PROJECT_ROOT / f"tests/generic/{gate}.sql", root / "tests/generic")
    limits = PROJECT_ROOT / "seeds/gates/gate_limits"
    shutil.copy(limits.with_suffix(".csv"), root / "seeds")
    config = yaml.safe_load(limits.with_suffix(".yml").read_text(encoding="utf-8"))["seeds"][0]["config"]
    seeds = [{"name": "gate_limits", "config": config}]
    _write(root, "int_geographies__fallback", _wider(cases), ["geography_id", "wider_geography_id", "distance"])
    for name, rows in (tables or {}).items():
        _write(root, name, rows, list(rows[0]))
    for name, case in cases.items():
        is_factor = case.key == "factor_id"
        columns = COLUMNS if is_factor else list(case.rows[0])
        types = {column: NUMBERS.get(column, "varchar") for column in columns} if is_factor else {}
        for is_sound, rows in ((False, case.rows), (True, case.sound_rows)):
            seed = _table(name, is_sound)
            _write(root, seed, rows, columns)
            test = {"name": f"gate_on_{seed}"} | ({"arguments": case.arguments} if case.arguments else {})
            seeds.append({"name": seed, "config": {"column_types": types}, "data_tests": [{case.gate: test}]})
    (root / "seeds/seeds.yml").write_text(yaml.safe_dump({"version": 2, "seeds": seeds}), encoding="utf-8")
    (root / "dbt_project.yml").write_text(yaml.safe_dump(PROJECT), encoding="utf-8")
    (root / "profiles.yml").write_text(PROFILE, encoding="utf-8")
    own = {key: value for key, value in os.environ.items() if not key.startswith(("CRADLE_", "DBT_"))}
    done = subprocess.run(
        [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "build"],
        cwd=root,
        env=own | {"DBT_PROFILES_DIR": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    results = json.loads((root / "target/run_results.json").read_text(encoding="utf-8"))["results"]
    broken = [result["unique_id"] for result in results if result["status"] in ("error", "skipped")]
    assert broken == [], done.stdout[-6000:]
    status = {result["unique_id"].split(".")[2]: result["status"] for result in results}
    return {
        (name, is_sound): (status[f"gate_on_{_table(name, is_sound)}"], _stored(root, name, case.key, is_sound))
        for name, case in cases.items()
        for is_sound in (False, True)
    }


def _table(name: str, is_sound: bool) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", name.lower())[:24]  # a long name would be cut
    return f"{words}_{zlib.crc32(name.encode()):08x}_{'sound' if is_sound else 'all'}"


def _write(root: Path, name: str, rows: list[dict], columns: list[str]) -> None:
    with (root / "seeds" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _wider(cases: dict[str, Case]) -> list[dict]:
    places = sorted({row["geography_id"] for case in cases.values() for row in case.rows if row.get("geography_id")})
    steps = [(place, place, 0) for place in places]
    steps += [(place, "GLO", 1) for place in places if place != "GLO"]
    # what stands for Europe needs one place in it to be known as wider
    steps += [("AUT", "EUR", 1)] if "EUR" in places else []
    return [dict(zip(("geography_id", "wider_geography_id", "distance"), step, strict=True)) for step in steps]


def _stored(root: Path, name: str, key: str, is_sound: bool) -> set[str]:
    with duckdb.connect(str(root / "gates.duckdb"), read_only=True) as con:
        rows = con.execute(f'select "{key}" from main_failures."gate_on_{_table(name, is_sound)}"').fetchall()
    return {row[0] for row in rows}
