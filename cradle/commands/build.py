"""`cradle build`: land the bundle, build, publish, export."""

import os
from typing import Annotated

import typer

from cradle import paths
from cradle.commands.examples import examples

EPILOG = examples("cradle build", "cradle build --wait", "cradle build --no-export", "cradle build --verbose")


def build(
    wait: Annotated[bool, typer.Option("--wait", help="Wait for a build that is running instead of stopping.")] = False,
    with_export: Annotated[bool, typer.Option("--export/--no-export", help="Write the Parquet files too.")] = True,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Tell of every table and test instead of showing how far it is.")
    ] = False,
) -> None:
    """Land the bundle, build and test the warehouse, publish it, export it as Parquet."""
    from cradle import build as builder

    if wait:
        os.environ.setdefault("CRADLE_WAIT_S", "inf")
    builder.build(verbose=verbose)
    if with_export:
        builder.export(paths.export_dir("parquet", publish=False))
    from cradle.next_step import after_a_build

    typer.echo(after_a_build())
