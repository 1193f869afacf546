"""The formats that are JSON or text blocks: what each record is, and what is none."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.power.formats import (
    boamps,
    carbontracker,
    impact_tracker,
    json_records,
    powermetrics,
    prometheus,
    scaphandre,
)
from tests.unit.power.traces import SHARED, read, read_all, write

S = 1714557600.25
US = 1714557600_250000


def told(found, *names: str) -> list[tuple]:
    return [tuple(channel[name] for name in names) for channel in found["channels"]]


def step(second: int, watts: float) -> dict:
    domains = [{"name": "core", "consumption": 3.0, "timestamp": S + second - 0.05}]
    domains.append({"name": "dram", "consumption": 1.0, "timestamp": S + second - 0.04})
    sockets = [{"id": 0, "consumption": 5.0, "domains": domains, "timestamp": S + second - 0.06}]
    host = {"consumption": watts, "timestamp": S + second, "components": {"disks": []}}
    return {"host": host, "consumers": [{"exe": "secret", "consumption": 9.0, "timestamp": S}], "sockets": sockets}


class TestScaphandre:
    def test_host_sockets_and_domains_have_times_of_their_own(self, tmp_path):
        first = {"host": {"consumption": 0.0, "timestamp": S}, "consumers": [], "sockets": []}
        found = read(scaphandre, write(tmp_path, {"s.json": json.dumps([first, step(10, 22839456.5)])}))
        assert told(found, "channel", "unit", "is_part_of_channel") == [
            ("host", "uW", None),
            ("socket 0", "uW", "host"),
            ("socket 0/core", "uW", "socket 0"),
            ("socket 0/dram", "uW", "host"),
        ]
        host = [(s["row_number"], s["stated_us"], s["value"]) for s in found["samples"] if s["channel_index"] == 0]
        assert host == [(1, US, 0), (2, US + 10_000_000, 22839456.5)]
        assert "secret" not in str(found.tables)

    @pytest.mark.parametrize("end", ["", "]", "\n", ",", '\n,{"host":{"consu'])
    def test_the_end_may_be_missing(self, tmp_path, end):
        found = read(scaphandre, write(tmp_path, {"s.json": json.dumps([step(0, 1), step(10, 2)])[:-1] + end}))
        assert len({s["row_number"] for s in found["samples"]}) == 2
        assert len(found["rejects"]) == ("consu" in end)

    def test_nan_is_no_number(self, tmp_path):
        text = json.dumps([step(0, float("nan")), step(1, 1e308)])
        found = read(scaphandre, write(tmp_path, {"s.json": text}))
        host = [(s["value"], s["fault"]) for s in found["samples"] if s["channel_index"] == 0]
        assert host == [(None, "not_a_number"), (1e308, None)]


HEAD = "*** {} system activity (Wed May  1 12:00:0{} 2024 +0200) ({}ms elapsed) ***\n\n"
BODY = (
    "CPU Power: {} mW\nGPU Power: 18 mW\nANE Power: 0 mW\nCombined Power (CPU + GPU + ANE): 142 mW\n\n"
    "GPU Power: 18 mW\n"
)


class TestPowermetrics:
    def test_blocks(self, tmp_path):
        text = (
            "Machine model: X\n\n"
            + HEAD.format("Sampled", 0, "1007.08")
            + "**** Processor usage ****\n"
            + BODY.format(124)
        )
        text += (
            HEAD.format("Sampled", 1, "1000")
            + BODY.format(125)
            + HEAD.format("Summary", 1, "2007.08")
            + BODY.format(124)
        )
        found = read(powermetrics, write(tmp_path, {"p.txt": text}))
        assert told(found, "channel", "unit", "quantity_kind", "is_part_of_channel")[-1][1:3] == ("mW", "interval_mean")
        by_channel = {c["channel"]: c["channel_index"] for c in found["channels"]}
        cpu = [s for s in found["samples"] if s["channel_index"] == by_channel["CPU Power"]]
        assert [(s["row_number"], s["interval_s"], s["value"]) for s in cpu] == [(3, 1.00708, 124), (12, 1, 125)]
        assert cpu[0]["stated_us"] == 1714557600_000000
        assert len(found["samples"]) == 8 and "no sample" in found.notes[0]
        combined = next(c for c in found["channels"] if c["channel"] == "Combined Power")
        assert combined["is_part_of_channel"] is None

    @pytest.mark.parametrize(
        "bad", [HEAD.format("Sampled", 1, "1000")[:40], HEAD.format("Sampled", 1, "1000") + "CPU Po"]
    )
    def test_a_cut_block_is_a_reject(self, tmp_path, bad):
        text = HEAD.format("Sampled", 0, "1000") + BODY.format(124) + bad
        found = read(powermetrics, write(tmp_path, {"p.txt": text}))
        assert len(found["samples"]) == 4 and len(found["rejects"]) == 1


EPOCHS = """2024-05-01 10:00:00 - carbontracker version 1.1.6
2024-05-01 10:00:00 - Only predicted and actual consumptions are multiplied by a PUE coefficient of 1.59 (someone).
2024-05-01 10:01:00 - Epoch 1:
2024-05-01 10:01:00 - Duration: 0:01:00.02
2024-05-01 10:01:00 - Average power usage (W) for gpu: [44.969      46.5165
 46.8485  ]
2024-05-01 10:01:00 - Average power usage (W) for cpu: [70.5  nan]
"""
PRINTED = """2024-05-01 10:02:00 - CarbonTracker: The following components were found: CPU with device(s) cpu:1.
2024-05-01 10:02:00 - CarbonTracker:
Actual consumption for 1 epoch(s):
\tTime:\t0:01:00
\tEnergy:\t0.003732 kWh
\tCO2eq:\t1.097979 g
2024-05-01 10:02:00 - CarbonTracker:
Predicted consumption for 9 epoch(s):
\tTime:\t0:09:00
\tEnergy:\t0.033588 kWh
"""


class TestCarbontracker:
    def test_epochs(self, tmp_path):
        found = read(carbontracker, write(tmp_path, {"x_carbontracker.log": EPOCHS}))
        assert told(found, "device_id", "unit", "boundary") == [
            *((f"gpu {n}", "W", "card") for n in range(3)),
            *((f"cpu {n}", "W", "chip") for n in range(2)),
        ]
        assert found.column("samples", "value") == [44.969, 46.5165, 46.8485, 70.5, None]
        assert set(found.column("samples", "interval_s")) == {60.02}
        assert found.column("samples", "row_number") == [5, 5, 5, 7, 7]
        assert not found["run_totals"]

    @pytest.mark.parametrize(("beside", "pue"), [({"x_carbontracker.log": EPOCHS}, "1.59"), ({}, None)])
    def test_what_it_printed_includes_the_pue(self, tmp_path, beside, pue):
        paths = write(tmp_path, {"x_carbontracker_output.log": PRINTED, **beside})
        (total,) = read(carbontracker, paths)["run_totals"]
        assert (total["energy_kwh"], total["duration_s"], total["pue"]) == ("0.003732", "60", pue)
        assert total["emissions_kgco2e"] == "0.001097979"
        assert json.loads(total["facts"]) == {"energy_includes_pue": True, "epochs": "1"}

    def test_a_cut_array_is_a_reject(self, tmp_path):
        cut = EPOCHS[: EPOCHS.index("46.5165")]
        found = read(carbontracker, write(tmp_path, {"x_carbontracker.log": cut}))
        assert not found["samples"] and found.column("rejects", "row_number") == [5]


class TestImpactTracker:
    def test_records(self, tmp_path):
        record = {"timestamp": S, "rapl_power_draw_absolute": 144.7, "nvidia_draw_absolute": 471.84}
        record["rapl_estimated_attributable_power_draw"] = 1.5
        lines = json.dumps(record) + "\n" + json.dumps({**record, "timestamp": S + 5}) + "\n" + json.dumps(record)[:50]
        found = read(impact_tracker, write(tmp_path, {"data.json": lines}))
        assert told(found, "channel", "component", "is_measured", "is_part_of_channel") == [
            ("rapl_power_draw_absolute", "cpu", True, None),
            ("nvidia_draw_absolute", "gpu", True, None),
            ("rapl_estimated_attributable_power_draw", "cpu", False, "rapl_power_draw_absolute"),
        ]
        assert found.column("samples", "value")[:2] == [144.7, 144.7]
        assert found.column("rejects", "row_number") == [3]


REPORT = {
    "header": {"reportId": "r-1"},
    "task": {
        "taskStage": "inference",
        "taskFamily": "chatbot",
        "nbRequest": 1,
        "dataset": [{"dataUsage": "output", "dataType": "token", "dataQuantity": 828}],
    },
    "measures": [
        {
            "measurementMethod": "codecarbon",
            "version": "2.5.0",
            "cpuTrackingMode": "constant",
            "gpuTrackingMode": "nvml",
            "powerConsumption": 0.00267074,
            "measurementDuration": 19.09,
        }
    ],
}


class TestBoamps:
    def test_power_consumption_is_kilowatt_hours(self, tmp_path):
        found = read(boamps, write(tmp_path, {"b.json": json.dumps(REPORT)}))
        (total,) = found["run_totals"]
        assert (total["run_id"], total["energy_kwh"], total["duration_s"]) == ("r-1", "0.00267074", "19.09")
        assert (total["cpu_is_measured"], total["gpu_is_measured"]) == (False, True)
        assert total["instrument"] == "codecarbon 2.5.0"
        assert [(w["work_unit"], w["quantity"]) for w in found["work"]] == [("output_token", 828), ("request", 1)]

    @pytest.mark.parametrize(
        ("mode", "is_measured"),
        [("RAPL", True), ("Constant", False), ("cpu_load", False), ("wattmeter", None), (None, None), (1, None)],
    )
    def test_a_constant_and_a_load_are_no_measurement(self, tmp_path, mode, is_measured):
        measure = {**REPORT["measures"][0], "cpuTrackingMode": mode}
        found = read(boamps, write(tmp_path, {"b.json": json.dumps({**REPORT, "measures": [measure]})}))
        assert found.column("run_totals", "cpu_is_measured") == [is_measured]

    def test_a_cut_report_is_refused(self, tmp_path):
        with pytest.raises(ParseError, match=r"b\.json"):
            read(boamps, write(tmp_path, {"b.json": json.dumps(REPORT)[:-20]}))

    def test_a_report_without_measures_is_a_reject(self, tmp_path):
        text = '{"header": {}, "measures": null, "x": {"powerConsumption": 1}}'
        assert len(read(boamps, write(tmp_path, {"b.json": text}))["rejects"]) == 1


def series(name: str, *values: tuple, **labels: str) -> dict:
    return {"metric": {"__name__": name, "instance": "n-1", **labels}, "values": [list(v) for v in values]}


class TestPrometheus:
    def test_kepler_modes_are_series_and_packages_hold_cores(self, tmp_path):
        labels = {"package": "0", "source": "rapl-sysfs"}
        content = {
            "kepler_node_core_joules_total": [series("kepler_node_core_joules_total", (S, "5"), mode="idle", **labels)],
            "kepler_node_package_joules_total": [
                series("kepler_node_package_joules_total", (S, "10.5"), (S + 15, "20"), mode=mode, **labels)
                for mode in ("idle", "dynamic")
            ],
            "kepler_container_joules_total": [series("kepler_container_joules_total", (S, "1"))],
            "kepler_node_info": [series("kepler_node_info", (S, "1"))],
        }
        found = read(prometheus, write(tmp_path, {"k.json": json.dumps(content)}))
        assert told(found, "device_id", "channel", "unit", "quantity_kind", "is_part_of_channel", "is_measured") == [
            ("n-1", "core/0/idle", "J", "counter", "package/0/idle", True),
            ("n-1", "package/0/idle", "J", "counter", None, True),
            ("n-1", "package/0/dynamic", "J", "counter", None, True),
        ]
        assert [(s["row_number"], s["stated_us"], s["value"]) for s in found["samples"]][:3] == [
            (1, US, 5),
            (2, US, 10.5),
            (3, US + 15_000_000, 20),
        ]
        assert "2 metrics" in found.notes[0]

    def test_a_response_of_the_api_with_dcgm(self, tmp_path):
        result = [series("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", (S, "123456"), (S, "NaN"), gpu="0", UUID="GPU-1")]
        result += [series("DCGM_FI_DEV_POWER_USAGE", (S, "71.5"), ("x", "1"), gpu="0", UUID="GPU-1")]
        content = {"status": "success", "data": {"resultType": "matrix", "result": result}}
        found = read(prometheus, write(tmp_path, {"d.json": json.dumps(content)}))
        assert told(found, "device_id", "unit", "quantity_kind", "boundary") == [
            ("GPU-1/0", "mJ", "counter", "card"),
            ("GPU-1/0", "W", "gauge", "card"),
        ]
        assert [s["fault"] for s in found["samples"]] == [None, "not_a_number", None]
        assert found.column("rejects", "row_number") == [4]

    def test_a_cut_file_is_refused(self, tmp_path):
        text = json.dumps([series("DCGM_FI_DEV_POWER_USAGE", (S, "1"))])[:-3]
        with pytest.raises(ParseError, match=r"d\.json"):
            read(prometheus, write(tmp_path, {"d.json": text}))


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.integers(), st.text(), st.dictionaries(st.text(), st.integers())), max_size=6), st.booleans()
)
def test_records_of_an_array_and_of_lines(values, is_array):
    text = json.dumps(values) if is_array else "\n".join(json.dumps(value) for value in values)
    found = list(json_records.records(text))
    assert len(found) == len(values) and all(damage is None for _, _, damage in found)


@given(st.text(max_size=60))
def test_any_text_ends(text):
    assert len(list(json_records.records(text))) <= len(text)


def test_a_json_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(json_records, "BYTES_MAX", 10)
    with pytest.raises(ParseError, match="too large"):
        read(scaphandre, write(tmp_path, {"s.json": json.dumps([step(0, 1)])}))


MODULES = [boamps, carbontracker, impact_tracker, powermetrics, prometheus, scaphandre]


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\0\1\2\xff\xfe", b"x" * 100_000, b"<html>", b"{", b"[" * 50_000])
def test_other_content_is_not_of_the_format(tmp_path, module, content):
    assert not module.sniff(content, tmp_path / "x.json")


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("content", [b"", b"[" * 50_000, b"plain words", b'{"a": NaN}', b"\xff\xfe\0"])
def test_forced_upon_other_content(tmp_path, module, content):
    paths = write(tmp_path, {"x.json": content})
    try:
        found = read_all(module, paths)
    except ParseError as error:
        assert "x.json" in str(error)
    else:
        assert not found["samples"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
class TestRealFiles:
    def test_scaphandre(self):
        found = read(scaphandre, [SHARED / "scaphandre-json/formatted_power_data_one_hour.json"])
        (host,) = (c["channel_index"] for c in found["channels"] if c["channel"] == "host")
        rows = [(s["stated_us"], s["value"]) for s in found["samples"] if s["channel_index"] == host]
        assert len(rows) == 362 and not found["rejects"]
        joules = sum((t2 - t1) / 1e6 * (a + b) / 2e6 for (t1, a), (t2, b) in pairwise(rows))
        assert joules == pytest.approx(64_128, abs=1)

    def test_powermetrics(self):
        found = read(powermetrics, [SHARED / "macos-powermetrics/data/OPT-50-short.txt"])
        assert len({s["row_number"] for s in found["samples"]}) == 1268  # and one summary
        assert not found["rejects"] and len(found.notes) == 1

    def test_carbontracker(self):
        folder = SHARED / "grid5000_kwollect_ccgrid2023/GPU/CPU_08_11/116_0/carbontracker"
        found = read(carbontracker, sorted(folder.glob("2022-11-08T025051Z*")))
        first = min(found.column("samples", "row_number"))
        samples = [s for s in found["samples"] if s["row_number"] == first and s["file_index"] == 0]
        total = found["run_totals"][0]
        joules = sum(s["value"] * s["interval_s"] for s in samples) * float(total["pue"])
        assert joules / 3.6e6 == pytest.approx(float(total["energy_kwh"]), abs=5e-7)

    def test_kepler(self):
        found = read(prometheus, sorted((SHARED / "kepler-prometheus").rglob("*.json")))
        assert len(found["channels"]) == 30 and not found["rejects"]
        names = {c["channel_index"]: c["channel"] for c in found["channels"]}
        watts = 0.0
        for mode in ("idle", "dynamic"):
            rows = [s for s in found["samples"] if names[s["channel_index"]] == f"package/0/{mode}"]
            watts += (rows[-1]["value"] - rows[0]["value"]) / (rows[-1]["stated_us"] - rows[0]["stated_us"]) * 1e6
        assert watts == pytest.approx(27.6 + 28.1, abs=0.1)
