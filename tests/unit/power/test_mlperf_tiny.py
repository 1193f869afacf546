"""MLPerf Tiny traces: energy per sample, windows by rows, and the published figure of each."""

import json
import math
import struct

import pytest

from ingest.power.formats import mlperf_tiny
from tests.unit.power.traces import SHARED, read, read_all, write

RESULTS = """
00001.000 ulp-ml: Energy data for window 2 at time 0.01 for 0.02 sec.:
00001.000 ulp-ml:   Energy       :   9.500 uJ
00001.000 ulp-ml: Energy data for window 10 at time 0.04 for 0.02 sec.:
00001.000 ulp-ml:   Energy       :   12.250 uJ
00001.000 ulp-ml: Performance results for window 2:
00001.000 ulp-ml:   # Inferences :           40
00001.000 ulp-ml: Performance results for window 10:
00001.000 ulp-ml:   # Inferences :           41
"""


def trace(*energy: float, rate: float = 1000.0) -> bytes:
    return struct.pack("<Bf", 0xF1, rate) + struct.pack(f"<{len(energy)}f", *energy)


def test_a_trace_with_windows(tmp_path):
    files = {
        "trace1-energy.bin": trace(*(0.5 * n for n in range(70))),
        "trace1-timestamps.json": "[\n0.001,\n0.010,\n0.030,\n0.040,\n0.060\n]",
        "results.txt": RESULTS,
    }
    found = read(mlperf_tiny, write(tmp_path, files))
    assert found.column("samples", "value") == [0.5 * n for n in range(70)]
    assert found.column("samples", "row_number") == list(range(1, 71))
    assert [(w["begin_row"], w["end_row"], w["stated_value"]) for w in found["windows"]] == [
        (11, 31, 9.5),
        (41, 61, 12.25),
    ]
    assert [(w["window_name"], w["quantity"]) for w in found["work"]] == [("window 1", 40), ("window 2", 41)]
    (channel,) = found["channels"]
    assert (channel["unit"], channel["quantity_kind"], channel["sample_rate_hz"], channel["clock"]) == (
        *("uJ", "delta", 1000, "none"),
    )


def test_a_cut_trace_keeps_its_whole_samples(tmp_path):
    found = read(mlperf_tiny, write(tmp_path, {"a.bin": trace(1, 2, 3)[:-2]}))
    assert found.column("samples", "value") == [1, 2]
    (reject,) = found["rejects"]
    assert reject["row_number"] == 3 and "2 bytes" in reject["reason"]


def test_faults(tmp_path):
    found = read(mlperf_tiny, write(tmp_path, {"a.bin": trace(math.nan, math.inf, -1, 0, 2**100)}))
    assert found.column("samples", "fault") == ["not_a_number", "not_a_number", "negative", None, None]
    assert found.column("samples", "value") == [None, None, -1, 0, 2.0**100]


@pytest.mark.parametrize("times", ["", "{}", "[0, 1, 2, 3]", "[0, 2, 1]", "[0, -1, 1]", '["a"]', "[0, 1, 1e999]"])
def test_damaged_times_are_a_note(tmp_path, times):
    files = {"trace1-energy.bin": trace(1, 2), "trace1-timestamps.json": times}
    found = read(mlperf_tiny, write(tmp_path, files))
    assert len(found["samples"]) == 2 and not found["windows"] and len(found.notes) == 1


def test_other_results_are_stated_for_no_window(tmp_path):
    files = {"trace1-energy.bin": trace(1), "trace1-timestamps.json": json.dumps([0, 0, 1]), "results.txt": RESULTS}
    found = read(mlperf_tiny, write(tmp_path, files))
    assert found["windows"][0]["stated_value"] is None and not found["work"]


def test_header_only(tmp_path):
    assert read(mlperf_tiny, write(tmp_path, {"a.bin": trace()}))["samples"] == []


@pytest.mark.parametrize("content", [b"", b"\xf1", trace(1, rate=-5), trace(1, rate=math.nan), b"\xf2" + trace(1)[1:]])
def test_other_bytes_are_not_of_the_format(tmp_path, content):
    (path,) = write(tmp_path, {"a.bin": content})
    assert not mlperf_tiny.sniff(content, path)
    assert len(read_all(mlperf_tiny, [path])["rejects"]) == 1


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
def test_known_energies():
    paths = sorted(
        (SHARED / "mlperf-tiny-energy/closed/OctoML/results/microtvm_native/NUCLEO_L4R5ZI/vww").rglob("*.bin")
    )
    found = read(mlperf_tiny, paths)
    values = found.column("samples", "value")
    assert len(values) == 497_664
    energies = [sum(values[w["begin_row"] - 1 : w["end_row"] - 1]) for w in found["windows"]]
    assert energies[:2] == pytest.approx([684385.760, 685263.330], abs=0.0005)
    assert energies == pytest.approx([w["stated_value"] for w in found["windows"]], rel=1e-4)
