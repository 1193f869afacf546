"""Files of the user's that only add to a table of our own: it is landed beside them."""

from pathlib import Path

from ingest.parsing import load_code
from ingest.sidecar import Sidecar


def adding(sidecar: Sidecar, files: list[Path]) -> list[Path]:
    """Those of the user's files that add to the source's own table; its parse.py says which (`adds_to_own_table`)."""
    if not _own_tables(sidecar):
        return []
    adds = getattr(load_code(sidecar, "parse"), "adds_to_own_table", None)
    return [file for file in files if adds and adds(file)]


def with_own_tables(sidecar: Sidecar, files: list[Path]) -> list[Path]:
    """The user's files, after the tables of our own where all of the files add to them; else the files alone."""
    return [*_own_tables(sidecar), *files] if adding(sidecar, files) == files else files


def _own_tables(sidecar: Sidecar) -> list[Path]:
    return [file for download in sidecar.download if (file := sidecar.own_file(download))]
