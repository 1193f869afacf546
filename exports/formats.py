"""The formats that an export can have: what `--format` takes, and which module writes each."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from cradle.errors import ExportError

if TYPE_CHECKING:
    from exports.job import Job
    from exports.written import Written

PARQUET = "parquet"
WRITERS = {
    PARQUET: "exports.parquet",
    "csv": "exports.csv_files",
    "excel": "exports.excel.workbook",
    "duckdb": "exports.duckdb_file",
    "brightway": "exports.lca.brightway",
    "openlca": "exports.lca.openlca",
}
OF_SCENARIOS = ("brightway", "openlca")  # formats that take --scenario


def writer(form: str) -> "Callable[[Job], list[Written]]":
    """The function that writes a job in this format; raises ExportError for a format that there is not."""
    if form not in WRITERS:
        raise ExportError(
            "there is no such format", where="--format", expected=", ".join(WRITERS), got=form, todo="mend the option"
        )
    return import_module(WRITERS[form]).write_job
