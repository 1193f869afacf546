"""`cradle study remove`: take out what a study of the user's has put into the seeds."""

from pathlib import Path

from cradle.errors import StudyError
from cradle.study import tables
from cradle.study.seed_file import Row, Seed, read, without_rows
from cradle.study.writing import one_at_a_time, write_all


def remove(seeds: Path, study: str) -> dict[str, int]:
    """Take out every row that carries the id of the study; returns seed -> number of rows.

    Raises StudyError where no study of the user's has this id, or where rows of something else need it, and OSError;
    nothing is removed then.
    """
    with one_at_a_time(seeds):
        found = {table: read(seeds, table.path) for table in (*tables.ALL, *tables.ADDED_BY_HAND)}
        _refuse_what_is_not_the_users(study, found[tables.SOURCES], found[tables.SCENARIOS])
        ids = _ids(study, found)
        carried = {
            table: [row for row in seed.rows if row.cells[table.owner] in ids[table.owner]]
            for table, seed in found.items()
        }
        paths = {table.path for table in found}
        others = [file.relative_to(seeds).as_posix() for file in sorted(seeds.rglob("*.csv"))]
        rest = [read(seeds, path) for path in others if path not in paths]
        _refuse_what_others_need(study, ids, _left(found, carried) + [(seed, seed.rows) for seed in rest])
        # the mark goes last: as long as it is there, what a killed process left can be removed again
        order = sorted((table for table, rows in carried.items() if rows), key=lambda table: table is tables.SOURCES)
        texts = {table.path: without_rows(found[table], {row.line for row in carried[table]}) for table in order}
        write_all(seeds, texts)
    return {table.path: len(carried[table]) for table in order}


def own_studies(sources: Seed) -> list[str]:
    """The ids of the studies of the user's, in the order of the seed."""
    marked = [row.cells["source_id"] for row in sources.rows]
    return [name.removeprefix(tables.OWN_SOURCE) for name in marked if name.startswith(tables.OWN_SOURCE)]


def _ids(study: str, found: dict[tables.Table, Seed]) -> dict[str, set[str]]:
    def of(column: str, owner: str) -> set[str]:
        rows = [row.cells for seed in found.values() for row in seed.rows]
        return {cells[column] for cells in rows if column in cells and cells.get(owner) == study}

    return {
        "scenario_id": {study},
        "scenario_pattern": {study},
        "inference_scenario_id": {study},
        "other_scenario_id": {study},
        "new_scenario_id": {study},
        "model_id": {study},
        "functional_unit_id": {study},
        "source_id": {f"{tables.OWN_SOURCE}{study}"},
        "flow_id": of("flow_id", "model_id") - {""},
        "published_value_id": of("published_value_id", "scenario_id"),
        "amortisation_id": of("amortisation_id", "inference_scenario_id"),
        "pool_id": of("pool_id", "scenario_id"),
    }


def _left(found: dict[tables.Table, Seed], carried: dict[tables.Table, list[Row]]) -> list[tuple[Seed, list[Row]]]:
    """Of each seed the rows that stay."""
    lines = {table: {row.line for row in rows} for table, rows in carried.items()}
    return [(seed, [row for row in seed.rows if row.line not in lines[table]]) for table, seed in found.items()]


def _refuse_what_is_not_the_users(study: str, sources: Seed, scenarios: Seed) -> None:
    own = own_studies(sources)
    if study in own:
        return
    shipped = any(study in (row.cells["scenario_id"], row.cells["model_id"]) for row in scenarios.rows)
    raise StudyError(
        f"{study!r} comes with Cradle and is not removed" if shipped else f"there is no study {study!r} of yours",
        where=f"seeds/{sources.path}: no source {tables.OWN_SOURCE}{study}",
        expected=f"a study of your own: {', '.join(own)}"
        if own
        else "a study that `cradle study new` made; you have none",
        got=study,
        todo=f"cradle study remove {own[0]}" if own else "nothing has to be removed; cradle study new --list adds one",
    )


def _refuse_what_others_need(study: str, ids: dict[str, set[str]], left: list[tuple[Seed, list[Row]]]) -> None:
    needing = [
        f"{seed.where(row)}, column {column}"
        for seed, rows in left
        for column, wanted in _naming(seed, ids).items()
        for row in rows
        if row.cells[column] in wanted
    ]
    if needing:
        raise StudyError(
            f"other rows need {study!r}",
            where="\n    ".join(needing[:10]) + (f"\n    and {len(needing) - 10} more" if len(needing) > 10 else ""),
            expected="no row of another study or scenario that names it",
            todo="take these rows out or let them name something else, then remove the study",
        )


def _naming(seed: Seed, ids: dict[str, set[str]]) -> dict[str, set[str]]:
    """The columns of a seed that name things of these kinds: `parent_scenario_id` a scenario, `study_id` a source."""
    kinds = {column: [kind for kind in ids if f"_{column}".endswith(f"_{kind}")] for column in seed.columns}
    named = {column: ids[found[0]] for column, found in kinds.items() if found}
    return named | ({"study_id": ids["source_id"]} if "study_id" in seed.columns else {})
