"""The project's own sources from a server, each with an invented file in the place of the published one."""

import hashlib
import shutil

import duckdb
import pytest
import yaml
from contract_runs import checked
from file_server import bodies_for, serving

from cradle import paths
from cradle.cli import main
from ingest.sidecar import discover

FIXTURES = paths.PROJECT_ROOT / "tests" / "unit"
# source -> file name upstream -> fixture
INVENTED = {
    "ademe_base_carbone": {"Base_Carbone_V23.6.csv": "invented_lines.csv"},
    "ademe_impactco2": {"numerique.json": "invented_devices.json", "usagenumerique.json": "invented_services.json"},
    "boavizta_devices": {"boavizta-data-us.csv": "boavizta-data-us.csv"},
    "codecarbon": {"global_energy_mix.json": "invented_mixes.json"},
    "ecologits": {name: name for name in ("electricity_mixes.json", "models.json", "video_models.json")},
    "hubblo_gpu": {name: name for name in ("gpus_impact_factors.csv", "gpus.json", "transport_impacts.csv")},
}
OWN = ("accelerator_specs", "datacenters", "networks", "nvidia_pcf")


@pytest.fixture
def served(tmp_path, monkeypatch):
    """The URL of a server, and a copy of the project's sources that pin what it serves."""
    root = tmp_path / "project"
    contents = {}
    for source_id in (*INVENTED, *OWN):
        folder = root / "ingest" / source_id
        shutil.copytree(paths.PROJECT_ROOT / "ingest" / source_id, folder, ignore=shutil.ignore_patterns("__pycache__"))
        sidecar = yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))
        for download in sidecar["download"] if source_id in INVENTED else []:
            content = (FIXTURES / source_id / "fixtures" / INVENTED[source_id][_name(download)]).read_bytes()
            download |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            contents[download["sha256"]] = content
        (folder / "source.yml").write_text(yaml.safe_dump(sidecar, sort_keys=False), encoding="utf-8")
    monkeypatch.setattr(paths, "PROJECT_ROOT", root)
    monkeypatch.setenv("CRADLE_DB", str(root / "cradle.duckdb"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    with serving(bodies_for(discover(), contents.get)) as url:
        yield url


def _name(download):
    return download["url"].rsplit("/", 1)[-1]


def test_all_sources_come_from_a_server_and_keep_every_row_through_their_contracts(served, capsys):
    assert main(["pull", "--all", "--mirror", served]) == 0, capsys.readouterr().err
    with duckdb.connect(str(paths.landing_db()), read_only=True) as con:
        for sidecar in discover():
            for table in map(sidecar.table, sidecar.entities):
                rows = con.sql(f'from raw."{table}"').pl()
                assert rows.height > 0, table
                assert checked(con, table)["row_number"].sort().equals(rows["row_number"].sort()), table


def test_a_second_pull_of_all_changes_nothing(served, capsys):
    assert main(["pull", "--all", "--mirror", served]) == 0
    before = paths.landing_db().stat().st_size
    capsys.readouterr()
    assert main(["pull", "--all"]) == 0  # by then only the server's address is known of each file
    printed = capsys.readouterr()
    assert printed.out.count("unchanged") == len(INVENTED) + len(OWN)
    assert "note:" not in printed.err
    assert paths.landing_db().stat().st_size >= before
