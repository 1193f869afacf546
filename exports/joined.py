"""The record of a file that joins several tables."""

from pathlib import Path

from exports.job import licences_of_parts, sources_of_parts
from exports.part import Part
from exports.tables import Table
from exports.written import Written


def joined(path: Path, form: str, rows: int, parts: list[Part], description: str) -> Written:
    """What is said of the file at `path`, which holds these parts: sources and licences of all of them."""
    name = path.name.rpartition(".")[0]
    table = Table(name, description, (), ())
    return Written.of(path, form, rows, Part(table, name, "", sources_of_parts(parts), licences_of_parts(parts)))
