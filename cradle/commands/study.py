"""`cradle study ...`: a service of your own, as rows of the seeds."""

from typing import Annotated

import typer

from cradle import completion
from cradle.commands.examples import examples

study = typer.Typer(
    help="Add a service of your own as rows of the seeds, check it, take it out (docs/how-to-add-a-study.md).",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@study.command(
    "new",
    epilog=examples(
        "cradle study new --list",
        "cradle study new my_run --like luccioni_2023_bloom_pue --factor-set open_default",
        "cradle study new my_service --like sd_service_2025_open --title 'Our image service' --own-model",
    ),
)
def study_new(
    study_id: Annotated[str, typer.Argument(metavar="[ID]", help="The id of the new study, such as my_service.")] = "",
    like: Annotated[
        str,
        typer.Option(
            metavar="SCENARIO", help="The scenario whose rows are copied.", autocompletion=completion.scenario_ids
        ),
    ] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="The title of the study.")] = "",
    factor_set: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Another factor set than that of the scenario, such as open_default.",
            autocompletion=completion.factor_sets,
        ),
    ] = "",
    own_model: Annotated[
        bool, typer.Option("--own-model", help="Copy the flows and terms of the model too, to change them.")
    ] = False,
    show: Annotated[bool, typer.Option("--list", help="List scenarios that make good beginnings.")] = False,
) -> None:
    """Add a study: the rows of a scenario, copied into the seeds under a new id."""
    from cradle.study.commands import list_templates, new_study

    if show:
        list_templates()
    else:
        new_study(study_id, like, title, factor_set, own_model)


@study.command(
    "check",
    epilog=examples("cradle study check", "cradle study check my_service", "cradle study check all --json"),
)
def study_check(
    study_id: Annotated[
        str,
        typer.Argument(
            metavar="[ID]",
            help="A study, a scenario or `all`; all studies of your own by default.",
            autocompletion=completion.own_studies,
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, with the state of every cell.")] = False,
) -> None:
    """Say what a study lacks, which states its cells will have, and whether it would build (exit code 2: it would not).

    The seeds are tried out beside the warehouse, which stays as it is.
    """
    from cradle.study.commands import check_study

    if not check_study(study_id, as_json):
        raise typer.Exit(2)


@study.command("remove", epilog=examples("cradle study remove my_service"))
def study_remove(
    study_id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A study that `cradle study new` made.", autocompletion=completion.own_studies
        ),
    ],
) -> None:
    """Take a study of your own out of the seeds, with every row that carries its id."""
    from cradle.study.commands import remove_study

    remove_study(study_id)
