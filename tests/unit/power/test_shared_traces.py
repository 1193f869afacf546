"""Every shared trace is read: how many samples and run totals each format has, none of them lost or named twice."""

from collections import Counter

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.power import detect
from ingest.power.said import declare
from ingest.power.take import take_traces
from ingest.sidecar import read as read_sidecar
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


def landed(db, folder):
    """The tables of a set that is pulled from its folder by one command, with nothing said but the zone."""
    sidecar = read_sidecar(PROJECT_ROOT / "ingest" / "power" / "source.yml")
    take_traces(sidecar, [SHARED / folder], declare([SHARED / folder], timezone="UTC"), db)
    return duckdb.connect(str(db), read_only=True)


def test_the_archive_of_power_hungry_processing(tmp_path):
    """Counts and 1,290.0 kWh as its SOURCE.md says: 6,513 logs of runs and 56 tables."""
    with landed(tmp_path / "landing.duckdb", "codecarbon_power_hungry") as con:
        found = con.execute(
            "select count(distinct file_name), round(sum(cast(energy_kwh as double)), 1) from raw.power__run_totals"
            " where file_name like '%/data/emissions/base/%'"
            " union all select count(distinct file_name), null from raw.power__run_totals"
        ).fetchall()
    assert found == [(6_513, 1_290.0), (6_569, None)]


def test_the_archive_of_mlperf_power_logs(tmp_path):
    """1,856 logs with 1,349,723 lines of samples, beside those of the channels of some meters."""
    with landed(tmp_path / "landing.duckdb", "bulk") as con:
        found = con.execute(
            "select count(distinct file_name), sum(cast(samples as bigint)) filter (channel = 'total')"
            " from raw.power__channels"
        ).fetchall()
    assert found == [(1_856, 1_349_723)]
