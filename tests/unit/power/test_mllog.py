"""MLPerf Training node logs: readings, windows of meter and run, estimates, and lines that are none."""

import json
from collections import defaultdict
from itertools import pairwise

import pytest

from ingest.power.formats import mllog
from tests.unit.power.traces import SHARED, lines_of, read, read_all, write

T = 1_700_000_000_000


def entry(key: str, time_ms: object = T, value: object = None, metadata: object = "") -> str:
    kind = "INTERVAL_START" if key.endswith("start") else "POINT_IN_TIME"
    record = {"namespace": "", "time_ms": time_ms, "event_type": kind, "key": key, "value": value, "metadata": metadata}
    return f":::MLLOG {json.dumps(record)}\n"


def node(*watts: object) -> str:
    readings = "".join(entry("power_reading", T + 2000 * n, w) for n, w in enumerate(watts))
    stop = entry("power_measurement_stop", T + 2000 * (len(watts) - 1))
    return entry("power_measurement_start") + readings + stop


RUN = "sub/results/sys/bench/power/result_7"
FOLDER = f"{RUN}/node_{{}}.txt"


def test_a_node(tmp_path):
    found = read(mllog, write(tmp_path, {FOLDER.format(3): node(4590, 6381.5)}))
    assert found.column("samples", "value") == [4590, 6381.5]
    assert found.column("samples", "stated_us") == [T * 1000, T * 1000 + 2_000_000]
    assert found.column("samples", "row_number") == [2, 3]
    (channel,) = found["channels"]
    assert (channel["run_id"], channel["device_id"]) == ("sub/sys/bench/result_7", "node_3")
    assert (channel["boundary"], channel["unit"], channel["is_measured"], channel["clock"]) == (None, "W", True, "utc")
    (window,) = found["windows"]
    assert (window["begin_us"], window["end_us"]) == (T * 1000, T * 1000 + 2_000_000)
    assert not found["rejects"] and not found.notes


def test_a_file_elsewhere_has_no_run_of_its_own(tmp_path):
    assert read(mllog, write(tmp_path, {"node_1.txt": node(1)}))["channels"][0]["run_id"] is None


def test_stop_at_the_start_is_no_window(tmp_path):
    text = node(2105, 2110).replace(entry("power_measurement_stop", T + 2000), entry("power_measurement_stop", T))
    found = read(mllog, write(tmp_path, {"node_0.txt": text}))
    assert not found["windows"] and "not after" in found.notes[0]


def test_an_interconnect_is_an_estimate(tmp_path):
    line = entry("interconnect_power_est", T, 59570, {"switch_id": "sw_01"})
    (channel,) = read(mllog, write(tmp_path, {"sw_0.txt": line}))["channels"]
    assert (channel["channel"], channel["component"], channel["is_measured"]) == (
        *("interconnect_power_est", "other", False),
    )
    assert json.loads(channel["facts"])["metadata"] == '{"switch_id":"sw_01"}'


def test_conversion_efficiency_is_a_fact(tmp_path):
    found = read(mllog, write(tmp_path, {"node_1.txt": node(10) + entry("conversion_eff", T, 0.94)}))
    assert json.loads(found["channels"][0]["facts"]) == {"conversion_eff": "0.94"}
    assert found.column("samples", "value") == [10]
    assert not found["rejects"]


def log(key: str, time_ms: int, value: object = None, **metadata: object) -> str:
    return "  0: " + entry(key, time_ms, value, metadata)


@pytest.mark.parametrize(
    ("lines", "work"),
    [
        (log("trained_samples", T + 9000, 4096), [("sample", 4096)]),
        (log("submission_benchmark", T - 9000, "gpt3") + log("trained_samples", T + 9000, 4096), [("token", 4096)]),
        (log("train_samples", T - 5000, 3901), []),
        (log("train_samples", T + 9000, 70), [("sample", 70)]),
        ("", []),
    ],
)
def test_the_log_of_the_run(tmp_path, lines, work):
    run = log("run_start", T - 1000) + lines + log("run_stop", T + 9000, status="success")
    files = {FOLDER.format(n): node(1, 2) for n in (1, 2)}
    total = {f"{RUN}/total_power.txt": "Total Power Usage: 415.23 kWh\n"}
    paths = write(tmp_path, {**files, **total, "sub/results/sys/bench/result_7.txt": "text\n" + run})
    found = read(mllog, paths)
    assert [(w["begin_us"], w["end_us"]) for w in found["windows"] if w["window_name"] == "run"] == [
        ((T - 1000) * 1000, (T + 9000) * 1000)
    ] * 2
    assert [(w["work_unit"], w["quantity"]) for w in found["work"]] == work
    total = {"stated_run_total_value": 415.23, "stated_run_total_unit": "kWh"}
    for channel in found["channels"]:
        assert json.loads(channel["facts"]) == total | {"stated_run_total_in": "total_power.txt"}
    assert {window["stated_value"] for window in found["windows"]} == {None}


def test_the_total_of_the_run_is_not_of_its_interconnect(tmp_path):
    files = {FOLDER.format(1): node(1), f"{RUN}/sw_0.txt": entry("interconnect_power_est", T, 9)}
    found = read(mllog, write(tmp_path, {**files, f"{RUN}/total_power.txt": "Total Power Usage: 1.5 kWh\n"}))
    assert {c["channel"]: "stated_run_total" in (c["facts"] or "") for c in found["channels"]} == {
        "power_reading": True,
        "interconnect_power_est": False,
    }


def test_the_log_names_no_meter(tmp_path):
    (channel,) = read(mllog, write(tmp_path, {"node_1.txt": node(1)}))["channels"]
    assert (channel["instrument"], channel["boundary"]) == ("not stated (MLPerf Training power log)", None)


@pytest.mark.parametrize(
    "bad",
    [
        ':::MLLOG {"namespace": "", "time_ms": 17000000',
        "power 77",
        ":::MLLOG []",
        entry("power_reading", "soon", 5),
        entry("power_reading", None, 5),
        entry("loss", T, 5),
        "y" * 70_000,
    ],
)
def test_what_is_no_reading_is_a_reject(tmp_path, bad):
    found = read(mllog, write(tmp_path, {"node_1.txt": node(1) + bad}))
    assert found.column("rejects", "row_number") == [4]
    assert len(found["samples"]) == 1


@pytest.mark.parametrize(
    ("written", "value", "fault"),
    [(None, None, "not_available"), ("null", None, "not_available"), ("x", None, "not_a_number"), (-5, -5, "negative")],
)
def test_a_value_is_never_repaired(tmp_path, written, value, fault):
    (sample,) = read(mllog, write(tmp_path, {"node_1.txt": node(written)}))["samples"]
    assert (sample["value"], sample["fault"]) == (value, fault)


def test_lines_add_up(tmp_path):
    text = node(1, 2, 3) + "\n \nbad\n" + entry("eval_start")
    found = read_all(mllog, write(tmp_path, {"node_1.txt": text}))
    assert len(found["samples"]) + len(found["rejects"]) + 2 == lines_of(text)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
@pytest.mark.parametrize(("side", "kwh"), [("ac", 415.268), ("dc", 408.987)])
def test_gpt3_on_64_nodes(side, kwh):
    folder = SHARED / f"mlperf-training-power/v4.0/smc-{side}-power/results/64xSMC-H100-SXM-80GB/gpt3/power"
    found = read(mllog, sorted(folder.rglob("node_*.txt")))
    assert len(found["samples"]) == 108_889 and not found["rejects"]
    assert len({c["run_id"] for c in found["channels"]}) == 1
    nodes = defaultdict(list)
    for sample in found["samples"]:
        nodes[sample["file_index"]].append((sample["stated_us"], sample["value"]))
    joules = sum(
        (t2 - t1) / 1e6 * (w1 + w2) / 2 for series in nodes.values() for (t1, w1), (t2, w2) in pairwise(series)
    )
    assert joules / 3.6e6 == pytest.approx(kwh, abs=0.0005)
