"""A dbt project of one source, one model and one seed that uses this repository's plugin and macros."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[3]

PARSE = """
import polars as pl


def parse(path):
    frame = pl.read_csv(path, infer_schema=False).with_row_index("row_number", offset=1)
    return {"plants": frame, "towns": frame.select("row_number", "name")}
"""

PROJECT = """
name: cradle
version: 0.1.0
profile: cradle
flags: {send_anonymous_usage_stats: false, use_colors: false}
on-run-end: ["{{ publish(results) }}"]
models: {cradle: {+materialized: table, +schema: marts}}
seeds: {cradle: {+schema: seeds}}
"""

PROFILES = """
cradle:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: "{{ env_var('CRADLE_DB') | replace('.duckdb', '.work.duckdb') }}"
      schema: main
      threads: 1
      plugins:
        - module: ingest.dbt_plugin
          alias: cradle
          config: {publish_to: "{{ env_var('CRADLE_DB') }}", root: "{{ env_var('TINY_ROOT') }}"}
"""

SIDECAR = {
    "source_id": "power_plants",
    "producer": "The Producer",
    "title": "Power plants",
    "version": "2025",
    "published_on": "2025-01-31",
    "retrieved_on": "2025-02-01",
    "landing_page": "https://example.org/plants",
    "download": [{"url": "https://example.org/data/plants.csv", "sha256": "0" * 64}],
    "licence": {"id": "CC-BY-4.0", "name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "redistributable": "yes",
    "licence_pack": "open",
    "citation": "The Producer (2025), Power plants",
    "entities": ["plants", "towns"],
}

MODEL = "select name, cast(power_mw as double) as power_mw from {{ source('raw', 'power_plants__plants') }}\n"
SOURCES = "version: 2\nsources: [{name: raw, schema: raw, tables: [{name: power_plants__plants}]}]\n"


@dataclass
class TinyProject:
    """The project's folder and how to run things in it, each in a process of its own."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "warehouse" / "cradle.duckdb"

    @property
    def landing(self) -> Path:
        return self.root / "warehouse" / "landing.duckdb"

    def write(self, name: str, text: str) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def sidecar(self, **changes) -> Path:
        content = yaml.safe_dump(SIDECAR | changes, sort_keys=False)
        return self.write("ingest/power_plants/source.yml", content)

    def environment(self, **more: str) -> dict[str, str]:
        own = {
            "CRADLE_DB": str(self.database),
            "DBT_PROFILES_DIR": str(self.root),
            "NO_COLOR": "1",
            "TINY_ROOT": str(self.root),
        }
        return {k: v for k, v in os.environ.items() if not k.startswith(("CRADLE_", "DBT_"))} | own | more

    def start(self, *command: str, cwd: Path | None = None, **more: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=cwd or self.root,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that it can be killed with its children
        )

    def finish(self, process: subprocess.Popen) -> subprocess.CompletedProcess:
        try:
            stdout, stderr = process.communicate(timeout=120)
        finally:
            process.kill()
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def dbt(self, *args: str, **more) -> subprocess.CompletedProcess:
        return self.finish(self.start_dbt(*args, **more))

    def start_dbt(self, *args: str, **more) -> subprocess.Popen:
        return self.start("-c", "from dbt.cli.main import cli; cli()", *args, **more)

    def cradle(self, *args: str, **more) -> subprocess.CompletedProcess:
        return self.finish(self.start_cradle(*args, **more))

    def start_cradle(self, *args: str, **more) -> subprocess.Popen:
        code = (
            "import sys, pathlib, cradle.paths as p;"
            f"p.PROJECT_ROOT = pathlib.Path({str(self.root)!r});"
            "from cradle.cli import main; sys.exit(main())"
        )
        return self.start("-c", code, *args, **more)


def make_tiny_project(root: Path) -> TinyProject:
    project = TinyProject(root)
    project.write("dbt_project.yml", PROJECT)
    project.write("profiles.yml", PROFILES)
    project.write("ingest/power_plants/parse.py", PARSE)
    project.write("models/plants.sql", MODEL)
    project.write("models/sources.yml", SOURCES)
    project.write("seeds/colours.csv", "colour\nred\nblue\n")
    project.write("plants.csv", "name,power_mw\nAchères,12\nBrest,7.5\n")
    for macro in ("publish", "drop_orphans", "generate_schema_name"):
        project.write(f"macros/{macro}.sql", (REPOSITORY / "macros" / f"{macro}.sql").read_text())
    project.sidecar()
    return project
