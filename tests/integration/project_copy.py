"""A copy of this project that a test may change."""

import shutil
from pathlib import Path

from cradle.paths import PROJECT_ROOT

FOLDERS = (
    "cradle",
    "dictionary",
    "docs/fields",
    "examples",
    "exports",
    "ingest",
    "LICENSES",
    "macros",
    "models",
    "release",
    "seeds",
)


def copy_of_project(folder: Path, warehouse: Path | None = None, *, example: bool = True) -> Path:
    """A copy of this project to change, with a built warehouse where one is given, or without the traces it lands."""
    for file in ("dbt_project.yml", "profiles.yml"):
        shutil.copy2(PROJECT_ROOT / file, folder / file)
    for name in FOLDERS:
        if name == "examples" and not example:
            continue
        shutil.copytree(PROJECT_ROOT / name, folder / name)
    for name in ("generic", "singular"):
        shutil.copytree(PROJECT_ROOT / "tests" / name, folder / "tests" / name)
    if warehouse:
        (folder / "warehouse").mkdir()
        for file in (warehouse, warehouse.with_name("landing.duckdb")):
            shutil.copy(file, folder / "warehouse" / file.name)
        shutil.copytree(warehouse.with_name("traces"), folder / "warehouse" / "traces")
    return folder
