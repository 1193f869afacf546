"""The same inputs give the same bytes: two builds from nothing, exported, are equal file by file."""

from exports.parquet import write_parquet


def test_two_builds_export_the_same_bytes(built_warehouse, run, tmp_path):
    done = run(
        tmp_path, "dbt.cli.main", "build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    first = {file.table.name: file.sha256 for file in write_parquet(built_warehouse, tmp_path / "first")}
    again = tmp_path / "cradle.work.duckdb"  # without its tests a build is not published
    second = {file.table.name: file.sha256 for file in write_parquet(again, tmp_path / "second")}
    assert first == second
