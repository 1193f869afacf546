"""Figures that others state of their traces, through the whole path: pull, contracts, SQL, marts.measured_energy.

The figures are those of issue 6 and of the SOURCE.md beside the traces; each stands as it is printed there.
"""

import re

import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration.never_empty import wrongly_never_empty

pytestmark = pytest.mark.shared
H200 = "v4.1/closed/NVIDIA/results/H200-SXM-141GBx8_TRT_MaxQ"
# the mean by MLPerf's rule inside the stated window, W
MLPERF_MEANS = {
    "v1.0/closed/NVIDIA/results/DGX-A100_A100-SXM-80GBx8_TRT_MaxQ/dlrm-99/Server": (1_726, 600.0, 3477.295),
    "v2.0/closed/NVIDIA/results/Xavier_NX_TRT_MaxQ/3d-unet-99/Offline": (14_979, 14_942, 13.60),
    "v3.0/closed/Dell/results/XR5610_L4x1_TRT_MaxQ/retinanet/MultiStream": (13_322, 13_298, 634.956),
    f"{H200}/llama2-70b-99/Offline": (3_634, 3_116.7, 6152.984),
    f"{H200}/llama2-70b-99/Server": (3_056, 2_500.1, 6280.214),
    f"{H200}/mixtral-8x7b/Offline": (2_980, 2_591.8, 6154.804),
    f"{H200}/mixtral-8x7b/Server": (2_802, 2_423.8, 6174.896),
    f"{H200}/stable-diffusion-xl/Offline": (1_125, 674.9, 5573.811),
    f"{H200}/stable-diffusion-xl/Server": (830, 609.6, 5487.745),
    f"{H200}/gptj-99/Offline": (1_158, 1_056.4, 4775.27),
    f"{H200}/gptj-99/Server": (733, 630.9, 4722.561),
    "v4.1/closed/UntetherAI/results/h13_u3_slim/resnet50/singlestream": (692, 600, 231.118),
}


@pytest.fixture
def ask(measured):
    def rows(source: str, columns: str, condition: str = "true", by: str | None = None) -> list[tuple]:
        end = f" group by {by} order by {by}" if by else ""
        return measured.execute(
            f"select {columns} from marts.measured_energy where source_id = ? and ({condition}){end}",
            [f"power:{source}"],
        ).fetchall()

    return rows


def as_printed(printed: float, decimals: int) -> object:
    """Half a unit of the last digit, and a hair for a figure that lies in the middle."""
    return pytest.approx(printed, rel=0, abs=0.5001 * 10**-decimals)


@pytest.mark.parametrize("run", MLPERF_MEANS)
def test_mlperf_inference_by_its_rule(ask, run):
    samples, duration_s, watts = MLPERF_MEANS[run]
    condition = f"file_name = '{run}/performance/run_1/spl.txt' and is_part_of_channel is null"
    columns = "samples, duration_s, mean_of_positive_w, rule, boundary, is_measured, clock_reason is not null"
    found = ask("mlperf_inference_power", columns, f"{condition} and window_name != 'whole_trace'")
    rule = "mean_of_positive_inside"
    # the window's seconds are printed rounded or cut
    near = pytest.approx(duration_s, abs=0.2)
    # 13.605 is printed as 13.60
    decimals = {13.6: 1, 4775.27: 2}.get(watts, 3)
    assert found == [(samples, near, as_printed(watts, decimals), rule, "node_ac", True, True)]


def test_mlperf_inference_per_token(ask):
    ((watts,),) = ask(
        "mlperf_inference_power",
        "mean_of_positive_w",
        f"file_name = '{H200}/llama2-70b-99/Offline/performance/run_1/spl.txt' and window_name != 'whole_trace'"
        " and is_part_of_channel is null",
    )
    assert watts / 25_262.1 == as_printed(0.2436, 4)


def test_ptdaemon_reading_errors_are_counted_and_not_used(ask):
    condition = "file_name like 'v2.0/%/run_1/spl.txt' and window_name = 'whole_trace'"
    ((sentinels, lowest),) = ask("mlperf_inference_power", "sentinels, min_power_w", condition)
    assert sentinels == 5 and lowest > 0


def test_channels_of_a_meter_are_parts_of_its_total(ask):
    rows = ask(
        "mlperf_inference_power",
        "is_part_of_channel is null, sum(energy_kwh), count(*)",
        f"file_name = '{H200}/llama2-70b-99/Offline/performance/run_1/spl.txt' and window_name = 'whole_trace'",
        by="1",
    )
    (_, parts, channels), (_, total, totals) = rows
    assert (channels, totals) == (3, 1) and parts == pytest.approx(total, rel=1e-6)


@pytest.mark.parametrize(("meter", "kwh", "published"), [("ac", 415.268, 415.23), ("dc", 408.987, 408.93)])
def test_gpt3_on_512_cards(ask, meter, kwh, published):
    rows = ask(
        "mlperf_training_power",
        "sum(energy_kwh), count(*), sum(samples)",
        f"file_name like 'v4.0/smc-{meter}-power/%/gpt3/%' and window_name = 'power_measurement'",
    )
    assert rows == [(as_printed(kwh, 3), 64, 108_889)]
    # the publisher sums each reading times the interval after it
    assert rows[0][0] == pytest.approx(published, rel=2e-4)


def test_identical_nodes_are_reported_and_not_removed(ask):
    condition = "file_name like 'v4.0/smc-ac-power/%/gpt3/%' and window_name = 'power_measurement'"
    pairs = "count(*) filter (identical_series = 1) / 2, count(*) filter (identical_series > 1), count(*)"
    assert ask("mlperf_training_power", pairs, condition) == [(30, 0, 64)]


def test_the_sum_of_the_nodes_beside_the_total_that_is_stated(measured):
    """The query is the one of the page."""
    page = (PROJECT_ROOT / "docs" / "power-formats.md").read_text(encoding="utf-8")
    query = re.search(r"```\n(select\n.*?stated_run_total.*?)```", page, re.DOTALL)[1]
    found = {
        (run_id.split("/")[2], boundary): (nodes, round(kwh, 3), stated, unit)
        for run_id, boundary, nodes, kwh, stated, unit in measured.execute(query).fetchall()
    }
    assert found == {
        ("gpt3", "node_ac"): (64, 415.268, 415.23, "kWh"),
        ("gpt3", "node_dc"): (64, 408.987, 408.93, "kWh"),
        ("llama2_70b_lora", "node_ac"): (64, 10.515, 10.57, "kWh"),
        ("llama2_70b_lora", "node_dc"): (64, 10.274, 10.30, "kWh"),
    }


def test_no_single_node_is_said_to_have_the_total_of_its_run(ask):
    assert ask("mlperf_training_power", "count(stated_value), count(*) - count(instrument)") == [(0, 0)]


@pytest.mark.parametrize(("meter", "kwh"), [("ac", 10.515), ("dc", 10.274)])
def test_lora_on_64_nodes(ask, meter, kwh):
    condition = f"file_name like 'v4.0/smc-{meter}-power/%/llama2_70b_lora/%' and window_name = 'power_measurement'"
    assert ask("mlperf_training_power", "sum(energy_kwh), count(*)", condition) == [(as_printed(kwh, 3), 64)]


@pytest.mark.parametrize(("window", "microjoules"), [("window 1", 684_385.760), ("window 2", 685_263.330)])
def test_tiny_windows_exactly(ask, window, microjoules):
    condition = f"file_name like 'closed/OctoML/%/vww/%' and window_name = '{window}'"
    found = ask("mlperf_tiny_energy", "energy_kwh * 3.6e12, stated_value, samples, boundary", condition)
    assert found == [(as_printed(microjoules, 3), microjoules, 497_664, "chip")]


def test_tiny_windows_all_within_one_sample(ask):
    rows = ask("mlperf_tiny_energy", "energy_kwh * 3.6e12, stated_value", "window_name != 'whole_trace'")
    assert len(rows) == 20
    for microjoules, stated in rows:
        assert microjoules == pytest.approx(stated, rel=1e-4)


def test_a_wrapped_counter_of_codecarbon_is_repaired_and_flagged(ask):
    rows = ask(
        "grid5000_kwollect_ccgrid2023",
        "energy_kwh, stated_value, wraps_repaired",
        "run_id like '33c9e8f8%' and component = 'cpu'",
    )
    assert rows == [(as_printed(0.0027676, 7), as_printed(-0.0700500, 7), 1)]


def test_five_rows_of_codecarbon_wrapped(ask):
    rows = ask(
        "grid5000_kwollect_ccgrid2023",
        "count(*) filter (wraps_repaired > 0), count(*), min(energy_kwh) > 0",
        "file_name like '%emissions.csv' and component = 'cpu' and quantity_kind = 'run_total'",
    )
    assert rows == [(5, 133, True)]


def test_run_998_0_2_by_codecarbon(ask):
    rows = ask(
        "grid5000_kwollect_ccgrid2023",
        "energy_kwh, duration_s, is_measured",
        "file_name = 'GPU/GPU_20_04/998_0/emissions.csv' and component = 'total' and duration_s between 202 and 203",
    )
    assert [row[:2] for row in rows] == [(as_printed(0.0873, 4), as_printed(202.6, 1))]


# wall and BMC, J
GRID5000 = {"EP": (59_671, 53_357), "LU": (35_130, 31_166), "MG": (164_299, 146_900)}


def of_window(ask, window: str) -> dict[str, tuple]:
    rows = ask(
        "grid5000_kwollect_ccgrid2023",
        "channel, energy_kwh * 3.6e6, boundary, coverage_pct",
        f"window_name = '{window}' and (channel like '%wattmetre%' or channel like '%bmc%')",
    )
    return {"wall" if "wattmetre" in channel else "bmc": rest for channel, *rest in rows}


@pytest.mark.parametrize("run", GRID5000)
def test_benchmarks_by_wall_meter_and_bmc(ask, run):
    found, (wall, bmc) = of_window(ask, run), GRID5000[run]
    assert found["wall"][0] == as_printed(wall, 0)
    assert found["bmc"][0] == as_printed(bmc, 0)
    assert found["wall"][1] == "node_ac"


def test_run_998_0_2_by_wall_meter_and_bmc(ask):
    found = of_window(ask, "run_998_0_2")
    assert found["wall"][0] / 3.6e6 == as_printed(0.1127, 4)
    assert found["bmc"][0] / 3.6e6 == as_printed(0.1034, 4)


def test_carbontracker_holds_its_pue(ask):
    rows = ask(
        "grid5000_kwollect_ccgrid2023",
        "energy_kwh, facts",
        "file_name like '%carbontracker_output.log' and quantity_kind = 'run_total'",
    )
    assert all('"energy_includes_pue": true' in facts for _, facts in rows)
    # 60.07 s at 69.55 and 71.11 W times a PUE of 1.59, as the tool prints it
    assert 0.003732 in {energy for energy, _ in rows}


def test_kepler_idle_and_dynamic_are_both_there(ask):
    rows = ask(
        "kepler_prometheus",
        "channel, any_value(mean_power_w), any_value(quantity_kind)",
        "channel like 'package/0/%'",
        "channel",
    )
    assert rows == [
        ("package/0/dynamic", as_printed(27.6, 1), "counter"),
        ("package/0/idle", as_printed(28.1, 1), "counter"),
    ]


def test_powermetrics_without_the_summary_block(ask):
    condition = "file_name = 'data/Bloom-50-short.txt' and is_part_of_channel is null"
    ((duration_s, joules, samples),) = ask("macos_powermetrics", "duration_s, energy_kwh * 3.6e6, samples", condition)
    # the summary says 727,901.54 ms; with it as a sample both would be twice as much
    assert duration_s == pytest.approx(727.9, abs=1.1) and samples == 721
    (parts,) = ask(
        "macos_powermetrics",
        "sum(energy_kwh) * 3.6e6",
        "file_name = 'data/Bloom-50-short.txt' and is_part_of_channel is not null",
    )
    assert parts[0] == pytest.approx(joules, rel=1e-3)


def test_scaphandre_one_hour(ask, measured):
    condition = "file_name = 'formatted_power_data_one_hour.json' and channel = 'host'"
    ((joules, samples),) = ask("scaphandre_json", "energy_kwh * 3.6e6, samples", condition)
    trapezoid = measured.execute(
        """
        with host as (
            select stated_us, value, lag(stated_us) over rows as us_before, lag(value) over rows as before
            from raw.power__samples as samples
            join raw.power__channels as channels on samples.channel_key = cast(channels.channel_key as bigint)
            where file_name = 'formatted_power_data_one_hour.json' and channel = 'host'
            window rows as (order by samples.row_number)
        )
        select sum((value + before) / 2 * (stated_us - us_before)) / 1e12 from host
        """
    ).fetchall()
    assert trapezoid == [(as_printed(64_128, 0),)]
    # Cradle takes each value for the mean of the interval before it, which it is: 0.03 % less
    assert samples == 362 and joules == pytest.approx(64_128, rel=5e-4)


def test_nvidia_smi_rows(ask):
    rows = dict(ask("nvidia_smi", "file_name, max(samples)", "window_name = 'whole_trace'", "file_name"))
    folder = "GPU_Power_Benchmark/plotting/data/pwr_update_freq"
    assert {name: rows[f"{folder}/{name}_gpudata.csv"] for name in ("3090", "V100", "A100")} == {
        "3090": 31_031,
        "V100": 20_542,
        "A100": 16_002,
    }
    assert rows["GPU_Power_Benchmark/tests/MLPerf/data.csv"] == 12_792 and rows["plato/gpu_log.csv"] == 1_923


def test_versions_of_a_growing_file_are_runs_of_their_own(ask):
    rows = ask(
        "nvidia_smi",
        "file_name, sum(samples), count(distinct run_id), count(*)",
        "file_name like 'nanoGPT-fork/%'",
        "file_name",
    )
    assert sorted(row[1] for row in rows) == [5_112, 5_856, 6_240, 12_576, 21_392, 36_112]
    assert {row[2:] for row in rows} == {(1, 8)}
    runs = ask("nvidia_smi", "count(distinct run_id)", "file_name like 'nanoGPT-fork/%'")
    assert runs == [(6,)]


def test_a_local_time_stands_in_utc(ask):
    """nvidia-smi says 10:10:26 of British Summer Time where the meter beside it says 09:10:27 UTC."""
    rows = ask(
        "nvidia_smi",
        "epoch_ms(cast(min(begin_us) / 1000 as bigint))::varchar, any_value(clock_reason)",
        "file_name = 'GPU_Power_Benchmark/plotting/data/5050/3090/gpudata.csv'",
    )
    assert rows[0][1].startswith("local time, in the zone")
    assert ":" in rows[0][0]


def test_boamps_and_zeus(ask):
    assert ask("boamps", "energy_kwh, duration_s") == [(0.00267074, as_printed(19.09, 2))]
    assert ask("zeus", "samples, boundary, begin_us") == [(19, "card", None)]


def test_codecarbon_of_every_generation(ask):
    rows = ask("codecarbon", "file_name, count(*)", "component = 'total'", "file_name")
    assert rows == [
        ("AlejandroDopico2+FedHENet/emissions.csv", 14),
        ("BoAmps_llm_inference/codecarbon_file.csv", 104),
        ("EO-College+cubes-and-clouds/emissions.csv", 8),
        ("mlco2_examples/examples/emissions.csv", 26),
    ]


def test_what_is_said_to_be_never_empty_has_a_value_in_traces_of_all_formats(measured):
    assert wrongly_never_empty(measured, "measured_energy") == []


def test_no_sample_is_lost(measured):
    """Parquet files, channels and mart have as many; no energy comes of samples without times, or of one alone."""
    stored = measured.execute("select count(*) from raw.power__samples").fetchall()
    said = measured.execute(
        """
        select sum(n), sum(n) filter (is_timeless), sum(n) filter (n = 1 and not is_timeless)
        from (
            select cast(samples as bigint) as n, clock = 'none' and sample_rate_hz is null as is_timeless
            from raw.power__channels
        )
        """
    ).fetchall()
    ((in_mart,),) = measured.execute(
        "select sum(samples) from marts.measured_energy where window_name = 'whole_trace'"
    ).fetchall()
    ((samples, timeless, alone),) = said
    assert stored == [(samples,)]
    assert samples - timeless - alone <= in_mart <= samples
