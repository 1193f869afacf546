import csv
import json

import duckdb
import frictionless
import pytest

from cradle.errors import ExportError
from exports.write import write_export


@pytest.fixture
def written(make_warehouse, tmp_path):
    def write(sql=None, **options):
        db = make_warehouse(sql) if sql else make_warehouse()
        write_export(db, tmp_path / "out", "csv", **options)
        return tmp_path / "out"

    return write


def rows(file):
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.reader(lines))


def test_frictionless_validates_every_cell(written):
    out = written()
    assert frictionless.validate(str(out / "datapackage.json")).valid
    file = out / "runs.csv"
    file.write_text(file.read_text().replace("2.5", "two and a half"))
    assert not frictionless.validate(str(out / "datapackage.json")).valid


def test_unit_and_null_meaning_stand_in_the_descriptor(written):
    package = json.loads((written() / "datapackage.json").read_text())
    runs = next(resource for resource in package["resources"] if resource["name"] == "runs")
    assert (runs["format"], runs["mediatype"], runs["encoding"]) == ("csv", "text/csv", "utf-8")
    energy = next(field for field in runs["schema"]["fields"] if field["name"] == "energy_kwh")
    assert (energy["unit"], energy["null_meaning"]) == ("kWh", "the meter was off")


def test_an_absent_value_is_an_empty_cell_and_nested_ones_are_json(written):
    found = rows(written() / "runs.csv")
    assert found[1][:3] == ["a", "1", "1.5"]
    assert json.loads(found[1][5]) == [{"name": "pue", "value": 1.2}]
    assert found[3][5:] == ["", "", ""]


def test_text_and_numbers_come_back_as_they_were(written, tmp_path):
    values = (
        "(1, 0.1e0 + 0.2e0, 'a \"quoted\" word, and\nanother line', date '2024-02-29',"
        " timestamp '2024-01-01 10:00:00.25'),"
        "(2, 1e-300, '=1+1', null, null), (3, 'nan', ' é ', null, null), (4, '-inf', null, null, null)"
    )
    out = written(
        "create schema marts; create table marts.t (i integer, x double, s varchar, d date, t timestamp);"
        f"insert into marts.t values {values}"
    )
    assert frictionless.validate(str(out / "datapackage.json")).valid
    found = rows(out / "t.csv")[1:]
    line = 'a "quoted" word, and\nanother line'
    assert found[0] == ["1", "0.30000000000000004", line, "2024-02-29", "2024-01-01T10:00:00.250000"]
    assert [row[1] for row in found[1:]] == ["1e-300", "NaN", "-INF"]
    assert [row[2] for row in found[1:]] == ["=1+1", " é ", ""]


def test_the_same_rows_in_any_order_give_the_same_bytes(make_warehouse, tmp_path):
    make_warehouse("create schema marts; create table marts.t (s varchar, i integer)")
    query = "select case when i % 7 > 0 then 'x' || i % 5 end, i from range(300000) r(i)"
    for name, order in (("forwards", "i"), ("shuffled", "hash(i)")):
        db = make_warehouse(f"delete from marts.t; insert into marts.t {query} order by {order}")
        write_export(db, tmp_path / name, "csv")
    assert (tmp_path / "forwards" / "t.csv").read_bytes() == (tmp_path / "shuffled" / "t.csv").read_bytes()


def test_an_export_in_another_format_is_not_replaced(written, make_warehouse, tmp_path):
    written()
    with duckdb.connect(str(tmp_path / "warehouse" / "cradle.duckdb")):
        pass
    with pytest.raises(ExportError, match="another format"):
        write_export(tmp_path / "warehouse" / "cradle.duckdb", tmp_path / "out", "duckdb")
    assert (tmp_path / "out" / "runs.csv").is_file()


def test_an_unknown_format_says_which_there_are(make_warehouse, tmp_path):
    with pytest.raises(ExportError, match="no such format") as error:
        write_export(make_warehouse(), tmp_path / "out", "xml")
    assert "parquet, csv" in error.value.expected
