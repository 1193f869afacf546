"""Every shared trace is read: how many samples and run totals each format has, none of them lost or named twice."""

from collections import Counter

import pytest

from ingest.power import detect
from tests.unit.power.traces import SHARED, read_all

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power"),
]
# format -> folder, samples, run totals
TRACES = {
    "boamps": ("boamps", 0, 1),
    "carbontracker": ("grid5000_kwollect_ccgrid2023", 1_540, 242),
    "codecarbon": (".", 0, 287),
    "energyscope": ("grid5000_kwollect_ccgrid2023", 455_525, 0),
    "impact_tracker": ("grid5000_kwollect_ccgrid2023", 134, 0),
    "kwollect": ("grid5000_kwollect_ccgrid2023", 73_094, 0),
    "mllog": ("mlperf-training-power", 225_736, 0),
    "mlperf_tiny": ("mlperf-tiny-energy", 1_205_248, 0),
    "nvidia_smi": ("nvidia-smi", 296_425, 0),
    "perf_energy": ("grid5000_kwollect_ccgrid2023", 42_816, 0),
    "powerapi": ("grid5000_kwollect_ccgrid2023", 97_448, 0),
    "powermetrics": ("macos-powermetrics", 14_216, 0),
    "prometheus": ("kepler-prometheus", 210, 0),
    "ptdaemon": ("mlperf-inference-power", 260_985, 0),
    "scaphandre": (".", 3_714, 0),
    "zeus": ("zeus", 19, 0),
}


@pytest.mark.parametrize("name", TRACES)
def test_a_format(name):
    folder, samples, totals = TRACES[name]
    paths = sorted(path for path in (SHARED / folder).rglob("*") if path.is_file())
    traces = detect.sort_files(paths).traces[name]
    found = read_all(detect.module_of(name), traces)
    assert (len(found["samples"]), len(found["run_totals"]), found["rejects"]) == (samples, totals, [])
    keys = Counter((s["file_index"], s["channel_index"], s["row_number"]) for s in found["samples"])
    assert not samples or max(keys.values()) == 1
    channels = {(c["file_index"], c["device_id"], c["channel"]) for c in found["channels"]}
    assert len(channels) == len(found["channels"])
    told = {s["file_index"] for s in found["samples"]} | {t["file_index"] for t in found["run_totals"]}
    assert told == set(range(len(traces)))
