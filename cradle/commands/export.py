"""`cradle export`: the published warehouse as files for other tools."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from cradle import completion, paths
from cradle.commands.examples import examples

EPILOG = examples(
    "cradle export",
    "cradle export --out my_folder",
    "cradle export --format excel",
    "cradle export --format brightway --scenario bloom_mlca",
    "cradle export --publish",
    "cradle export --publish --without-pack by-sa",
    "cradle export --keep 2026-q3 --date 2026-09-30",
)


def export(
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The folder to write to; by default dist/FORMAT, to publish dist/published or dist/published-FORMAT.",
        ),
    ] = None,
    form: Annotated[
        Literal["parquet", "csv", "excel", "duckdb", "brightway", "openlca"],
        typer.Option("--format", help="Which tool the files are for; docs/exports.md shows how each is opened."),
    ] = "parquet",
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCENARIO",
            help="Only this scenario; with --format brightway or openlca, repeatable.",
            autocompletion=completion.scenario_ids,
        ),
    ] = None,
    publish: Annotated[
        bool,
        typer.Option(
            "--publish",
            help="Only what may be passed on: rows whose licence forbids it are left out, results that rest on them"
            " are withheld (state 'withheld', no number); rows under ODbL and under CC BY-SA get files of their own,"
            " and a result that rests on both is refused. ATTRIBUTION.md and datapackage.json say what is missing.",
        ),
    ] = False,
    without_pack: Annotated[
        list[str] | None,
        typer.Option(
            metavar="odbl|by-sa",
            help="Hold this share-alike pack back too; with --publish, repeatable.",
            autocompletion=completion.one_of("odbl", "by-sa"),
        ),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Keep the export under this name, for `cradle diff`; it is never replaced."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that a kept export is of, as you say it.")
    ] = None,
    commit: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The commit of the code that a kept export was built by.")
    ] = None,
) -> None:
    """Write the warehouse as files for other tools, for your own use unless --publish is given."""
    from cradle import build as builder
    from exports.formats import OF_SCENARIOS

    if without_pack and not publish:
        raise typer.BadParameter("--without-pack goes with --publish: an export for your own use leaves nothing out")
    if scenario and form not in OF_SCENARIOS:
        raise typer.BadParameter(f"--scenario goes with --format {' or '.join(OF_SCENARIOS)}: the others hold all")
    if keep is None and (date or commit):
        raise typer.BadParameter("--date and --commit describe an export that is kept: give --keep NAME with them")
    if keep is not None:
        from exports.kept import keep_export

        if out is not None:
            raise typer.BadParameter("--keep has a folder of its own: leave --out away, or name it in CRADLE_KEPT")
        if form != "parquet":
            raise typer.BadParameter("--keep takes Parquet alone, which `cradle diff` reads: leave --format away")
        keep_export(paths.published_db(), paths.kept_dir(), keep, date, commit, without_pack or [], publish=publish)
    else:
        where = out or paths.export_dir(form, publish=publish)
        builder.export(where, form, without_pack or [], scenario or [], publish=publish)
