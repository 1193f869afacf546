"""`cradle explain`: a result taken apart."""

from pathlib import Path
from typing import Annotated

import typer

from cradle import completion, paths
from cradle.commands.examples import examples

EPILOG = examples(
    "cradle explain sd_service_2025_open --part inference",
    "cradle explain sd_service_2025_open --part inference --stage use --category all",
    "cradle explain bloom_mlca --category ADPe --format mermaid --output bloom.mmd",
)


def explain(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", help="The id of a scenario.", autocompletion=completion.scenario_ids),
    ],
    part: Annotated[
        str | None,
        typer.Option(
            metavar="PART", help="One service part, such as inference.", autocompletion=completion.service_parts
        ),
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option(metavar="STAGE", help="One life-cycle stage, such as use.", autocompletion=completion.stages),
    ] = None,
    category: Annotated[
        str,
        typer.Option(
            metavar="CATEGORY|all",
            help="An impact category, or every one with a result.",
            autocompletion=completion.categories_or_all,
        ),
    ] = "GWP",
    view: Annotated[
        str,
        typer.Option(
            metavar="location|market",
            help="Electricity by the grid, or by contracts.",
            autocompletion=completion.one_of("location", "market"),
        ),
    ] = "location",
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|mermaid",
            help="As lines, as JSON or as a flow chart.",
            autocompletion=completion.one_of("text", "json", "mermaid"),
        ),
    ] = "text",
    short: Annotated[bool, typer.Option("--short", help="In text, leave out what other sources say.")] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there instead of to standard output.")
    ] = None,
) -> None:
    """Take a result apart: amounts, parameters as printed, factors and their alternatives, sources, corrections.

    The same tree is the table marts.explanations.
    """
    from cradle.explain import Question
    from cradle.explain.write import write

    asked = Question(scenario, part, stage, None if category == "all" else category, view)
    text = write(paths.published_db(), asked, form, short)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
