"""What the user says of a set of traces on the command line, where the files do not say it themselves."""

import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from ingest.declared_licence import REDISTRIBUTABLE, Licence, licence_of, refused_word
from ingest.power.boundaries import boundaries_of

# a measurement of the user's own is nobody else's to pass on unless the user says so
OWN_LICENCE, OWN_REDISTRIBUTABLE = "Own measurement", "no"
MAPPED_FORMATS = ("plain_csv", "parquet")


@dataclass(frozen=True)
class Said:
    """A set of traces as declared. What is None is taken from the files, or stays open and is flagged."""

    set_id: str
    is_named: bool
    licence: Licence
    title: str | None = None
    run: str | None = None
    boundary: str | None = None
    timezone: str | None = None
    format: str | None = None
    mapping: Path | None = None
    windows: Path | None = None


def declare(
    given: list[Path],
    *,
    table: str | None = None,
    licence: str | None = None,
    redistributable: str | None = None,
    title: str | None = None,
    run: str | None = None,
    boundary: str | None = None,
    timezone: str | None = None,
    format: str | None = None,
    mapping: str | None = None,
    windows: Path | None = None,
) -> Said:
    """Return the declaration of a set; its name is that of the first file or folder where `table` is None.

    Raises FetchError for a word that cannot be.
    """
    boundaries_of(boundary)
    if timezone is not None:
        _refuse_unknown_zone(timezone)
    redistributable = redistributable or OWN_REDISTRIBUTABLE
    if redistributable not in REDISTRIBUTABLE:
        raise refused_word("--redistributable", ", ".join(REDISTRIBUTABLE), redistributable)
    if run is not None and (not (run := run.strip()) or len(run) > 200 or not run.isprintable()):
        raise refused_word("--run", "one line of at most 200 characters", run[:60])
    if title is not None and not (title := " ".join(title.split())):
        raise refused_word("--title", "a text", "an empty one")
    set_id = _name_of(given[0]) if table is None else table
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", set_id):
        raise refused_word(
            "--table", "a name of small letters, digits and '_'", table or f"none, and {given[0]} gives none"
        )
    if mapping is not None and format not in (None, *MAPPED_FORMATS):
        raise refused_word("--mapping", f"--format {' or '.join(MAPPED_FORMATS)}, or none", f"--format {format}")
    said_licence = licence_of(" ".join((licence or OWN_LICENCE).split()), redistributable)
    return Said(
        *(set_id, table is not None, said_licence, title, run, boundary, timezone),
        format=format or (_mapped_format(given) if mapping is not None else None),
        mapping=_file_of(mapping),
        windows=windows,
    )


def _name_of(given: Path) -> str:
    """The name of a folder, of a file without its ending, or of a pattern up to its first wildcard."""
    path = given.resolve() if given.exists() else given.absolute()  # a link that leads to itself does not resolve
    name = path.name if path.is_dir() else path.stem
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:64].rstrip("_")


def _mapped_format(given: list[Path]) -> str:
    """A mapping is for CSV, or for Parquet where the first file is one."""
    if given[0].is_file():
        with given[0].open("rb") as stream:
            if stream.read(4) == b"PAR1":
                return "parquet"
    return "plain_csv"


def _file_of(mapping: str | None) -> Path | None:
    if mapping is None:
        return None
    if not Path(mapping).is_file():
        raise refused_word("--mapping", "the YAML file that says which column is what", mapping)
    return Path(mapping).resolve()


def _refuse_unknown_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise refused_word("--timezone", "a name of the IANA list such as Europe/Paris or UTC", name) from error
