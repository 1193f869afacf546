"""Several tables side by side: each landed, replaced and removed by itself, all of it or nothing."""

import subprocess
import sys

import duckdb
import pytest

from cradle.errors import CradleError, FetchError, LandError, ParseError
from cradle.paths import PROJECT_ROOT
from ingest.overview import overview
from ingest.parts import list_parts, remove_part
from ingest.reference_tables.declaration import declare
from ingest.reference_tables.take import take_table
from ingest.sidecar import read
from tests.unit.reference_tables.conftest import FIXTURES

SIDECAR = read(PROJECT_ROOT / "ingest" / "reference_tables" / "source.yml")
LONG = FIXTURES / "invented_long.csv"


@pytest.fixture
def db(tmp_path):
    return tmp_path / "landing.duckdb"


def take(db, file=LONG, table="one", licence="Ours", redistributable="no", mapping="numecoeval"):
    return take_table(SIDECAR, file, declare(file, mapping, licence, redistributable, table), db)


def ask(db, query):
    with duckdb.connect(str(db), read_only=True) as con:
        return con.execute(query).fetchall()


ROWS = "select source_id, count(*) from raw.reference_tables__cells group by all order by all"


def test_a_second_table_stands_beside_the_first(db):
    assert take(db).rows == 13 and take(db, table="two").rows == 13
    assert ask(db, ROWS) == [("reference_tables:one", 13), ("reference_tables:two", 13)]
    assert ask(db, "select rows, origin from raw.landed") == [(26, "user_file")]
    assert list_parts(SIDECAR, db) == ["one", "two"]


def test_the_same_again_is_a_no_op_and_another_licence_is_not(db):
    take(db)
    assert take(db).outcome == "unchanged"
    assert take(db, licence="Another").outcome == "landed"
    assert ask(db, "select licence_name from raw.reference_tables__tables") == [("Another",)]
    assert ask(db, ROWS) == [("reference_tables:one", 13)]


def test_a_new_file_replaces_its_table_alone(db, long_file):
    take(db)
    take(db, table="two")
    take(db, file=long_file("a;MANUFACTURING;CLIMATE_CHANGE;1;Item;;s"))
    assert ask(db, ROWS) == [("reference_tables:one", 1), ("reference_tables:two", 13)]
    assert ask(db, "select rows from raw.landed") == [(14,)]


def test_a_table_that_cannot_be_read_leaves_all_as_it_was(db, tmp_path):
    take(db)
    before = ask(db, ROWS), ask(db, "from raw.landed"), ask(db, "from raw.reference_tables__tables")
    bad = tmp_path / "bad.csv"
    bad.write_text("no;header;of;any;kind\n1;2;3;4;5\n")
    with pytest.raises(ParseError):
        take(db, file=bad)
    assert before == (ask(db, ROWS), ask(db, "from raw.landed"), ask(db, "from raw.reference_tables__tables"))
    assert ask(db, "select outcome from raw.ingest_log order by ingest_id") == [("landed",), ("failed",)]


def test_one_is_removed_and_the_last_leaves_nothing(db):
    take(db)
    take(db, table="two")
    assert remove_part(SIDECAR, "one", db) == 13
    assert ask(db, ROWS) == [("reference_tables:two", 13)] and ask(db, "select rows from raw.landed") == [(13,)]
    with pytest.raises(LandError, match="two"):
        remove_part(SIDECAR, "one", db)
    remove_part(SIDECAR, "two", db)
    assert ask(db, "from raw.landed") == []
    assert take(db).outcome == "landed"


def test_removing_where_nothing_was_landed_is_one_message(db):
    with pytest.raises(CradleError, match="none is landed"):
        remove_part(SIDECAR, "one", db)


def test_the_overview_lists_each_table_with_its_licence_and_rows(db):
    take(db, licence="CC-BY-4.0", redistributable="yes")
    rows = {row[0]: row for row in overview(PROJECT_ROOT, db)}
    assert rows["reference_tables:one"][3:7] == ["CC-BY-4.0", "yes", "open", "13"]
    assert rows["reference_tables"][6] == "13"


def test_a_file_whose_name_makes_that_of_another_table_does_not_replace_it(db, tmp_path):
    for name in ("T (1).csv", "t-1.csv"):
        (tmp_path / name).write_bytes(LONG.read_bytes())
    take(db, file=tmp_path / "T (1).csv", table=None)
    assert take(db, file=tmp_path / "T (1).csv", table=None, licence="Another").outcome == "landed"
    with pytest.raises(FetchError, match="--table t_1"):
        take(db, file=tmp_path / "t-1.csv", table=None)
    assert ask(db, "select file_name from raw.reference_tables__tables") == [("T (1).csv",)]
    assert take(db, file=tmp_path / "t-1.csv", table="t_1").outcome == "landed"


def test_two_processes_that_remove_tables_at_once_leave_what_nobody_removed(db):
    names = [f"t{n}" for n in range(6)]
    for name in names:
        take(db, table=name)
    code = "import sys; from tests.unit.reference_tables.test_reference_landing import *; from pathlib import Path\n"
    code += "for n in sys.argv[2:]:\n    try: remove_part(SIDECAR, n, Path(sys.argv[1]))\n"
    code += "    except LandError: print('no', n)"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(db), *names[:5]], stdout=-1, cwd=PROJECT_ROOT) for _ in "ab"
    ]
    told = [process.communicate()[0].decode().split("\n") for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sum(line.startswith("no ") for lines in told for line in lines) == 5
    assert ask(db, ROWS) == [("reference_tables:t5", 13)] and ask(db, "select rows from raw.landed") == [(13,)]
