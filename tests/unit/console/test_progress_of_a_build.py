import io
import json
from types import SimpleNamespace

import pytest

from cradle import build_progress
from cradle.build_note import Note
from cradle.build_progress import PUBLISH, Progress, keep_seconds, seconds_of
from cradle.build_summary import summary


def event(name, level="info", msg="", **data):
    return SimpleNamespace(info=SimpleNamespace(name=name, level=level, msg=msg), data=SimpleNamespace(**data))


def node(unique_id, schema, materialized="table"):
    kind, _, name = unique_id.split(".")
    return SimpleNamespace(
        unique_id=unique_id,
        resource_type=kind,
        node_name=name,
        materialized=materialized,
        node_relation=SimpleNamespace(schema=schema, alias=name),
    )


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(s=100.0)
    monkeypatch.setattr(build_progress.time, "monotonic", lambda: now.s)
    return now


@pytest.fixture
def run(clock, monkeypatch):
    """A run of two tables and a test through a Progress; returns it and what it printed."""
    monkeypatch.setattr(build_progress, "_rows_of", lambda relation: {"red": 10, "plants": 2500}[relation.alias])

    def through(told, until=3):
        told.started = clock.s
        clock.s += 9
        nodes = [node("seed.c.red", "seeds", "seed"), node("model.c.plants", "marts"), node("test.c.unique", "audit")]
        for index, (one, seconds) in enumerate(zip(nodes[:until], (1, 20, 4), strict=False), start=1):
            told(event("LogStartLine", node_info=one, index=index, total=3))
            clock.s += seconds
            result = {"seed": "LogSeedResult", "model": "LogModelResult", "test": "LogTestResult"}[one.resource_type]
            told(event(result, msg=f"OK {one.node_name}", node_info=one, execution_time=seconds))
        return told

    return through


def test_a_pipe_gets_a_line_a_stage(run, clock):
    out = io.StringIO()
    told = run(Progress({}, out))
    clock.s += 7
    told.finish()
    assert out.getvalue().splitlines() == [
        "landing and parsing: 9 s",
        "seeds: 1 table, 10 rows, 1 s",
        "marts: 1 table, 2,500 rows, 20 s",
        "tests: 1 test, 4 s",
        "publishing: 7 s",
    ]
    assert told.rows == 2510
    assert told.took == {"seed.c.red": 1, "model.c.plants": 20, "test.c.unique": 4, PUBLISH: 7}


def test_a_stage_is_told_of_as_soon_as_its_last_node_is_done(run):
    out = io.StringIO()
    told = Progress({}, out)
    told.waiting.update({"seeds": 1, "marts": 2, "tests": 1})
    run(told)
    assert "seeds: 1 table" in out.getvalue()
    assert "marts" not in out.getvalue()


def test_warnings_and_failures_are_printed_as_they_come_and_nodes_only_when_asked_for(run):
    for verbose in (False, True):
        out = io.StringIO()
        told = run(Progress({}, out, verbose))
        told(event("LogTestResult", "error", "FAIL 3 unique", node_info=node("test.c.u2", "audit"), execution_time=1))
        told(event("Deprecated", "warn", "this goes away"))
        told(event("JinjaLogInfo", msg="published cradle.duckdb"))
        told(event("MainEncounteredError", "error", "a stack"))
        told(event("SQLQuery", "debug", "select 1"))
        text = out.getvalue()
        assert "FAIL 3 unique" in text
        assert "this goes away" in text
        assert "published cradle.duckdb" in text
        assert "a stack" not in text
        assert "select 1" not in text
        assert ("OK plants" in text) is verbose
        assert told.warnings == 1


def test_the_time_left_follows_the_last_build_at_the_pace_of_this_one(run):
    told = Progress({"seed.c.red": 0.5, "model.c.plants": 10, "test.c.unique": 2, PUBLISH: 3}, io.StringIO())
    told.left_s = 15.5
    run(told, until=2)
    assert told.seconds_left() == pytest.approx((2 + 3) * 21 / 10.5)  # everything took twice as long so far


def test_without_an_earlier_build_the_time_left_goes_by_the_count(run):
    assert run(Progress({}, io.StringIO()), until=2).seconds_left() == pytest.approx(21 / 2 * 1)


def test_nothing_is_said_of_the_time_left_before_a_node_is_done(clock):
    assert Progress({}, io.StringIO()).seconds_left() is None


def test_the_seconds_of_a_build_are_kept_for_the_next(tmp_path):
    assert seconds_of(tmp_path) == {}
    keep_seconds(tmp_path, {"model.c.a": 1.0, "model.c.b": 3.0, "model.c.c": 8.0, PUBLISH: 5.0})
    assert seconds_of(tmp_path) == {"model.c.a": 1, "model.c.b": 3, "model.c.c": 8, PUBLISH: 5, "model": 3}
    (tmp_path / build_progress.SECONDS).write_text("{", encoding="utf-8")
    assert seconds_of(tmp_path) == {}
    (tmp_path / build_progress.SECONDS).write_text(json.dumps([1]), encoding="utf-8")
    assert seconds_of(tmp_path) == {}


def test_a_summary_says_the_size_and_what_moved():
    before = Note(ended_at=1, climate={"kept": 100.0, "moved": 100.0, "down": 10.0, "gone": 5.0, "zero": 0.0})
    climate = {"kept": 100.05, "moved": 102.0, "down": 5.0, "new": 1.0, "zero": 0.0}
    now = Note(ended_at=2, seconds=66, rows=1234, scenarios=5, climate=climate)
    built = "built in 1 min 06 s: 5 scenarios, 1,234 rows in the marts"
    assert summary(before, now, 0) == [
        f"{built}; no warnings",
        "since the build before: 1 new scenario: new; 1 scenario gone: gone;"
        " 2 climate totals moved: down -50.0%, moved +2.0%",
    ]
    assert summary(Note(), now, 2) == [f"{built}; 2 warnings (see above)"]
    assert "no scenario came or went" in summary(now, now, 0)[1]


def test_a_total_that_was_zero_and_is_not_any_more_has_moved():
    moved = summary(Note(ended_at=1, climate={"a": 0.0}), Note(climate={"a": 2.0}), 0)[1]
    assert "1 climate total moved: a from 0" in moved
