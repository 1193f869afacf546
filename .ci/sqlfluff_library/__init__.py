"""Stand-ins for what dbt's Jinja has and sqlfluff's lacks, so that lint sees the SQL that dbt would send."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined


class Adapter:
    """dbt's `adapter`, as far as models use it."""

    @pass_context
    def dispatch(self, context: Context, name: str) -> Callable[..., str]:
        """The macro that DuckDB gets: `duckdb__<name>` or `default__<name>` of this project."""
        own = context.resolve(f"duckdb__{name}")
        return context.resolve(f"default__{name}") if isinstance(own, Undefined) else own


def var(_: str, default: object = 2) -> object:
    """A dbt variable; a number, so that loops over it run (twice: once could hide a missing separator)."""
    return default


adapter = Adapter()
