"""What the command line says: one message, exit code 2, nothing landed."""

import pytest

from cradle.cli import main
from tests.unit.reference_tables.conftest import FIXTURES

LONG = str(FIXTURES / "invented_long.csv")
WHOLE = ["--mapping", "numecoeval", "--licence", "Ours", "--redistributable", "no"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reference_tables", "--file", LONG], "no --mapping, no --licence, no --redistributable"),
        (["reference_tables", "--file", LONG, *WHOLE[:4]], "no --redistributable"),
        (["reference_tables", *WHOLE], "no --file"),
        (["reference_tables", "--file", LONG, "--file", LONG, *WHOLE], "2 files"),
        (["reference_tables", "--file", "nowhere.csv", *WHOLE], "is not there"),
        (["reference_tables", "--file", LONG, *WHOLE[2:], "--mapping", "nothing.yml"], "no such mapping"),
        (["ademe_base_carbone", "--file", LONG, *WHOLE], "for tables of your own"),
        (["--file", LONG, *WHOLE], "for tables of your own"),
        (["reference_tables", "--remove", "x"], "there is no landed table 'x'"),
    ],
)
def test_a_mistake_is_one_message(arguments, said, capsys):
    assert main(["pull", *arguments]) == 2
    message = capsys.readouterr().err
    assert said in message and "Traceback" not in message


def test_the_command_that_a_message_gives_is_whole(capsys):
    assert main(["pull", "reference_tables"]) == 2
    said = capsys.readouterr().err
    assert "cradle pull reference_tables --file PATH --mapping NAME --licence NAME --redistributable no" in said
    assert main(["sources"]) == 0
    assert "--file PATH --mapping NAME --licence NAME --redistributable no" in capsys.readouterr().out


def test_remove_loads_nothing(capsys):
    assert main(["pull", "reference_tables", "--remove", "x", "--file", LONG]) == 2
    assert "--remove drops a table" in capsys.readouterr().err


def test_columns_that_the_mapping_leaves_out_are_named(capsys, tmp_path):
    wide = tmp_path / "wide.csv"
    wide.write_text("Name,Stage,Unit,Location,Source,GWP (kg CO2 eq),MIPS (kg),comment\na,Use,item,FRA,s,1,2,x\n")
    said = ["--mapping", "negaoctet_wide", *WHOLE[2:]]
    assert main(["pull", "reference_tables", "--file", str(wide), *said]) == 0
    message = capsys.readouterr().err
    assert "landed 1 rows" in message and "columns left out, as the mapping says: MIPS (kg), comment" in message


def test_pull_list_and_remove(capsys):
    assert main(["pull", "reference_tables", "--file", LONG, *WHOLE]) == 0
    assert "LicenseRef-user-Ours-not-passed-on (Ours), passed on: no" in capsys.readouterr().err
    assert main(["sources"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "reference_tables:invented_long" in line]
    assert "LicenseRef-user-Ours-not-passed-on" in line and " 13 " in line
    assert main(["pull", "reference_tables", "--remove", "invented_long"]) == 0
    assert "removed invented_long (13 rows)" in capsys.readouterr().err
