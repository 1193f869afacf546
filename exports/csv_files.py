"""The marts as CSV files (RFC 4180, UTF-8), a data package that Frictionless validates cell by cell."""

from typing import TYPE_CHECKING

from exports.datapackage import field_type
from exports.progress import with_progress
from exports.tables import Column, quoted
from exports.written import Written

if TYPE_CHECKING:
    from exports.job import Job
    from exports.part import Part

# The Table Schema's words for what is no finite number
NOT_FINITE = "case when isnan({0}) then 'NaN' when isinf({0}) then if({0} > 0, 'INF', '-INF') else {1} end"


def write_job(job: "Job") -> list[Written]:
    """Write each part of the job as a CSV file; an absent value is an empty cell, and a number is never cut."""
    return [_write(job, part) for part in with_progress(job.parts, "CSV", job.con)]


def _write(job: "Job", part: "Part") -> Written:
    path = job.folder / f"{part.name}.csv"
    columns = ", ".join(f"{_cell(column)} as {quoted(column.name)}" for column in part.table.columns)
    target = str(path).replace("'", "''")
    # the inner query orders the rows, and this one adds nothing that could change their order
    rows = job.con.execute(
        f"copy (select {columns} from ({part.select})) to '{target}' (format csv, header)"
    ).fetchall()
    return Written.of(path, "csv", rows[0][0], part)


def _cell(column: Column) -> str:
    name = quoted(column.name)
    kind, form = field_type(column.type)
    if kind in ("array", "object"):
        return f"case when {name} is not null then cast(to_json({name}) as varchar) end"
    if form == "binary":
        return f"to_base64({name})"
    if column.type in ("FLOAT", "DOUBLE"):
        return NOT_FINITE.format(name, f"cast({name} as varchar)")
    if kind == "datetime":
        zone = "'Z'" if column.type.endswith("TIME ZONE") else "''"
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%f') || {zone}"
    return name
