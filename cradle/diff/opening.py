"""Open two exports in one DuckDB connection: their tables as views of the schemas `a` and `b`."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cradle.diff.needed import KEYS, NEEDED, OPTIONAL
from cradle.errors import DiffError
from cradle.listed import listed
from exports.folder import DESCRIPTOR
from exports.tables import quoted

if TYPE_CHECKING:
    import duckdb

MEMORY = "1GB"  # what does not fit goes to a temporary folder


@dataclass(frozen=True)
class Export:
    """A folder of Parquet files, what it is called and of when it is, and its files by table."""

    path: Path
    name: str
    date: str | None
    version: str
    files: dict[str, list[Path]]


@contextmanager
def opened(before: Export, after: Export) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A connection in which `a.<table>` and `b.<table>` are the needed tables of the two. Raises DiffError."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="cradle-diff-") as scratch, duckdb.connect() as con:
        con.execute(f"set memory_limit = '{MEMORY}'; set temp_directory = '{scratch}'; set timezone = 'UTC'")
        try:
            for schema, export in (("a", before), ("b", after)):
                con.execute(f"create schema {schema}")
                _create_views(con, schema, export)
            yield con
        except duckdb.Error as error:
            raise DiffError(
                "the two exports cannot be read side by side",
                where=f"{before.path} and {after.path}",
                got=str(error).strip(),
                todo="export again with this version of Cradle and compare those",
            ) from error


def find(named: str, kept: Path) -> Export:
    """The export that a path or the name of a kept one means; its files are there and are what it says they are.

    Raises DiffError for what is no export, lacks a table or a column, or was cut off or changed since.
    """
    path = Path(named)
    if not path.is_dir():
        path = kept / named
    if not named or not path.is_dir():
        names = sorted(entry.name for entry in kept.iterdir() if entry.is_dir()) if kept.is_dir() else []
        raise DiffError(
            "there is no such export",
            where=named or "an empty name",
            expected="the folder of an export, or a kept one: " + (", ".join(names) or "none is kept yet"),
            todo="keep one with `cradle export --keep NAME`; `cradle kept` lists them",
        )
    package = _descriptor(path)
    try:
        about = package.get("kept", {})
        resources = [_resource(path, file) for file in package["resources"]]
        said = [_line(about.get("name", path.name)), _line(about.get("date", "")), _line(package["version"])]
        export = Export(path, said[0], said[1] or None, said[2], _by_table(resources))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _no_export(path, f"no {error}" if isinstance(error, KeyError) else str(error)) from None
    _refuse_another_schema(export, resources)
    for name, file, hashed, _ in resources:
        if name.split(".")[0] in {*NEEDED, *OPTIONAL}:
            _refuse_other_content(file, hashed)
    return export


def _resource(folder: Path, file: dict[str, Any]) -> tuple[str, Path, str, set[str]]:
    """Name, file, hash and columns; the file lies in the folder itself, whatever a descriptor from elsewhere says."""
    name, lies_at, hashed = _line(file["name"]), _line(file["path"]), _line(file["hash"])
    if Path(lies_at).name != lies_at:
        raise ValueError(f"a file that does not lie in the folder: {lies_at}")
    return name, folder / lies_at, hashed, {_line(field["name"]) for field in file["schema"]["fields"]}


def _line(text: Any) -> str:
    if not isinstance(text, str) or not text.isprintable():
        raise ValueError(f"{text!r:.60} where a line of text belongs")
    return text


def _by_table(resources: list[tuple[str, Path, str, set[str]]]) -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    for name, file, _, _ in resources:
        files.setdefault(name.split(".")[0], []).append(file)  # the packs of a published export are one table
    return files


def _descriptor(path: Path) -> dict[str, Any]:
    try:
        package = json.loads((path / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _no_export(path, str(error)) from None
    if not isinstance(package, dict) or package.get("name") != "cradle":
        raise _no_export(path, f"a {DESCRIPTOR} of something else")
    return package


def _no_export(path: Path, got: str) -> DiffError:
    return DiffError(
        "this folder holds no export of Cradle",
        where=str(path),
        expected=f"Parquet files with the {DESCRIPTOR} that `cradle export` writes",
        got=got,
        todo="name the folder that an export was written to",
    )


def _refuse_another_schema(export: Export, resources: list[tuple[str, Path, str, set[str]]]) -> None:
    there: dict[str, set[str]] = {}
    for name, _, _, columns in resources:
        there.setdefault(name.split(".")[0], set()).update(columns)
    lacking = [f"the table {table}" for table in NEEDED if table not in there]
    lacking += [
        f"{table}.{column}"
        for table in NEEDED
        if table in there
        for column in NEEDED[table]
        if column not in there[table]
    ]
    if lacking:
        raise DiffError(
            "this export has another schema than a comparison needs",
            where=str(export.path),
            expected="the tables and columns of this version of Cradle",
            got=f"Cradle {export.version}, without {listed(lacking, 6)}",
            todo="export again with `cradle export`; one made before the schema changed cannot be compared",
        )


def _refuse_other_content(file: Path, said: str) -> None:
    try:
        with file.open("rb") as content:
            found = f"sha256:{hashlib.file_digest(content, 'sha256').hexdigest()}"
    except OSError as error:
        raise DiffError(
            "a file of the export cannot be read",
            where=str(file),
            got=str(error.strerror),
            todo="mend its permissions, or write the export again: cradle export",
        ) from None
    if found != said:
        raise DiffError(
            "a file of the export was cut off or changed since it was written",
            where=str(file),
            expected=said,
            got=f"{found} ({file.stat().st_size:,} bytes)",
            todo="take the export from where it was kept whole, or write it again",
        )


def _create_views(con: "duckdb.DuckDBPyConnection", schema: str, export: Export) -> None:
    for table in {*NEEDED, *OPTIONAL} & set(export.files):
        _refuse_doubled_rows(con, table, export.files[table])
    for table, columns in NEEDED.items():
        _create_view(con, schema, table, columns, export.files[table])
    for table, stand_ins in OPTIONAL.items():
        if table in export.files:
            _create_view(con, schema, table, tuple(stand_ins), export.files[table])
        else:
            nothing = ", ".join(f"cast(null as {kind}) as {quoted(name)}" for name, kind in stand_ins.items())
            con.execute(f"create view {schema}.{table} as select {nothing} where false")


def _create_view(
    con: "duckdb.DuckDBPyConnection", schema: str, table: str, columns: tuple[str, ...], files: list[Path]
) -> None:
    named = ", ".join(quoted(column) for column in columns)
    con.execute(f"create view {schema}.{table} as select {named} from {_rows_of(files)}")


def _rows_of(files: list[Path], with_names: bool = False) -> str:
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{listed}], union_by_name = true{', filename = true' if with_names else ''})"


def _refuse_doubled_rows(con: "duckdb.DuckDBPyConnection", table: str, files: list[Path]) -> None:
    """Hashes say that a file is what its descriptor says, and anybody can write both."""
    key = ", ".join(quoted(column) for column in KEYS[table])
    doubled = con.execute(
        f"select {key}, count(*), list(distinct filename order by filename) from {_rows_of(files, with_names=True)}"
        f" group by {key} having count(*) > 1 order by {key} limit 1"
    ).fetchone()
    if doubled is not None:
        *values, count, names = doubled
        said = ", ".join(f"{name} {value!r}" for name, value in zip(KEYS[table], values, strict=True))
        raise DiffError(
            "an export holds a row twice",
            where=", ".join(names),
            expected=f"one row for each {', '.join(KEYS[table])}",
            got=f"{count} rows of {said}",
            todo="take the export from where it was kept whole, or write it again with `cradle export`",
        )
