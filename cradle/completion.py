"""What the Tab key offers on the command line: ids and names of the published warehouse, silently none on trouble."""

import re
from typing import Any

from cradle import paths

TABLES = "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('marts', 'seeds')"
PLAIN = re.compile(r"[\w.:@+-]+")
LAST_WORD = re.compile(r"[\w.]*$")


def source_ids(incomplete: str) -> list[str]:
    """The sources of this checkout, by their folders."""
    folders = (paths.PROJECT_ROOT / "ingest").glob(f"{incomplete}*/source.yml")
    return sorted(file.parent.name for file in folders)


def scenario_ids(incomplete: str) -> list[str]:
    """The scenarios of the warehouse."""
    return _beginning(incomplete, _ask("select distinct scenario_id from marts.impact_totals"))


def carded_scenarios(incomplete: str) -> list[str]:
    """The scenarios that have a model card."""
    return _beginning(incomplete, _ask("select distinct scenario_id from marts.model_cards"))


def own_studies(incomplete: str) -> list[str]:
    """The studies that the user added to the seeds."""
    from cradle.build_note import own_studies as in_seeds

    return _beginning(incomplete, in_seeds())


def factor_sets(incomplete: str) -> list[str]:
    """The factor sets of the warehouse that are not of one study alone."""
    return _beginning(
        incomplete,
        _ask("select factor_set_id from seeds.factor_sets where not starts_with(factor_set_id, 'as_published__')"),
    )


def categories(incomplete: str) -> list[str]:
    """The impact categories."""
    return _beginning(incomplete, _categories())


def categories_or_all(incomplete: str) -> list[str]:
    """The impact categories, and `all`."""
    return _beginning(incomplete, [*_categories(), "all"])


def service_parts(ctx: Any, incomplete: str) -> list[str]:
    """The service parts, those of the scenario alone where one is typed already."""
    return _beginning(incomplete, _of_scenario("service_part", ctx))


def stages(ctx: Any, incomplete: str) -> list[str]:
    """The life-cycle stages, those of the scenario alone where one is typed already."""
    return _beginning(incomplete, _of_scenario("life_cycle_stage", ctx))


def kept_exports(incomplete: str) -> list[str]:
    """The exports that are kept by name."""
    try:
        return _beginning(incomplete, [one.name for one in paths.kept_dir().iterdir() if one.is_dir()])
    except OSError:
        return []


def one_of(*words: str) -> Any:
    """A completion for an option that takes one of some words."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def words_of_sql(incomplete: str) -> list[str]:
    """The query with its last word completed to a table of the warehouse, or to a column of one."""
    word = LAST_WORD.search(incomplete)[0]
    before = incomplete[: len(incomplete) - len(word)]
    if not word:
        return []
    columns = _ask("select distinct column_name from duckdb_columns() where schema_name = 'marts'")
    found = _beginning(word, [*_ask(TABLES), *columns])
    return [before + one for one in found]


def _categories() -> list[str]:
    return _ask("select impact_category from seeds.impact_categories")


def _of_scenario(column: str, context: Any) -> list[str]:
    query = f"select distinct {column} from marts.impacts_by_part_stage_category"
    # before an option that waits for its value click has not given the arguments their names yet
    scenario = context.params.get("scenario") or next(iter(context.args), None)
    return _ask(f"{query} where scenario_id = ?", scenario) if isinstance(scenario, str) else _ask(query)


def _beginning(incomplete: str, names: list[str]) -> list[str]:
    # bash writes what is offered on the command line as it is: a name that it would read as a command is not offered
    return sorted(name for name in names if name.startswith(incomplete) and PLAIN.fullmatch(name))


def _ask(query: str, *values: str) -> list[str]:
    """The first column of the answer; nothing where there is no warehouse, or anything else goes wrong."""
    try:
        db = paths.published_db()
        if not db.is_file():
            return []
        import duckdb

        with duckdb.connect(str(db), read_only=True) as con:
            return [str(row[0]) for row in con.execute(query, list(values)).fetchall()]
    except Exception:  # a message in the middle of what somebody types helps nobody
        return []
