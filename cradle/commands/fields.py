"""`cradle fields`: what a column, a mart or a term means."""

from typing import Annotated

import typer

from cradle.commands.examples import examples

EPILOG = examples(
    "cradle fields", "cradle fields value_low", "cradle fields impacts", 'cradle fields "functional unit"'
)


def fields(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="A column, a mart, MART.COLUMN or a word; all marts by default.")
    ] = "",
    form: Annotated[str, typer.Option("--format", metavar="text|json", help="As lines or as JSON.")] = "text",
) -> None:
    """Say what a column, a mart or a term means: unit, what an empty cell means, where it is."""
    from cradle.dictionary.answer import answer

    typer.echo(answer(name, form), nl=False)
