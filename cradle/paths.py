"""Where things are: the checkout, the published warehouse, the files beside it."""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[1]


def published_db() -> Path:
    """The warehouse file that readers open; `CRADLE_DB` names another one.

    Raises UnicodeEncodeError where the system's encoding cannot read that name: DuckDB could not open it.
    """
    named = os.environ.get("CRADLE_DB", "warehouse/cradle.duckdb")
    named.encode("utf-8")
    return PROJECT_ROOT / named


def landing_db() -> Path:
    """The lander's file, beside the published warehouse."""
    return published_db().with_name("landing.duckdb")


def dbt_target(project: Path | None = None) -> Path:
    """dbt's folder of this checkout or another project; `DBT_TARGET_PATH` names another one."""
    return (project or PROJECT_ROOT) / (os.environ.get("DBT_TARGET_PATH") or "target")


def export_dir(form: str, *, publish: bool) -> Path:
    """The default folder of an export in a format, for one's own use or to be passed on."""
    if not publish:
        return PROJECT_ROOT / "dist" / form
    return PROJECT_ROOT / "dist" / ("published" if form == "parquet" else f"published-{form}")


def kept_dir() -> Path:
    """The folder of the exports that are kept by name; `CRADLE_KEPT` names another one."""
    return PROJECT_ROOT / os.environ.get("CRADLE_KEPT", "kept")


def site_dir() -> Path:
    """The default folder of the report."""
    return PROJECT_ROOT / "dist" / "site"
