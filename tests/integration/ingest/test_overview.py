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


def test_the_command_shows_all_columns(project, capsys):
    assert main(["sources"]) == 0
    assert capsys.readouterr().out.split("\n")[0].split() == " ".join(COLUMNS).split()
