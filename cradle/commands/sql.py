"""`cradle sql`: a question to the published warehouse."""

import sys
from typing import Annotated

import typer

from cradle import completion, paths
from cradle.commands.examples import examples

EPILOG = examples(
    "cradle sql",
    "cradle sql \"from answers.service_totals where scenario_id = 'bloom_mlca'\"",
    "cradle sql --csv - < question.sql",
)


def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY",
            help="The query, or - to read it from standard input; none: as --list.",
            autocompletion=completion.words_of_sql,
        ),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer as CSV instead of a table.")] = False,
    as_list: Annotated[
        bool, typer.Option("--list", help="List the saved views, with the question that each answers.")
    ] = False,
) -> None:
    """Ask the published warehouse a question in SQL (read-only)."""
    from cradle.query import READING_LIST, ask

    if as_list and query is not None:
        raise typer.BadParameter("--list takes no query")
    text = READING_LIST if query is None else sys.stdin.read() if query == "-" else query
    typer.echo(ask(paths.published_db(), text, "csv" if as_csv else "table"), nl=False)
