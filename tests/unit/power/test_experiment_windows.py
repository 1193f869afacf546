"""Windows of the experiments whose lists lie beside a trace, and the published energies in them."""

import json
from itertools import pairwise

import pytest

from ingest.power.formats import codecarbon, kwollect
from tests.unit.power.traces import SHARED, read, write

HEADER = ",timestamp,device_id,metric_id,value,labels._device_orig\n"
TRACE = HEADER + "".join(f"{n},2024-05-01 10:00:0{n},n-1,wattmetre_power_watt,{100 + n},\n" for n in range(5))
WIDE = "timestamp,wattmetre_power_watt\n2024-05-01T12:00:00+02:00,5\n2024-05-01T12:01:00+02:00,6\n"


def _benchmark(name: str, start: str, end: str) -> dict:
    return {"name": name, "start_time": start, "end_time": end}


def test_a_list_of_local_times(tmp_path):
    inside = _benchmark("EP", "2024-05-01 10:00:01.500000", "2024-05-01 10:00:03")
    later = _benchmark("LU", "2024-05-01 11:00:00", "2024-05-01 11:00:03")
    experiments = json.dumps({"experiments": [{"name": "Tool", "benchmarks": [inside, later]}]})
    (window,) = read(kwollect, write(tmp_path, {"k.csv": TRACE, "experiments.json": experiments}))["windows"]
    assert (window["window_name"], window["stated_in"]) == ("Tool/EP", "experiments.json")
    assert (window["begin_us"], window["end_us"]) == (1714557601_500000, 1714557603_000000)


def test_a_table_with_arrays_in_its_cells(tmp_path):
    table = "gpu_0_start_benchmark,gpu_0_stop_benchmark,gpu_1_start_benchmark,gpu_1_stop_benchmark,result_dir,what\n"
    table += '1714557601.5,1714557620,1714557602,1714557621,/x/night/998_0/,"[array([1.5,\n 2.5])]"\n'
    table += f'1714557630,1714557640,,,/x/night/998_0/,"{"9" * 200_000}"\n'
    found = read(kwollect, write(tmp_path, {"g.csv": WIDE, "experiment_table.csv": table}))["windows"]
    assert [(w["window_name"], w["begin_us"], w["end_us"]) for w in found] == [
        ("998_0_0", 1714557601_500000, 1714557620_000000),
        ("998_0_1", 1714557630_000000, 1714557640_000000),
    ]


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"experiments": 3}', '{"experiments": [{"name": 1}]}'])
def test_a_damaged_list_is_a_note(tmp_path, damaged):
    found = read(kwollect, write(tmp_path, {"k.csv": TRACE, "experiments.json": damaged}))
    assert len(found["samples"]) == 5 and not found["windows"] and len(found.notes) == 1


def _joules(found, metric: str, window: dict) -> float:
    """The trapezoid with interpolated edges over the samples in the order of their times."""
    (channel,) = (c["channel_index"] for c in found["channels"] if c["channel"] == metric)
    rows = sorted((s["stated_us"], s["value"]) for s in found["samples"] if s["channel_index"] == channel)
    begin, end, joules = window["begin_us"], window["end_us"], 0.0
    for (t1, w1), (t2, w2) in pairwise(rows):
        a, b = max(t1, begin), min(t2, end)
        if a < b:
            at_a, at_b = (w1 + (w2 - w1) * (t - t1) / (t2 - t1) for t in (a, b))
            joules += (b - a) / 1e6 * (at_a + at_b) / 2
    return joules


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
class TestPublishedEnergies:
    def test_three_benchmarks_of_2022_03_31(self):
        (path,) = (SHARED / "grid5000_kwollect_ccgrid2023/CPU").glob("3-solutions*/kwollect-powerapi_powerapi.csv")
        found = read(kwollect, [path])
        windows = {w["window_name"]: w for w in found["windows"]}
        for name, wall, bmc in (("EP", 59_671, 53_357), ("LU", 35_130, 31_166), ("MG", 164_299, 146_900)):
            window = windows[f"PowerAPI/{name} NAS Benchmark"]
            assert _joules(found, "wattmetre_power_watt", window) == pytest.approx(wall, abs=1)
            assert _joules(found, "bmc_node_power_watt", window) == pytest.approx(bmc, abs=1)

    def test_the_run_998_0_2(self):
        """The published figures are of CodeCarbon's own window: its end, in Lyon's time, less its duration."""
        folder = SHARED / "grid5000_kwollect_ccgrid2023/GPU/GPU_20_04"
        found = read(kwollect, [folder / "g5k_metrics.csv"])
        run = read(codecarbon, [folder / "998_0/emissions.csv"])["run_totals"][2]
        end_us = int(run["ended_us"]) - 7200 * 1_000_000
        window = {"begin_us": end_us - round(float(run["duration_s"]) * 1e6), "end_us": end_us}
        assert float(run["energy_kwh"]) == pytest.approx(0.0873, abs=0.00005)
        assert _joules(found, "wattmetre_power_watt", window) / 3.6e6 == pytest.approx(0.1127, abs=0.00005)
        assert _joules(found, "bmc_node_power_watt", window) / 3.6e6 == pytest.approx(0.1034, abs=0.00005)
        assert "998_0_2" in found.column("windows", "window_name")
