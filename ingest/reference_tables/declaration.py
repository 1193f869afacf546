"""What the user declares of a table: its name, its licence and whether it may be passed on. Nothing is assumed."""

import re
from dataclasses import dataclass
from pathlib import Path

from cradle.errors import FetchError
from ingest.declared_licence import REDISTRIBUTABLE, Licence, licence_of, refused_word


@dataclass(frozen=True)
class Declaration:
    """What was said on the command line of one table; its name is that of the file where `is_named` is false."""

    mapping: str
    licence: Licence
    table_id: str
    title: str | None
    is_named: bool = True


def declare(
    file: Path,
    mapping: str | None,
    licence: str | None,
    redistributable: str | None,
    table: str | None = None,
    title: str | None = None,
) -> Declaration:
    """Return the declaration. Raises FetchError where mapping, licence or redistributability is not told."""
    asked = {"--mapping": mapping, "--licence": licence, "--redistributable": redistributable}
    if lacking := [option for option, given in asked.items() if not (given or "").strip()]:
        raise FetchError(
            "a table of your own is not loaded before you say what it is and under which licence you hold it",
            where=file.name,
            expected="--mapping NAME or PATH, --licence 'NAME or SPDX id' and --redistributable yes, share-alike or no",
            got=f"no {', no '.join(lacking)}",
            todo="say all three; --redistributable no keeps the table out of every published export",
        )
    if redistributable not in REDISTRIBUTABLE:
        raise refused_word("--redistributable", ", ".join(REDISTRIBUTABLE), redistributable)
    table_id = table or re.sub(r"[^a-z0-9]+", "_", file.stem.lower()).strip("_")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", table_id):
        raise refused_word("--table", "a name of small letters, digits and '_' that begins with a letter", table_id)
    if title is not None and not (title := " ".join(title.split())):
        raise refused_word("--title", "a text", "an empty one")
    return Declaration(
        mapping, licence_of(" ".join(licence.split()), redistributable), table_id, title, table is not None
    )
