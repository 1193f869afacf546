"""What `cradle study new|check|remove` do and say."""

from pathlib import Path

import typer

from cradle import paths
from cradle.console import say
from cradle.errors import StudyError
from cradle.study import tables, templates


def list_templates() -> None:
    """Print what a study can begin as."""
    typer.echo("A study begins as a copy of a scenario: any of marts.scenarios will do, these are good beginnings.\n")
    typer.echo("\n".join(templates.commands()))


def new_study(study: str, like: str, title: str, factor_set: str, own_model: bool) -> None:
    """Copy a scenario and say what was written and what comes next. Raises StudyError."""
    from cradle.study.adding import add

    if not study or not like:
        raise StudyError(
            "a study needs an id and a scenario to copy",
            expected="cradle study new ID --like SCENARIO",
            todo="take one of these:\n    " + "\n    ".join(templates.commands()),
        )
    added = add(_seeds(), study, like, title, factor_set, own_model)
    for path, (line, count) in added.rows.items():
        typer.echo(f"seeds/{path}:{line}: {count} row{'s' * (count != 1)}")
    parameters, places = tables.PARAMETERS.path, tables.PLACES.path
    typer.echo(
        f"\n{study} is a copy of {added.origin} on model {added.model_id} with the factors of {added.factor_set_id}."
        "\nNext, in an editor or a spreadsheet that saves CSV with commas:"
    )
    steps = {
        tables.FUNCTIONAL_UNITS.path: "what the results are stated for",
        tables.SCENARIOS.path: "title and period (its year chooses the factors)",
        places: "where the data centre and the users are",
        parameters: "your numbers, each with its unit and source_id "
        f"{tables.OWN_SOURCE}{study}, locator and as_printed; empty the note",
    }
    for path, what in steps.items():
        if path in added.rows:
            typer.echo(f"  seeds/{path}:{added.rows[path][0]}: {what}")
    typer.echo(f"Then: cradle study check {study}, and cradle build. To undo: cradle study remove {study}")


def remove_study(study: str) -> None:
    """Take a study of the user's out and say what went. Raises StudyError."""
    from cradle.study.removing import remove

    for path, count in remove(_seeds(), study).items():
        typer.echo(f"seeds/{path}: {count} row{'s' * (count != 1)} removed")


def check_study(study: str, as_json: bool) -> bool:
    """Print the report; returns whether the seeds would build. Raises StudyError."""
    from cradle.study import reporting
    from cradle.study.checking import check

    if not paths.published_db().is_file() and not as_json:
        say("there is no warehouse yet: factors and all are made for this check alone, which takes about a minute")
    report = check(paths.PROJECT_ROOT, study)
    typer.echo(reporting.as_json(report) if as_json else reporting.as_text(report))
    return report.builds


def _seeds() -> Path:
    return paths.PROJECT_ROOT / "seeds"
