"""Sets of traces side by side: each landed, replaced and removed by itself, all of it or nothing."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from cradle.errors import CradleError, FetchError, LandError, ParseError
from cradle.paths import PROJECT_ROOT
from ingest.overview import COLUMNS, overview
from ingest.parts import list_parts, remove_part
from ingest.power import take as taking
from ingest.power.contract import RunTotals, check_entity
from ingest.power.said import declare
from ingest.power.take import take_traces
from ingest.power.traces import drop_unlisted, first_key, folder_of, lend, show_samples
from ingest.sidecar import read
from tests.unit.power.traces import write

SIDECAR = read(PROJECT_ROOT / "ingest" / "power" / "source.yml")
LINE = "Time,05-01-2024 10:00:{second:02}.000,Watts,{watts},Volts,230.0,Amps,2.2,PF,0.98,Mark,x_testing\n"
CHANNELS = "select source_id, count(*) from raw.power__channels group by all order by all"


def trace(*watts: float) -> str:
    return "".join(LINE.format(second=second, watts=watt) for second, watt in enumerate(watts))


@pytest.fixture
def db(tmp_path):
    return tmp_path / "warehouse" / "landing.duckdb"


@pytest.fixture
def spl(tmp_path):
    return write(tmp_path, {"runs/spl.txt": trace(500, 510, 520)})[0]


def take(db: Path, *files: Path, **words):
    return take_traces(SIDECAR, list(files), declare(list(files), **words), db)


def ask(db: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(db), read_only=True) as con:
        return con.execute(query).fetchall()


def samples(db: Path) -> list[tuple]:
    """What a build would see."""
    with duckdb.connect() as con:
        con.execute(f"attach '{db}' as landing (read_only)")
        con.execute("create schema raw; create table raw.power__tables as from landing.raw.power__tables")
        show_samples(con, db)
        return con.execute("select channel_key, row_number, value from raw.power__samples order by all").fetchall()


def parquet(db: Path) -> list[str]:
    return sorted(file.name for file in folder_of(db).iterdir())


def test_a_set_is_landed_with_its_samples_beside_it(db, spl):
    landed = take(db, spl)
    assert landed.outcome == "landed"
    assert [value for *_, value in samples(db)] == [500, 510, 520]
    assert ask(db, "select samples, samples_file from raw.power__tables") == [("3", parquet(db)[0])]
    assert ask(db, "select origin, rows from raw.landed") == [("user_file", landed.rows - 3)]
    assert ask(db, "select title from raw.power__tables") == [("Traces of spl.txt",)]


def test_the_same_again_is_a_no_op(db, spl):
    first = take(db, spl)
    before = (folder_of(db) / parquet(db)[0]).stat()
    again = take(db, spl)
    assert (again.outcome, again.rows) == ("unchanged", first.rows)
    assert (folder_of(db) / parquet(db)[0]).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    ("words", "query", "answer"),
    [
        ({"timezone": "Europe/Paris"}, "select timezone from raw.power__channels", "Europe/Paris"),
        ({"run": "mine"}, "select run_id from raw.power__channels", "mine"),
        ({"title": "Mine"}, "select title from raw.power__tables", "Mine"),
        ({"licence": "CC BY 4.0", "redistributable": "yes"}, "select licence_id from raw.power__tables", "CC-BY-4.0"),
    ],
)
def test_another_word_lands_anew(db, spl, words, query, answer):
    take(db, spl)
    assert take(db, spl, **words).outcome == "landed"
    assert ask(db, query) == [(answer,)]
    assert len(parquet(db)) == 1 and len(samples(db)) == 3


def test_a_replaced_set_leaves_no_parquet_behind(db, spl):
    take(db, spl)
    before = parquet(db)
    spl.write_text(trace(1, 2))
    assert take(db, spl).outcome == "landed"
    assert len(parquet(db)) == 1 and parquet(db) != before
    assert [value for *_, value in samples(db)] == [1, 2]


def test_a_changed_companion_lands_anew(db, tmp_path):
    mapping = "time: {column: t, form: elapsed_s}\nvalues: [{column: w, unit: %s}]\n"
    write(tmp_path, {"t.csv": "t,w\n0,100\n1,110\n", "t.csv.mapping.yml": mapping % "W"})
    take(db, tmp_path / "t.csv")
    write(tmp_path, {"t.csv.mapping.yml": mapping % "mW"})
    assert take(db, tmp_path / "t.csv").outcome == "landed"
    assert ask(db, "select unit from raw.power__channels") == [("mW",)]


def test_a_mapping_on_the_command_line(db, tmp_path):
    mapping = "time: {column: t, form: elapsed_s}\nvalues: [{column: w, unit: kW}]\n"
    write(tmp_path, {"t.csv": "t,w\n0,100\n1,110\n", "m.yml": mapping})
    take(db, tmp_path / "t.csv", mapping=str(tmp_path / "m.yml"))
    assert ask(db, "select unit from raw.power__channels") == [("kW",)]
    assert ask(db, "select format, companions from raw.power__files") == [("plain_csv", "m.yml")]


def test_two_sets_side_by_side_do_not_share_keys(db, spl):
    take(db, spl, table="one")
    take(db, spl, table="two")
    assert list_parts(SIDECAR, db) == ["one", "two"]
    assert ask(db, CHANNELS) == [("power:one", 1), ("power:two", 1)]
    assert len({key for key, *_ in samples(db)}) == 2 and len(parquet(db)) == 2


def test_remove_takes_the_set_and_its_parquet(db, spl):
    take(db, spl, table="one")
    take(db, spl, table="two")
    remove_part(SIDECAR, "one", db)
    with duckdb.connect(str(db)) as con:
        drop_unlisted(con, db)
    assert list_parts(SIDECAR, db) == ["two"] and len(parquet(db)) == 1
    remove_part(SIDECAR, "two", db)
    with duckdb.connect(str(db)) as con:
        drop_unlisted(con, db)
    assert parquet(db) == []


def test_a_set_of_the_same_name_from_another_place_is_refused(db, spl, tmp_path):
    take(db, spl)
    (other,) = write(tmp_path, {"elsewhere/spl.txt": trace(7)})
    with pytest.raises(FetchError, match="from another place"):
        take(db, other)
    assert take(db, other, table="spl").outcome == "landed"


def test_two_names_with_the_same_keys_are_refused(db, spl):
    other, same = "s3985819", "s4420602"
    assert first_key(other) == first_key(same)
    take(db, spl, table=other)
    with pytest.raises(FetchError, match="keys of another set"):
        take(db, spl, table=same)
    assert list_parts(SIDECAR, db) == [other]


@pytest.mark.parametrize("step", ["write_samples", "frames_of", "landed_frames"])
def test_a_failure_in_the_middle_leaves_what_was_landed(db, spl, monkeypatch, step):
    take(db, spl)
    before = parquet(db), samples(db)
    spl.write_text(trace(1, 2))

    def broken(*_):
        raise ParseError("it broke", where="here", expected="a", got="b", todo="c")

    with monkeypatch.context() as patched:
        patched.setattr(taking, step, broken)
        with pytest.raises(CradleError, match="it broke"):
            take(db, spl)
    assert samples(db) == before[1]
    assert ask(db, "select outcome from raw.ingest_log order by ingest_id")[-1] == ("failed",)
    assert not [name for name in parquet(db) if name.startswith("reading-")]
    take(db, spl)
    assert len(parquet(db)) == 1


def test_a_file_that_changes_while_it_is_read_is_refused(db, spl, monkeypatch):
    take(db, spl)
    written = taking.write_samples

    def cut(con, file):
        written(con, file)
        spl.write_text(trace(1))

    spl.write_text(trace(1, 2, 3, 4))
    monkeypatch.setattr(taking, "write_samples", cut)
    with pytest.raises(ParseError, match=r"changed while it was read(?s:.*)spl\.txt"):
        take(db, spl)
    assert len(samples(db)) == 3


def test_what_the_format_says_is_said_where_a_file_is_gone_meanwhile(db, spl, monkeypatch):
    state = taking._state

    def gone(path):
        found = state(path)
        path.unlink()
        return found

    monkeypatch.setattr(taking, "_state", gone)
    with pytest.raises((CradleError, FileNotFoundError)):
        take(db, spl)
    assert not db.is_file() or "power__tables" not in {name for (name,) in ask(db, "from (show tables)")}


def test_samples_that_are_gone_are_named_and_come_back(db, spl):
    take(db, spl)
    before, (name,) = samples(db), parquet(db)
    (folder_of(db) / name).unlink()
    with pytest.raises(LandError) as error:
        samples(db)
    assert all(word in str(error.value) for word in ("'spl'", "no such file", "--table spl", "--remove spl", str(spl)))
    assert take(db, spl).outcome == "landed"
    assert samples(db) == before and parquet(db) == [name]


def test_samples_that_are_damaged_are_named(db, spl):
    take(db, spl)
    file = folder_of(db) / parquet(db)[0]
    file.write_bytes(file.read_bytes()[:-50])
    with pytest.raises(LandError, match="cannot be read"):
        samples(db)


def test_while_a_build_runs_its_files_stay(db, spl):
    take(db, spl)
    before = parquet(db)
    spl.write_text(trace(1, 2))
    with db.with_name("cradle.duckdb.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        take(db, spl)
        assert set(before) < set(parquet(db))
    samples(db)  # the next build removes what the one before may have read
    assert len(parquet(db)) == 1 and parquet(db) != before


def test_a_trial_has_the_samples_and_takes_none_away(db, spl, tmp_path):
    take(db, spl)
    trial = tmp_path / "trial" / "landing.duckdb"
    trial.parent.mkdir()
    trial.write_bytes(db.read_bytes())
    lend(db, trial)
    spl.write_text(trace(1, 2))
    take(db, spl)
    assert [value for *_, value in samples(trial)] == [500, 510, 520]
    assert len(parquet(db)) == 1


def test_what_no_meter_can_say_is_flagged_and_kept(db, spl):
    spl.write_text(trace(500, 1e308, 9e9))
    take(db, spl)
    assert [value for *_, value in samples(db)] == [500, 1e308, 9e9]
    (file,) = folder_of(db).glob("*.parquet")
    assert ask(db, f"select fault from '{file}' order by row_number") == [(None,), ("implausible",), (None,)]


def test_samples_without_times_are_said(db, tmp_path):
    (path,) = write(tmp_path, {"power_log.csv": "100.5 W\n101.0 W\n"})
    notes = take(db, path, format="nvidia_smi").notes
    assert any("no energy comes of samples without times" in note and "2 samples" in note for note in notes)


def test_a_killed_pull_leaves_what_was_landed_and_the_next_one_sweeps(db, spl, tmp_path):
    take(db, spl)
    before = samples(db)
    spl.write_text(trace(1, 2))
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom ingest.power import take\n"
        "from ingest.power.said import declare\nfrom ingest.sidecar import read\n"
        "def hang(*_):\n    print('there', flush=True); time.sleep(60)\n"
        "take.frames_of = hang\n"
        "file, db, sidecar = map(Path, sys.argv[1:])\n"
        "take.take_traces(read(sidecar), [file], declare([file]), db)\n"
    )
    arguments = [sys.executable, "-c", script, str(spl), str(db), str(SIDECAR.folder / "source.yml")]
    with subprocess.Popen(arguments, cwd=PROJECT_ROOT, stdout=subprocess.PIPE) as victim:
        assert victim.stdout.readline() == b"there\n"
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    assert any(name.startswith("reading-") for name in parquet(db))
    assert samples(db) == before
    take(db, spl)
    assert [value for *_, value in samples(db)] == [1, 2] and len(parquet(db)) == 1


def test_many_channels_take_no_long(db, tmp_path):
    rows = "".join(f"{second},{device},{device}\n" for second in range(3) for device in range(5_000))
    mapping = "time: {column: t, form: elapsed_s}\ndevice: [d]\nvalues: [{column: w, unit: W}]\n"
    write(tmp_path, {"t.csv": "t,d,w\n" + rows, "t.csv.mapping.yml": mapping})
    started = time.monotonic()
    take(db, tmp_path / "t.csv")
    assert ask(db, CHANNELS) == [("power:t", 5_000)]
    assert time.monotonic() - started < 30


def test_an_end_that_is_no_time_is_voided_with_what_was_written_and_the_energy_stays(db, tmp_path):
    head = "timestamp,project_name,run_id,duration,emissions,energy_consumed\n"
    rows = "2024-05-01T10:00:00,p,a,10,0.1,0.5\n01/05/2024 10 h,p,b,10,0.1,0.25\n,p,c,10,0.1,0.125\n"
    take(db, write(tmp_path, {"emissions.csv": head + rows})[0], timezone="Europe/Paris")
    with duckdb.connect(str(db), read_only=True) as con:
        totals = check_entity(con.table("raw.power__run_totals"), RunTotals)
    kept = totals.select("line_number", "energy_kwh", "ended_us", "at_us").rows()
    ended_us = 1_714_557_600_000_000
    assert kept == [(2, 0.5, ended_us, ended_us - 7_200_000_000), (3, 0.25, None, None), (4, 0.125, None, None)]
    assert [[(v["column_name"], v["value"], v["severity"]) for v in found] for found in totals["violations"]] == [
        [],
        [("ended_us", "01/05/2024 10 h", "void_cell")],
        [],
    ]


def test_a_link_that_leads_to_itself_is_no_file(db, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(FetchError, match="no file of a trace"):
        take(db, tmp_path / "loop")


def test_the_list_of_sources_counts_samples(db, spl):
    """Three samples and the rows of the tables beside them, as the pull says."""
    one, two = take(db, spl, table="one"), take(db, spl, table="two")
    shown = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in overview(PROJECT_ROOT, db)}
    assert shown["power:one"]["rows"] == str(one.rows) and one.rows > 3
    assert shown["power"]["rows"] == str(one.rows + two.rows)
    assert shown["power"]["state"] == "yours: 2, each on a line of its own below"
    assert shown["reference_tables"]["rows"] == "" and shown["reference_tables"]["state"].startswith("not landed")
