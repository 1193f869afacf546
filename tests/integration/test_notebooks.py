"""The notebooks run on what a build exports, and print what they printed when they were committed.

`CRADLE_UPDATE_PAGES=1` rewrites their outputs instead; read the difference before it is committed. Pictures are looked
at for being there: their bytes may differ from one machine to the next.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from cradle.paths import PROJECT_ROOT
from exports.write import write_export

NOTEBOOKS = sorted((PROJECT_ROOT / "docs" / "notebooks").glob("*.ipynb"))
RUN = PROJECT_ROOT / "tests" / "peers" / "run_notebook.py"


@pytest.fixture(scope="module")
def parquet(built_warehouse, tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks") / "parquet"
    write_export(built_warehouse, folder, "parquet")
    return folder


def executed(python: Path, notebook: Path, parquet: Path, output: Path) -> dict:
    done = subprocess.run(
        [python, RUN, notebook, output],
        env={**os.environ, "CRADLE_PARQUET": str(parquet), "PYTHONPATH": "", "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return json.loads(output.read_text(encoding="utf-8"))


def printed(cell: dict) -> list:
    """What a reader sees of a cell: its texts, and of a picture that there is one."""
    shown = []
    for output in cell.get("outputs", []):
        if output["output_type"] == "stream":
            shown.append((output["name"], output["text"]))
        else:
            data = output["data"]
            shown += [(kind, data[kind] if kind.startswith("text/") else "a picture") for kind in sorted(data)]
    return shown


def test_there_are_notebooks_for_both():
    assert [notebook.stem for notebook in NOTEBOOKS] == ["pandas", "polars"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_prints_what_it_says(notebook, peers_python, parquet, tmp_path):
    fresh = executed(peers_python, notebook, parquet, tmp_path / notebook.name)
    if os.environ.get("CRADLE_UPDATE_PAGES"):
        notebook.write_bytes((tmp_path / notebook.name).read_bytes())
        return
    committed = json.loads(notebook.read_text(encoding="utf-8"))
    assert len(fresh["cells"]) == len(committed["cells"])
    for now, then in zip(fresh["cells"], committed["cells"], strict=True):
        assert printed(now) == printed(then), "".join(then["source"])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_committed_notebook_shows_its_outputs_and_no_machine(notebook):
    text = notebook.read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    silent = [cell["id"] for cell in cells if cell["cell_type"] == "code" and not cell["outputs"]]
    assert silent == [], "run it with CRADLE_UPDATE_PAGES=1"
    assert sum("a picture" in dict(printed(cell)).values() for cell in cells) >= 3
    assert str(Path.home()) not in text and str(PROJECT_ROOT) not in text
    assert len(text) < 500_000
