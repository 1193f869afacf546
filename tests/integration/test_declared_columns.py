"""What the properties files declare is what the build makes: columns and their order, no more and no fewer."""

import duckdb
import yaml

from cradle.paths import PROJECT_ROOT


def test_each_model_and_seed_has_the_columns_it_declares(built_warehouse):
    declared = {}
    for folder, kind in (("models", "models"), ("seeds", "seeds")):
        for file in (PROJECT_ROOT / folder).rglob("*.yml"):
            for entry in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get(kind) or []:
                declared[entry["name"]] = [column["name"] for column in entry.get("columns") or []]
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        built = dict(
            con.execute(
                "select table_name, list(column_name order by column_index) from duckdb_columns()"
                " where database_name = current_database() and schema_name not in ('raw', 'main') and not internal"
                " group by all"
            ).fetchall()
        )
    assert sorted(built) == sorted(declared)
    differing = {
        name: {
            "declared only": sorted(set(want) - set(built[name])),
            "built only": sorted(set(built[name]) - set(want)),
        }
        for name, want in declared.items()
        if want != built[name]
    }
    assert differing == {}
