"""`cradle card` writes what marts.model_cards says, on an invented warehouse."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cradle.card import CardError, number, write
from cradle.cli import main

COLUMNS = (
    "scenario_id varchar, scenario_title varchar, card varchar, field_no integer, question varchar,"
    " answer_item varchar, position integer, answer varchar, value double, unit varchar, state varchar,"
    " state_reason varchar, answer_evidence varchar, cited_sources varchar, locator varchar, licence_set varchar"
)
ROWS = [
    {
        "scenario_id": "run_a", "scenario_title": "Run A", "card": "minimum", "field_no": 2, "question": "How long?",
        "answer_item": "duration", "position": 2, "answer": "time of the run", "value": 12.5, "unit": "h",
        "state": "stated", "answer_evidence": "parameter duration of run_a", "cited_sources": "paper",
        "locator": "Table 1",
    },
    {
        "scenario_id": "run_a", "scenario_title": "Run A", "card": "minimum", "field_no": 1, "question": "Public?",
        "answer_item": "is_public", "position": 1, "answer": "not stated", "state": "not_stated",
        "state_reason": "needed: a fact",
    },
    {
        "scenario_id": "run_a", "scenario_title": "Run A", "card": "minimum", "field_no": 4, "question": "What energy?",
        "answer_item": "energy", "position": 3, "answer": "electricity", "value": 1234567.0, "unit": "kWh",
        "state": "computed", "answer_evidence": "marts.flow_amounts of run_a", "cited_sources": "paper",
    },
    {
        "scenario_id": "run_a", "scenario_title": "Run A", "card": "extended", "field_no": 7, "question": "How much?",
        "answer_item": "use_location", "position": 4, "answer": "operation", "value": 0.0, "unit": "kgCO2e",
        "state": "computed", "state_reason": "no factor", "answer_evidence": "marts.impacts of run_a",
    },
    {
        "scenario_id": "run_b", "scenario_title": "Run B", "card": "minimum", "field_no": 1, "question": "Public?",
        "answer_item": "is_public", "position": 1, "answer": "yes", "state": "stated", "answer_evidence": "model_facts",
    },
]  # fmt: skip


@pytest.fixture
def warehouse(tmp_path):
    db = tmp_path / "cradle.duckdb"
    with duckdb.connect(str(db)) as con:
        con.execute("create schema marts")
        con.execute(f"create table marts.model_cards ({COLUMNS})")
        for row in ROWS:
            names = ", ".join(row)
            con.execute(
                f"insert into marts.model_cards ({names}) values ({', '.join('?' * len(row))})", [*row.values()]
            )
    return db


def test_a_card_has_its_questions_in_order_with_answer_state_and_source(warehouse):
    text = write(warehouse, "run_a")
    assert text.startswith("# Model card (minimum): Run A\n")
    assert [line for line in text.splitlines() if line.startswith(("## ", "* "))] == [
        "## 1. Public?",
        "* is public: **not stated** (needed: a fact)",
        "## 2. How long?",
        "* **12.5 h**: time of the run (stated; parameter duration of run_a, paper, Table 1)",
        "## 4. What energy?",
        "* **1,234,570 kWh**: electricity (computed; marts.flow_amounts of run_a, paper)",
    ]
    assert "gives watts as its unit" in text


def test_the_extended_card_holds_the_minimum(warehouse):
    extended = write(warehouse, "run_a", "extended")
    assert "## 1. Public?" in extended
    assert "* **0 kgCO2e**: operation (computed; marts.impacts of run_a)" in extended


def test_an_unknown_scenario_is_refused_with_the_near_ones(warehouse):
    with pytest.raises(CardError, match=r"no training scenario[\s\S]*one of 2; near ones: run_a, run_b[\s\S]*'run_c'"):
        write(warehouse, "run_c")


@pytest.mark.parametrize("scenario", ["", "%", "'; drop table marts.model_cards; --", "\0", "é" * 1000])
def test_odd_names_are_unknown(warehouse, scenario):
    with pytest.raises(CardError, match="no training scenario"):
        write(warehouse, scenario)


def test_no_warehouse_no_cards_and_an_unknown_card_are_said(tmp_path, warehouse):
    with pytest.raises(CardError, match="cradle build"):
        write(tmp_path / "absent.duckdb", "run_a")
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    with pytest.raises(CardError, match="no model cards"):
        write(empty, "run_a")
    with pytest.raises(CardError, match="minimum or extended"):
        write(warehouse, "run_a", "full")


def test_the_command_writes_to_a_file_and_ends_with_2_for_an_unknown_scenario(warehouse, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CRADLE_DB", str(warehouse))
    out = tmp_path / "card.md"
    assert main(["card", "run_a", "--card", "extended", "--output", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == write(warehouse, "run_a", "extended")
    assert main(["card", "run_x"]) == 2
    assert "near ones: run_a, run_b" in capsys.readouterr().err
    assert main(["card", "run_a", "--output", str(tmp_path / "absent" / "card.md")]) == 2


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (1082990.0, "1,082,990"),
        (24692.172, "24,692.2"),
        (0.006778333, "0.00677833"),
        (-2.5, "-2.5"),
        (4e-10, "4e-10"),
        (1e15, "1e+15"),
    ],
)
def test_numbers_are_written_with_six_digits(value, said):
    assert number(value) == said


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_is_the_number_to_six_digits(value):
    # halves may be rounded either way, and the smallest floats have fewer digits
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=5.1e-6, abs=1e-318)


HOSTILE = "x\n\n# Head | <script>alert(1)</script> [a](javascript:b) **bold** `code` __c__ own_study__a &lt; ~~d~~ \\*"
PLAIN = (
    r"x # Head \| \<script\>alert(1)\</script\> \[a\](javascript:b) \*\*bold\*\* \`code\` \_\_c\_\_ own_study__a"
    r" \&lt; \~\~d\~\~ \\\*"
)


@pytest.mark.parametrize("column", ["scenario_title", "answer", "answer_evidence", "cited_sources", "locator"])
def test_a_text_is_shown_as_it_is_and_is_no_markdown(warehouse, column):
    with duckdb.connect(str(warehouse)) as con:
        con.execute(f"update marts.model_cards set {column} = ? where scenario_id = 'run_b'", [HOSTILE])
    text = write(warehouse, "run_b")
    assert PLAIN in text
    assert len(text.splitlines()) == 8


def test_a_reason_and_an_id_are_no_markdown(warehouse):
    with duckdb.connect(str(warehouse)) as con:
        con.execute("update marts.model_cards set state_reason = ? where scenario_id = 'run_a'", [HOSTILE])
        con.execute("update marts.model_cards set scenario_id = 'a`b' where scenario_id = 'run_b'")
    assert f"* is public: **not stated** ({PLAIN})" in write(warehouse, "run_a")
    assert "Scenario `a'b`." in write(warehouse, "a`b")
