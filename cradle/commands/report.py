"""`cradle report`: the results as a static site."""

from pathlib import Path
from typing import Annotated

import typer

from cradle import paths
from cradle.commands.examples import examples

EPILOG = examples("cradle report", "cradle report --output /srv/www/cradle")


def report(
    output: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the site goes; dist/site by default.")
    ] = None,
) -> None:
    """Write the report: a static site of results, charts, tables and sources that opens offline from a file."""
    from cradle.report import write_site

    pages = write_site(paths.published_db(), output or paths.site_dir())
    typer.echo(f"{len(pages)} pages; open {pages[0]} in a browser")
