import hashlib

import duckdb

from cradle.cli import main
from ingest.overview import COLUMNS, overview


def shown(project):
    (row,) = overview(project.root, project.landing)
    return dict(zip(COLUMNS, row, strict=True))


def test_a_source_that_is_landed(project):
    assert main(["pull", "power_plants", "--file", str(project.root / "plants.csv")]) == 0
    row = shown(project)
    assert (row["passed on"], row["pack"], row["rows"]) == ("yes", "open", "4")
    assert row["state"].startswith("your file, release file-")


def test_a_source_that_is_only_pulled(project):
    project.sidecar(redistributable="no", licence_pack=None)
    row = shown(project)
    assert (row["passed on"], row["pack"], row["rows"]) == ("no", "", "")
    assert row["state"] == "not landed, pulled only (never bundled): cradle pull power_plants"


def test_a_source_that_could_be_bundled_and_is_not(project):
    project.sidecar(redistributable="share-alike", licence_pack="odbl", download=[{"url": "file:plants.csv"}])
    row = shown(project)
    assert (row["passed on"], row["pack"]) == ("share-alike", "odbl")
    assert row["state"] == "not landed: cradle pull power_plants --file PATH"


def test_a_last_attempt_that_failed_is_shown_until_one_succeeds(project):
    assert main(["pull", "power_plants", "--file", str(project.root / "nowhere.csv")]) == 2
    assert "is not there: no such file" in shown(project)["last attempt"]
    assert main(["pull", "power_plants", "--file", str(project.root / "plants.csv")]) == 0
    assert shown(project)["last attempt"] == ""


def test_a_landing_file_without_tables_is_nothing_landed(project):
    project.landing.parent.mkdir()
    duckdb.connect(str(project.landing)).close()
    assert shown(project)["state"].startswith("not landed")


def test_a_bundled_source_shows_its_rows_before_it_is_landed(project):
    assert main(["pull", "power_plants", "--mirror", str(project.root)]) == 2  # not the pinned file
    sha256 = hashlib.sha256((project.root / "plants.csv").read_bytes()).hexdigest()
    project.sidecar(download=[{"url": "https://example.org/plants.csv", "sha256": sha256}])
    assert main(["pull", "power_plants", "--mirror", str(project.root)]) == 0
    assert main(["release"]) == 0
    project.landing.unlink()
    row = shown(project)
    assert (row["rows"], row["state"]) == ("4", "in the bundle, lands with the next build")


def test_the_command_shows_all_columns(project, capsys):
    assert main(["sources"]) == 0
    assert capsys.readouterr().out.split("\n")[0].split() == " ".join(COLUMNS).split()
