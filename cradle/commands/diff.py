"""`cradle diff`: what moved between two exports, and why."""

from pathlib import Path
from typing import Annotated

import typer

from cradle import completion, paths
from cradle.commands.examples import examples

EPILOG = examples(
    "cradle diff 2026-q2 2026-q3",
    "cradle diff 2026-q2 dist/parquet --scenario bloom_mlca_open --category GWP",
    "cradle diff 2026-q2 2026-q3 --cells --format json",
    "cradle diff 2026-q2 2026-q3 --changelog results.md --date 2026-10-01",
    "cradle diff 2026-q2 dist/parquet --exit-code",
)


def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="RELEASE_A",
            help="A kept export, or the folder of an export.",
            autocompletion=completion.kept_exports,
        ),
    ],
    after: Annotated[
        str, typer.Argument(metavar="RELEASE_B", help="The later one.", autocompletion=completion.kept_exports)
    ],
    style: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="table|json|csv|markdown",
            help="How to answer.",
            autocompletion=completion.one_of("table", "json", "csv", "markdown"),
        ),
    ] = "table",
    scenario: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this scenario; repeatable.", autocompletion=completion.scenario_ids),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Only this impact category; repeatable.", autocompletion=completion.categories
        ),
    ] = None,
    threshold: Annotated[
        float, typer.Option(metavar="SHARE", min=0, help="Leave out what moved by less: 0.01 is one per cent.")
    ] = 0.0,
    cells: Annotated[
        bool, typer.Option("--cells", help="List each flow, stage and basis that moved instead of the totals.")
    ] = False,
    changelog: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the table of changes there too: Markdown, or rows of CSV in *.csv."),
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day to write into the changelog.")] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 where anything differs, 0 where nothing does.")
    ] = False,
) -> None:
    """Say which impacts moved between two exports, by how much, and because of what."""
    from cradle.diff.commands import compare_exports
    from cradle.diff.wanted import Wanted

    wanted = Wanted(tuple(scenario or ()), tuple(category or ()), threshold, cells)
    differs = compare_exports((before, after), paths.kept_dir(), wanted, style, changelog, date)
    if exit_code and differs:
        raise typer.Exit(1)
