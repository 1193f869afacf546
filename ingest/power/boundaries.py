"""The boundaries that the user says: one word for all files of a set, or a word for the files of each pattern."""

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from cradle.errors import FetchError
from cradle.listed import listed
from ingest.declared_licence import refused_word
from ingest.power.reading import BOUNDARIES

if TYPE_CHECKING:
    import duckdb

OPTION = "--boundary"
NAMED_IN_NOTES = 5


def boundaries_of(text: str | None) -> list[tuple[str, str]]:
    """Return (pattern of file names, boundary) of `WORD` or of `PATTERN=WORD,PATTERN=WORD`; none for None.

    Raises FetchError for a word that is no boundary.
    """
    if text is None:
        return []
    parts = [part.strip() for part in text.split(",")] if "=" in text else [f"*={text}"]
    told = [tuple(map(str.strip, part.rpartition("=")[::2])) for part in parts]
    if not all(pattern and word in BOUNDARIES for pattern, word in told):
        raise refused_word(OPTION, f"{', '.join(BOUNDARIES)}; or PATTERN=WORD,PATTERN=WORD with these words", text)
    return told


def put_boundaries(con: "duckdb.DuckDBPyConnection", text: str | None) -> None:
    """Make `said_boundaries`: each file that the user says a boundary of, with that boundary.

    Raises FetchError for a pattern that reaches no file, a file that two words reach, and a pattern that reaches a
    file of totals of runs: a set keeps one word for these.
    """
    import polars as pl

    told = boundaries_of(text)
    rows = con.execute(
        "select file_index, file_name, file_index in (select file_index from run_totals) from files order by all"
    ).fetchall()
    reached = {pattern: [name for _, name, _ in rows if fnmatchcase(name, pattern)] for pattern, _ in told}
    if none := [pattern for pattern, names in reached.items() if not names and pattern != "*"]:
        read = listed([name for _, name, _ in rows], NAMED_IN_NOTES)
        raise _refused("a pattern that reaches a file", f"{', '.join(none)}, which is the name of none of {read}")
    said = []
    for index, name, is_total in rows:
        words = {word for pattern, word in told if fnmatchcase(name, pattern)}
        if len(words) > 1:
            raise _refused("patterns that say one boundary of a file", f"{' and '.join(sorted(words))} of {name}")
        if words and is_total and "=" in (text or ""):
            raise _refused("one word, without a pattern, for totals of runs", f"{text}, which reaches {name}")
        said += [(index, word) for word in words]
    frame = pl.DataFrame(said, schema={"file_index": pl.Int32, "said_boundary": pl.String}, orient="row")
    con.register("incoming", frame)
    con.execute("create table said_boundaries as from incoming")
    con.unregister("incoming")


def notes_on_boundaries(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """Return a note for each boundary of a format that stands although the user says another."""
    found = con.execute(
        """
        with stated as (
            select file_index, boundary from channels
            union all
            select file_index, boundary from run_totals
        )
        select format, boundary, said_boundary, count(*), list(distinct file_name order by file_name)
        from stated
        join files using (file_index)
        join said_boundaries using (file_index)
        where boundary != said_boundary
        group by all
        order by all
        """
    ).fetchall()
    return [
        f"{OPTION} {said} is not taken for {series:,} series of {format}, whose format says {boundary}:"
        f" {listed(names, NAMED_IN_NOTES)}"
        for format, boundary, said, series, names in found
    ]


def _refused(expected: str, got: str) -> FetchError:
    return FetchError(
        "a boundary cannot be taken",
        where=OPTION,
        expected=expected,
        got=got,
        todo="mend the patterns: they are for the names of the files as they stand in the folder that is given",
    )
