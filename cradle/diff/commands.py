"""What `cradle diff` does: find the two exports, compare them, answer."""

from pathlib import Path

from cradle.diff.wanted import Wanted
from cradle.errors import DiffError


def compare_exports(
    named: tuple[str, str],
    kept: Path,
    wanted: Wanted,
    style: str = "table",
    changelog: Path | None = None,
    date: str | None = None,
) -> bool:
    """Answer on standard output and write the changelog where one is asked for; returns whether the two differ.

    Raises DiffError for a style or option that does not fit and for what cannot be compared.
    """
    import typer

    from cradle.diff.changelog import write_changelog
    from cradle.diff.comparing import compare
    from cradle.diff.opening import find, opened
    from cradle.diff.rendering import STYLES, render
    from exports.kept import check_date

    if style not in STYLES:
        raise DiffError(
            "there is no such form",
            where="--format",
            expected=", ".join(STYLES),
            got=style,
            todo=f"cradle diff {' '.join(named)} --format table",
        )
    if changelog is not None and wanted.cells:
        raise DiffError("the changelog is of totals", where="--changelog", got="--cells", todo="give one of the two")
    check_date(date)
    before, after = (find(name, kept) for name in named)
    with opened(before, after) as con:
        found = compare(con, wanted)
    if changelog is not None:
        write_changelog(changelog, found, before, after, date)
    typer.echo(render(found, before, after, style, cells=wanted.cells), nl=False)
    return found.differs
