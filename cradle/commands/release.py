"""`cradle release`: the bundled release from what is landed."""

from cradle.commands.arguments import Sources
from cradle.commands.examples import examples

EPILOG = examples("cradle release", "cradle release ademe_base_carbone")


def release(source: Sources = None) -> None:
    """Rewrite the bundled release from what is landed (for maintainers)."""
    from ingest.commands import release_sources

    release_sources(source or [])
