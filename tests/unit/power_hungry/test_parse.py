"""The parser: what it reads, and how it refuses what is no such archive."""

import pytest

from cradle.errors import ParseError
from ingest.power_hungry.columns import PHASES
from tests.unit.power_hungry.conftest import FILES, A, B, as_tar, as_zip, log, phase

BASE = f"data/emissions/base/emissions_base_{A}.csv"
COMPLETE = "data/emissions/complete/tti_invented_resized.csv"


def test_every_row_of_the_logs_is_there_as_text(parsed):
    tables = parsed()
    phases, runs = tables["run_phases"], tables["task_runs"]
    assert phases.select("run_id", "run_phase").rows() == [
        (A, "load model"), (A, "query model"), (B, "load model"), (B, "transfer model to GPU"), (B, "query model"),
    ]  # fmt: skip
    assert phases["energy_kwh"].to_list() == ["1.0", "2.0", "1.0", "0.5", "4.0"]
    assert phases["emissions_kgco2e"][1] == "2e-01"
    assert phases["cpu_name"][0] == "A processor, with a comma"
    assert phases["row_number"].to_list() == [1, 2, 3, 4, 5]
    assert runs.select("dataset_file", "run_id", "ended_at", "energy_kwh", "pue").rows() == [
        ("tti_invented_resized", A, "2023-10-02 0:20:22", "3.0000001", "1.0")
    ]


@pytest.mark.parametrize("mode", ["w:xz", "w:gz", "w"])
def test_each_packing_gives_the_same(parsed, mode):
    assert parsed(as_tar(FILES, mode))["run_phases"].equals(parsed()["run_phases"])


def test_the_archive_of_a_host_with_its_folder_and_any_order_gives_the_same(parsed):
    moved = {f"co2_inference-0123456/{name}": content for name, content in reversed(FILES.items())}
    for content in (as_zip(moved), as_tar(moved, "w:gz")):
        tables = parsed(content)
        assert all(tables[entity].equals(frame) for entity, frame in parsed().items())


def test_an_empty_cell_is_null(parsed):
    row = phase("", "query model", energy_consumed="")
    tables = parsed(**{BASE: log(PHASES, row)})
    assert tables["run_phases"].row(0, named=True)["run_id"] is None
    assert tables["run_phases"].row(0, named=True)["energy_kwh"] is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({COMPLETE: None}, "does not hold the logs"),
        ({"x/" + BASE: FILES[BASE]}, "there twice"),
        ({BASE: FILES[BASE].replace(b"gpu_energy", b"gpu_joules")}, "missing columns: gpu_energy"),
        ({BASE: FILES[BASE].replace(b"gpu_energy", b"cpu_energy", 1)}, "twice: cpu_energy"),
        ({BASE: FILES[BASE][:-70]}, "as many cells as the header"),
        ({BASE: FILES[BASE].replace(b",", b";")}, "missing columns: task_name"),
        ({BASE: FILES[BASE].replace(b"some/model", b"mod\xe8le")}, "not UTF-8"),
        ({BASE: b""}, "The file is empty"),
        ({BASE: b"<!DOCTYPE html><html></html>"}, "does not have the columns"),
        ({BASE: FILES[COMPLETE]}, "unknown columns: pue"),
    ],
)
def test_what_is_not_in_the_published_form_is_refused(parsed, changes, message):
    with pytest.raises(ParseError, match=message):
        parsed(**changes)
