import duckdb
import pytest
from typer.testing import CliRunner

from cradle.cli import app, main
from cradle.query import QueryError, ask


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "cradle.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create table t as select * from (values (1, 'a,b'), (2, null)) as v (n, text)")
    return path


def test_a_table_has_aligned_columns_and_empty_cells_for_null(db):
    assert ask(db, "from t order by n") == "n  text\n-  ----\n1  a,b\n2\n"


def test_what_steers_a_terminal_or_breaks_a_line_is_written_out_in_a_table_alone(db):
    query = "select chr(27) || '[2J' || chr(7) as e, 'a' || chr(10) || 'b' as n, chr(8238) || 'r' as r"
    assert ask(db, query).splitlines()[2].split() == ["\\x1b[2J\\x07", "a\\nb", "\\u202er"]
    assert "\x1b[2J" in ask(db, query, "csv")


def test_ctrl_c_within_a_query_is_no_mistake_in_it(db, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_DB", str(db))
    stopped = "select case when n = 1 then error('Query interrupted') end from t"  # DuckDB says it in these words
    assert main(["sql", stopped]) == 2
    assert capsys.readouterr().err == "cradle: stopped by Ctrl-C; nothing was left half done\n"


def test_csv_is_quoted(db):
    assert ask(db, "from t order by n", "csv") == 'n,text\n1,"a,b"\n2,\n'


def test_the_warehouse_is_opened_read_only(db):
    with pytest.raises(QueryError, match="read-only"):
        ask(db, "drop table t")


def test_a_query_that_fails_says_why_without_a_traceback(db, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_DB", str(db))
    assert main(["sql", "select x from t"]) == 2
    said = capsys.readouterr().err
    assert "cannot answer" in said and '"x" not found' in said and "Traceback" not in said


@pytest.mark.parametrize(
    "query",
    [
        "copy (select 1) to '{there}'",
        "attach '{there}' as other",
        "from read_csv('{there}')",
        "set enable_external_access = true",
    ],
)
def test_a_query_reaches_nothing_but_the_warehouse(db, tmp_path, query):
    there = tmp_path / "elsewhere"
    with pytest.raises(QueryError):
        ask(db, query.format(there=there))
    assert not there.exists()


@pytest.mark.parametrize("query", ["", "  ;; ", "select interval '100000000 years'", "select '\udcff'"])
def test_what_has_no_answer_is_one_message(db, query):
    with pytest.raises(QueryError, match="query"):
        ask(db, query)


def test_no_warehouse_yet(tmp_path):
    with pytest.raises(QueryError, match="cradle build"):
        ask(tmp_path / "none.duckdb", "select 1")


def test_the_query_may_come_from_standard_input(db, monkeypatch):
    monkeypatch.setenv("CRADLE_DB", str(db))
    assert CliRunner().invoke(app, ["sql", "--csv", "-"], input="select 42 as answer").output == "answer\n42\n"


@pytest.mark.parametrize("words", [["sql"], ["sql", "--list"], ["sql", "--list", "--csv"]])
def test_without_a_query_the_saved_views_are_listed(db, monkeypatch, words):
    with duckdb.connect(str(db)) as con:
        con.execute("create schema answers")
        con.execute(
            "create table answers.start_here as select * from"
            " (values (2, 'marts.b', 'B?'), (1, 'answers.a', 'A?')) as v (position, relation_name, question)"
        )
    monkeypatch.setenv("CRADLE_DB", str(db))
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    lines = [line.replace(",", " ").split() for line in done.output.splitlines() if not line.startswith("---")]
    assert lines == [["ask", "question"], ["answers.a", "A?"], ["marts.b", "B?"]]


def test_a_list_takes_no_query():
    done = CliRunner().invoke(app, ["sql", "--list", "select 1"])
    assert done.exit_code == 2 and "--list takes no query" in done.output
