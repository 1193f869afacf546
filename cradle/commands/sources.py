"""`cradle sources`: what there is, and what is landed."""

from cradle import paths
from cradle.commands.examples import examples

EPILOG = examples("cradle sources")


def sources() -> None:
    """List the sources: version, date, licence, rows and what is landed."""
    from cradle.console import show_table
    from ingest.overview import COLUMNS, overview

    show_table(COLUMNS, overview(paths.PROJECT_ROOT, paths.landing_db()))
