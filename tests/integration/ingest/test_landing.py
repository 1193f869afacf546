import signal

import duckdb
import pytest

from cradle.cli import main
from ingest import land as landing_module
from ingest.land import Delivery, land
from ingest.sidecar import discover

SLOW_PARSE = """
import time


def parse(path):
    print("parsing", flush=True)
    time.sleep(60)
"""


def rows(project, query):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute(query).fetchall()


def take(project, name="plants.csv"):
    return main(["pull", "power_plants", "--file", str(project.root / name)])


def test_all_cells_land_as_text_with_their_lineage(project):
    assert take(project) == 0
    assert rows(project, "select column_name, column_type from (describe raw.power_plants__plants)") == [
        ("name", "VARCHAR"),
        ("power_mw", "VARCHAR"),
        ("source_id", "VARCHAR"),
        ("release_id", "VARCHAR"),
        ("file_sha256", "VARCHAR"),
        ("row_number", "BIGINT"),
    ]
    query = "select name, power_mw, source_id, row_number from raw.power_plants__plants order by row_number"
    assert rows(project, query) == [("Achères", "12", "power_plants", 1), ("Brest", "7.5", "power_plants", 2)]
    assert rows(project, "select distinct release_id = 'file-' || file_sha256[:12] from raw.power_plants__plants") == [
        (True,)
    ]


def test_the_same_file_again_is_a_no_op(project, capsys):
    take(project)
    with duckdb.connect(str(project.landing)) as con:  # a mark that a second landing would wipe out
        con.execute("update raw.power_plants__plants set name = 'marked'")
    capsys.readouterr()
    assert take(project) == 0
    assert "unchanged, 4 rows" in capsys.readouterr().err
    assert rows(project, "select distinct name from raw.power_plants__plants") == [("marked",)]
    assert rows(project, "select outcome, rows from raw.ingest_log order by ingest_id") == [
        ("landed", 4),
        ("unchanged", 4),
    ]


def test_the_same_file_lands_again_when_parse_py_changed(project):
    take(project)
    file = project.root / "ingest" / "power_plants" / "parse.py"
    file.write_text(file.read_text().replace('.select("row_number", "name")', '.select("row_number")'))
    assert take(project) == 0
    assert rows(project, "select outcome from raw.ingest_log order by ingest_id") == [("landed",), ("landed",)]
    assert len(rows(project, "describe raw.power_plants__towns")) == 4


def test_a_land_that_fails_at_its_second_entity_rolls_back_the_first(project, refused):
    take(project)
    before = rows(project, "from raw.power_plants__plants")
    file = project.root / "ingest" / "power_plants" / "parse.py"
    file.write_text(file.read_text().replace('"towns": frame.select("row_number", "name")', '"towns": frame.cast(int)'))
    file.write_text(file.read_text().replace("frame.cast(int)", 'frame.select("row_number", power_mw=pl.lit(1.5))'))
    project.write("newer.csv", "name,power_mw\nCaen,3\n")
    message = refused("pull", "power_plants", "--file", project.root / "newer.csv")
    assert "the frame for raw.power_plants__towns cannot be landed" in message
    assert "parse.py" in message
    assert "expected: all columns text" in message
    assert "got: power_mw is Float64" in message
    assert rows(project, "from raw.power_plants__plants") == before
    assert rows(project, "select outcome, rows, error is null from raw.ingest_log order by ingest_id") == [
        ("landed", 4, True),
        ("failed", None, False),
    ]


def test_entities_must_be_those_of_the_sidecar(project, refused):
    project.sidecar(entities=["plants", "rivers"])
    message = refused("pull", "power_plants", "--file", project.root / "plants.csv")
    assert "expected: plants, rivers" in message
    assert "got: plants, towns" in message


def test_ctrl_c_in_a_load_rolls_back_and_prints_one_message(project):
    assert take(project) == 0
    before = rows(project, "from raw.power_plants__plants")
    project.write("ingest/power_plants/parse.py", SLOW_PARSE)
    pull = project.start_cradle("pull", "power_plants", "--file", "plants.csv")
    assert pull.stdout.readline() == "parsing\n"
    pull.send_signal(signal.SIGINT)
    done = project.finish(pull)
    assert done.returncode == 2
    assert done.stderr == "cradle: stopped by Ctrl-C; nothing was left half done\n"
    assert rows(project, "from raw.power_plants__plants") == before
    assert rows(project, "select outcome, error from raw.ingest_log order by ingest_id desc limit 1") == [
        ("failed", "interrupted by the user")
    ]


def test_an_interrupt_between_two_tables_rolls_back_the_first(project, monkeypatch):
    import polars as pl

    (sidecar,) = discover(project.root / "ingest")
    lineage = {"source_id": "s", "release_id": "r", "file_sha256": "f", "row_number": [1]}
    frame = pl.DataFrame({"name": ["x"], **lineage})
    delivery = Delivery(sidecar, "pulled", "r", "f.csv", "f", 1, "f", lambda: {"plants": frame, "towns": frame})

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(landing_module, "_drop_tables", interrupt)
    with pytest.raises(KeyboardInterrupt):
        land(delivery, project.landing)
    assert rows(project, "select table_name from duckdb_tables() where table_name like 'power%'") == []
    assert rows(project, "select outcome, error from raw.ingest_log") == [("failed", "interrupted by the user")]


def test_a_landing_file_that_another_program_holds(project, refused, monkeypatch):
    project.landing.parent.mkdir()
    holder = project.start(
        "-c",
        f"import duckdb, time; c = duckdb.connect({str(project.root / 'warehouse' / 'landing.duckdb')!r});"
        "print('held', flush=True); time.sleep(60)",
    )
    try:
        holder.stdout.readline()
        monkeypatch.setattr("ingest.landing.PATIENCE_S", 0.2)
        message = refused("pull", "power_plants", "--file", project.root / "plants.csv")
    finally:
        holder.kill()
        holder.communicate()
    assert "the landing file is held by another process" in message
    assert "landing.duckdb" in message
    assert str(holder.pid) in message


@pytest.mark.parametrize("said", ["Permission denied", "Read-only file system", "No space left on device"])
def test_a_landing_file_that_may_not_be_written(project, refused, monkeypatch, said):
    def refuse(*_, **__):
        raise duckdb.IOException(f'IO Error: Cannot open file "landing.duckdb": {said}')

    monkeypatch.setattr(duckdb, "connect", refuse)
    message = refused("pull", "power_plants", "--file", project.root / "plants.csv")
    assert "the landing file cannot be opened" in message
    assert "mend the permissions or make room" in message
