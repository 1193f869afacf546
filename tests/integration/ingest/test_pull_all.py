"""`cradle pull --all`: what comes, comes; of the rest it is said why; nothing is half done."""

import hashlib
import shutil

import duckdb
import pytest
from tiny_project import PARSE

from cradle.cli import main
from ingest.overview import COLUMNS, overview

PLANTS = {"url": "https://example.org/data/plants.csv"}


@pytest.fixture
def add(project):
    """Add a source with these downloads to the project; a parser of its own where it is given."""

    def make(source_id, *downloads, parse=PARSE):
        folder = project.root / "ingest" / source_id
        shutil.rmtree(folder, ignore_errors=True)
        sidecar = project.sidecar(source_id=source_id, download=list(downloads))
        if source_id != "power_plants":
            folder.mkdir()
            shutil.move(sidecar, folder / "source.yml")
        project.write(f"ingest/{source_id}/parse.py", parse)

    shutil.rmtree(project.root / "ingest" / "power_plants")
    return make


@pytest.fixture
def several(project, add, server, answer):
    """Sources that land, fail on each of the ways, and are the user's to supply."""
    content = (project.root / "plants.csv").read_bytes()
    pin = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    server.answers["/data/plants.csv"] = answer(body=content)
    server.answers["/data/other.csv"] = answer(body=content[:-1] + b"9")
    server.answers["/data/busy.csv"] = answer(status=429, Retry_After="3600")
    add("a_crash", PLANTS | pin, parse="def parse(path):\n    raise SystemError('oops')\n")
    add("b_gone", {"url": "https://example.org/data/gone.csv", "sha256": "0" * 64})
    add("c_good", PLANTS | pin)
    add("d_other", {"url": "https://example.org/data/other.csv", "sha256": "3" * 64})
    add("e_yours", {"url": "file:mine.csv"})
    add("f_busy", {"url": "https://example.org/data/busy.csv", "sha256": "0" * 64})
    add("g_half", PLANTS | pin, {"url": "https://example.org/data/gone.csv", "sha256": "1" * 64})
    add("h_good", {"url": "https://example.org/data/gone.csv"} | pin, PLANTS | pin)
    return ["pull", "--all", "--mirror", server.url]


def landed(project):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute("select source_id, rows from raw.landed order by all").fetchall()


def test_what_comes_is_landed_and_of_the_rest_the_table_says_why(project, several, capsys):
    assert main(several) == 2
    printed = capsys.readouterr()
    rows = {line.split()[0]: line for line in printed.out.splitlines()}
    assert rows["source"].split() == ["source", "outcome", "rows", "why"]
    assert rows["a_crash"].split()[1] == "failed"
    assert "SystemError: oops" in rows["a_crash"]
    assert "HTTP status 404" in rows["b_gone"]
    assert rows["c_good"].split()[1:] == ["landed", "4"]
    assert "is not the one its sidecar pins" in rows["d_other"]
    assert "yours to supply" in rows["e_yours"]
    assert "cradle pull e_yours --file PATH" in rows["e_yours"]
    assert "Retry-After: 3600" in rows["f_busy"]
    assert "HTTP status 404" in rows["g_half"]
    assert rows["h_good"].split()[1:] == ["landed", "4"]
    assert "5 of 8 sources could not be pulled" in printed.err
    assert "got: a_crash, b_gone, d_other, f_busy, g_half" in printed.err
    assert "Traceback" not in printed.err
    assert landed(project) == [("c_good", 4), ("h_good", 4)]


def test_what_was_landed_before_a_failure_stays_and_the_failure_is_shown(project, several, add, server, answer):
    main(several)
    add("c_good", {"url": "https://example.org/data/gone.csv", "sha256": "2" * 64})
    assert main(several) == 2
    assert landed(project) == [("c_good", 4), ("h_good", 4)]
    shown = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in overview(project.root, project.landing)}
    assert shown["c_good"]["rows"] == "4"
    assert "pulled, release" in shown["c_good"]["state"]
    assert shown["c_good"]["last attempt"].startswith("failed on 20")
    assert shown["c_good"]["last attempt"].endswith("the server does not give the file: HTTP status 404 Not Found")
    assert shown["h_good"]["last attempt"] == ""
    assert shown["e_yours"]["last attempt"] == ""


def test_a_slip_outside_of_the_known_errors_stops_no_other_source(project, several, monkeypatch, capsys):
    from ingest import pull as pulling

    real = pulling.land

    def land(delivery, db):
        if delivery.sidecar.source_id == "c_good":
            raise AssertionError("a slip")
        return real(delivery, db)

    monkeypatch.setattr(pulling, "land", land)
    assert main(several) == 2
    assert "AssertionError: a slip" in capsys.readouterr().out
    assert landed(project) == [("h_good", 4)]


def test_all_is_the_same_as_no_name_and_ends_well_when_the_rest_is_yours_to_supply(project, add, capsys):
    shutil.copy(project.root / "plants.csv", project.root / "mirror.csv")
    sha256 = hashlib.sha256((project.root / "plants.csv").read_bytes()).hexdigest()
    add("good", PLANTS | {"sha256": sha256})
    add("yours", {"url": "file:mine.csv"})
    assert main(["pull", "--all", "--mirror", str(project.root)]) == 0
    first = capsys.readouterr().out
    assert main(["pull", "--mirror", str(project.root)]) == 0
    assert capsys.readouterr().out == first.replace("landed   ", "unchanged")


def test_a_file_that_is_yours_may_lie_in_the_mirror_folder(project, add, capsys):
    add("yours", {"url": "file:mine.csv"})
    shutil.copy(project.root / "plants.csv", project.root / "mine.csv")
    assert main(["pull", "--all", "--mirror", str(project.root)]) == 0
    assert landed(project) == [("yours", 4)]


@pytest.mark.parametrize("more", [["power_plants"], ["--file", "plants.csv"], ["--packages"]])
def test_all_goes_with_nothing_that_picks_sources(project, more, capsys):
    assert main(["pull", "--all", *more]) == 2
    assert "give neither SOURCE" in capsys.readouterr().err


def test_a_mirror_that_is_none_is_refused_once(project, add, refused):
    add("one", PLANTS | {"sha256": "0" * 64})
    add("two", PLANTS | {"sha256": "0" * 64})
    message = refused("pull", "--all", "--mirror", "ftp://example.org")
    assert message.count("the mirror is neither a URL nor a folder") == 1
    assert not project.landing.exists()
