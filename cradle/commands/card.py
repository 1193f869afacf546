"""`cradle card`: the model card of a training."""

from pathlib import Path
from typing import Annotated

import typer

from cradle import completion, paths
from cradle.commands.examples import examples

EPILOG = examples(
    "cradle card luccioni_2023_bloom",
    "cradle card luccioni_2023_bloom --card extended --output bloom.md",
)


def card(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO", help="The id of a training scenario.", autocompletion=completion.carded_scenarios
        ),
    ],
    which: Annotated[
        str,
        typer.Option(
            "--card",
            metavar="minimum|extended",
            help="Five questions, or all eleven.",
            autocompletion=completion.one_of("minimum", "extended"),
        ),
    ] = "minimum",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the card there instead of to standard output.")
    ] = None,
) -> None:
    """Write the model card of a training as Markdown (after Hershcovich et al. 2022)."""
    from cradle.card import write

    text = write(paths.published_db(), scenario, which)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
