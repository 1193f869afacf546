"""CodeCarbon's emissions.csv: columns by name, text as written, tokens of a supplement and no prompts."""

import json

import pytest

from cradle.errors import ParseError
from ingest.power.formats import codecarbon
from tests.unit.power.traces import SHARED, read, read_all, write

V2 = (
    "timestamp,project_name,run_id,duration,emissions,emissions_rate,cpu_power,gpu_power,ram_power,cpu_energy,"
    "gpu_energy,ram_energy,energy_consumed,country_name,cpu_model,gpu_count,longitude,latitude,on_cloud"
)
ROW2 = (
    "2024-05-01T10:00:00,demo,r-1,60.5,0.001,1.6e-05,75.0,3001.0,20.0,0.0012500,-0.07005,0.0003,0.0415,"
    '"Korea, Republic of",CPU,2,1.5,48.5,N'
)
V3 = (
    "pue,energy_consumed,run_id,project_name,timestamp,duration,emissions,codecarbon_version,experiment_id,cloud_region"
)
ROW3 = "1.0,0.5,r-2,demo,2025-05-01T10:00:00+02:00,10,0.1,3.2.1,e-1,"


def test_columns_are_found_by_name(tmp_path):
    found = read(codecarbon, write(tmp_path, {"a.csv": f"{V2}\n{ROW2}\n", "b.csv": f"{V3}\n{ROW3}\n"}))
    first, second = found["run_totals"]
    assert (first["run_id"], first["duration_s"], first["gpu_energy_kwh"]) == ("r-1", "60.5", "-0.07005")
    assert (first["energy_kwh"], first["pue"], first["instrument"]) == ("0.0415", None, "CodeCarbon")
    assert (first["ended_us"], first["clock"]) == ("1714557600000000", "local")
    assert (first["gpu_is_measured"], first["ram_is_measured"], first["cpu_is_measured"]) == (True, False, None)
    facts = json.loads(first["facts"])
    assert facts["gpu_power"] == "3001.0" and facts["country_name"] == "Korea, Republic of"
    assert not {"longitude", "latitude"} & set(facts)
    assert (second["energy_kwh"], second["pue"], second["instrument"]) == ("0.5", "1.0", "CodeCarbon 3.2.1")
    assert (second["ended_us"], second["clock"]) == ("1746086400000000", "offset")


def test_blank_cells_are_null(tmp_path):
    (total,) = read(codecarbon, write(tmp_path, {"a.csv": f"{V3}\n,,,demo,,,,,,\n"}))["run_totals"]
    assert {total[name] for name in ("run_id", "energy_kwh", "duration_s", "ended_us")} == {None}


def test_a_supplement_gives_tokens_and_no_texts(tmp_path):
    extra = f'{V2},question,prompt_token_number,result_number_token,Answer\n{ROW2},why?,8,150,"secret\nanswer, long"\n'
    paths = write(tmp_path, {"emissions.csv": f"{V2}\n{ROW2}\n", "codecarbon_suppl_info.csv": extra})
    assert not codecarbon.sniff(extra.encode(), paths[1]) and codecarbon.is_supplement(extra.encode())
    found = read(codecarbon, paths)
    assert [(w["run_id"], w["work_unit"], w["quantity"]) for w in found["work"]] == [
        ("r-1", "input_token", 8),
        ("r-1", "output_token", 150),
    ]
    assert len(found["run_totals"]) == 1 and "secret" not in str(found.tables)
    alone = read_all(codecarbon, paths[1:])
    assert len(alone["run_totals"]) == 1 and "secret" not in str(alone["run_totals"])


@pytest.mark.parametrize("bad", ["2024-05-01T10:00", ROW2 + ",1", "<html>"])
def test_a_row_of_another_length_is_a_reject(tmp_path, bad):
    found = read(codecarbon, write(tmp_path, {"a.csv": f"{V2}\n{ROW2}\n\n{V2}\n{bad}\n{ROW2}\n"}))
    assert found.column("rejects", "row_number") == [5]
    assert found.column("run_totals", "row_number") == [2, 6]


def test_header_only_and_empty(tmp_path):
    found = read_all(codecarbon, write(tmp_path, {"a.csv": V2, "b.csv": ""}))
    assert not found["run_totals"] and not found["rejects"]


@pytest.mark.parametrize("content", [V2.encode() + b"\n\xff\xfe", f'{V2}\n"{"x" * 5_000_000}'.encode()])
def test_what_is_no_text_is_refused(tmp_path, content):
    with pytest.raises(ParseError, match=r"a\.csv"):
        read(codecarbon, write(tmp_path, {"a.csv": content}))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
class TestRealFiles:
    def test_the_runs_of_the_dgx(self):
        paths = sorted((SHARED / "grid5000_kwollect_ccgrid2023/GPU").rglob("emissions.csv"))
        found = read(codecarbon, paths)
        assert (len(paths), len(found["run_totals"]), found["rejects"]) == (34, 133, [])
        (wrapped,) = [t for t in found["run_totals"] if t["run_id"].startswith("33c9e8f8")]
        assert float(wrapped["cpu_energy_kwh"]) == pytest.approx(-0.07005, abs=1e-7)
        assert sum(float(t["cpu_energy_kwh"]) < 0 for t in found["run_totals"]) == 5

    def test_the_requests_of_boamps(self):
        found = read(codecarbon, sorted((SHARED / "codecarbon/BoAmps_llm_inference").glob("*.csv")))
        assert (len(found["run_totals"]), len(found["work"]), found["rejects"]) == (104, 208, [])
        assert {t["instrument"] for t in found["run_totals"]} == {"CodeCarbon 2.5.0"}
