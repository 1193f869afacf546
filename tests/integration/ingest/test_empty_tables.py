import duckdb
import pytest

from cradle.cli import main
from ingest.empty_tables import contract_class
from ingest.sync import sync

CONTRACT = """
import pandera.polars as pa

from ingest.contract import reject_row, void_cell


class Plants(pa.DataFrameModel):
    name: str = reject_row()
    power_mw: float = void_cell(nullable=True)
    source_id: str = reject_row()
    release_id: str = reject_row()
    file_sha256: str = reject_row()
    row_number: int = reject_row(ge=1)


class Towns(Plants):
    pass
"""


@pytest.fixture
def contracted(project):
    project.write("ingest/power_plants/contract.py", CONTRACT)
    return project


@pytest.fixture
def synced(contracted):
    """Sync a work file of its own; returns a function that asks it."""
    work = contracted.root / "work.duckdb"

    def ask(query):
        with duckdb.connect(str(work)) as con:
            sync(con, contracted.root, contracted.landing)
            return con.execute(query).fetchall()

    return ask


def test_a_source_that_is_not_landed_has_tables_without_rows(synced):
    assert synced("from raw.power_plants__towns") == []
    assert synced("select column_name, column_type from (describe raw.power_plants__plants)") == [
        ("name", "VARCHAR"),
        ("power_mw", "VARCHAR"),
        ("source_id", "VARCHAR"),
        ("release_id", "VARCHAR"),
        ("file_sha256", "VARCHAR"),
        ("row_number", "BIGINT"),
    ]


def test_the_models_that_read_them_build(contracted, dbt_here):
    done = dbt_here(contracted, "build")
    assert done.returncode == 0, done.stdout
    with duckdb.connect(str(contracted.database), read_only=True) as con:
        assert con.execute("select count(*) from marts.plants").fetchall() == [(0,)]


def test_rows_take_the_place_of_the_empty_table_and_go_with_the_landing_file(contracted, synced):
    count = "select count(*) from raw.power_plants__plants"
    assert synced(count) == [(0,)]
    assert main(["pull", "power_plants", "--file", str(contracted.root / "plants.csv")]) == 0
    assert synced(count) == [(2,)]
    contracted.landing.unlink()
    assert synced(count) == [(0,)]


def test_the_contract_is_loaded_only_when_it_has_changed(contracted, synced, monkeypatch):
    synced("select 1")
    monkeypatch.setattr("ingest.empty_tables.load_code", None)
    synced("select 1")
    monkeypatch.undo()
    contracted.write("ingest/power_plants/contract.py", CONTRACT.replace("power_mw", "power_gw"))
    assert synced("select power_gw from raw.power_plants__plants") == []


def test_a_contract_without_a_class_for_an_entity_is_explained(contracted, dbt_here):
    contracted.sidecar(entities=["plants", "big_rivers"])
    done = dbt_here(contracted, "build")
    assert done.returncode == 2
    assert "Traceback" not in done.stdout
    assert "the contract of raw.power_plants__big_rivers is not there" in done.stdout
    assert "expected: a pandera model class BigRivers" in done.stdout
    assert "got: no such class" in done.stdout


@pytest.mark.parametrize("of_the_user", [True, False])
def test_an_entity_that_came_after_the_landing_is_asked_for_again(contracted, synced, pinned, dbt_here, of_the_user):
    if of_the_user:
        own = contracted.write("own.csv", "name,power_mw\nCaen,3\n")
        assert main(["pull", "power_plants", "--file", str(own)]) == 0
    else:
        assert main(["pull", "--mirror", str(contracted.root)]) == 0
    contracted.sidecar(entities=["plants", "towns", "rivers"])
    done = dbt_here(contracted, "build")
    assert done.returncode == 2
    assert "Traceback" not in done.stdout
    assert "was landed before it had all the tables" in done.stdout
    assert "got: no raw.power_plants__rivers" in done.stdout
    assert f"`cradle pull power_plants{' --file PATH' if of_the_user else ''}`" in done.stdout


def test_sources_whose_licences_keep_them_out_are_one_line(contracted, synced, capsys):
    contracted.sidecar(redistributable="no", licence_pack=None)
    synced("select 1")
    assert capsys.readouterr().err == (
        "not landed, as their licences keep them out of the bundle: power_plants"
        " (`cradle pull NAME` lands one, `cradle sources` says more)\n"
    )


def test_a_source_of_the_users_own_file_says_so(contracted, synced, capsys):
    contracted.sidecar(download=[{"url": "file:plants.csv"}])
    synced("select 1")
    assert "run `cradle pull power_plants --file PATH`" in capsys.readouterr().err


@pytest.mark.parametrize(("entity", "name"), [("lines", "Lines"), ("energy_mixes", "EnergyMixes"), ("gpu_v2", "GpuV2")])
def test_the_class_is_named_after_the_entity(entity, name):
    assert contract_class(entity) == name
