"""`cradle kept`: the exports that are kept."""

from cradle import paths
from cradle.commands.examples import examples

EPILOG = examples("cradle kept")


def kept() -> None:
    """List the exports that are kept: name, day, version, commit, kind, files and rows."""
    from cradle.console import show_table
    from exports.kept import COLUMNS, list_kept

    show_table(COLUMNS, list_kept(paths.kept_dir()))
