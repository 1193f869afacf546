"""docs/power-traces.md says what is so: its table of formats, and what its example answers.

`CRADLE_UPDATE_PAGES=1` rewrites both instead; read the difference before it is committed.
"""

import os
import re

from cradle.paths import PROJECT_ROOT
from cradle.query import ask
from ingest.power.detect import FORMATS, module_of
from tests.integration.power.conftest import build_energy
from tests.integration.run_module import run_in
from tests.unit.power.traces import write

PAGE = PROJECT_ROOT / "docs" / "power-traces.md"
TABLE = re.compile(r"(?<=\| `--format` \| what it is \|\n\|---\|---\|\n)(?:\|.*\n)+")
EXAMPLE = re.compile(
    r"```csv\n(?P<trace>.*?)```\n\n```yaml\n(?P<mapping>.*?)```\n.*?```\n(?P<query>select.*?)```\n\nanswers\n\n"
    r"```text\n(?P<output>.*?)```",
    re.DOTALL,
)


def test_the_table_names_every_format_with_its_title():
    rows = "".join(f"| `{name}` | {module_of(name).TITLE} |\n" for name in FORMATS)
    text = PAGE.read_text("utf-8")
    if os.environ.get("CRADLE_UPDATE_PAGES"):
        PAGE.write_text(TABLE.sub(lambda _: rows, text), "utf-8")
        return
    assert TABLE.search(text)[0] == rows


def test_the_example_answers_what_stands_under_it(tmp_path, lend):
    text = PAGE.read_text("utf-8")
    found = EXAMPLE.search(text)
    (trace, _) = write(tmp_path, {"plug.csv": found["trace"], "plug.csv.mapping.yml": found["mapping"]})
    done = run_in(tmp_path, "cradle.cli", "pull", "power", "--file", str(trace))
    assert done.returncode == 0, done.stderr
    lend(tmp_path / "target", tmp_path / "cradle.duckdb")
    done = build_energy(tmp_path)
    assert done.returncode == 0, done.stdout[-4000:]
    answer = ask(tmp_path / "cradle.work.duckdb", found["query"])
    if os.environ.get("CRADLE_UPDATE_PAGES"):
        PAGE.write_text(text[: found.start("output")] + answer + text[found.end("output") :], "utf-8")
        return
    assert found["output"] == answer


def test_every_count_of_the_mart_is_explained():
    mart = (PROJECT_ROOT / "models/marts/power/measured_energy.yml").read_text("utf-8")
    columns = set(re.findall(r"- name: (\w+)", mart))
    named = set(re.findall(r"`(\w+)`", PAGE.read_text("utf-8")))
    counts = {"sentinels", "negatives", "unreadable_values", "duplicate_timestamps", "steps_back", "repeated_values"}
    assert counts | {"gaps", "wraps_repaired", "resets", "identical_series", "coverage_pct"} <= named & columns
