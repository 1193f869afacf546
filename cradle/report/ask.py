"""The rows of the marts that the pages show."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cradle.errors import CradleError
from cradle.report.page import Row

if TYPE_CHECKING:
    import duckdb


class ReportError(CradleError):
    """A report that cannot be written."""


class Marts:
    """The published warehouse, read-only; a context manager."""

    def __init__(self, db: Path) -> None:
        """Keep the path; raises ReportError where no warehouse is there."""
        if not db.is_file():
            raise ReportError("there is no warehouse to report on", where=str(db), todo="run `cradle build` first")
        self._db = db

    def __enter__(self) -> "Marts":
        """Open the file."""
        import duckdb

        self._con = duckdb.connect(str(self._db), read_only=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._con.close()

    @property
    def connection(self) -> "duckdb.DuckDBPyConnection":
        """The open connection, for what exports know of licences."""
        return self._con

    def rows(self, query: str, *values: Any) -> list[Row]:
        """The answer as rows; raises ReportError where the warehouse does not have what is asked."""
        import duckdb

        try:
            found = self._con.execute(query, list(values))
        except duckdb.Error as error:
            raise ReportError(
                "the warehouse cannot answer a query of the report",
                where=str(self._db),
                got=str(error),
                todo="build it anew with this version: cradle build",
            ) from None
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
