"""nvidia-smi CSV: headers, units, several cards, cells without a number, and tables that say no watts."""

import pytest

from cradle.errors import ParseError
from ingest.power.formats import nvidia_smi
from tests.unit.power.traces import SHARED, lines_of, read, read_all, write

T = "2024/05/01 10:00:0{}.250"
HEADER = "timestamp, index, power.draw [W], power.draw.instant [W]\n"


def of(tmp_path, text: str):
    return read(nvidia_smi, write(tmp_path, {"log.csv": text}))


def test_header_and_cards(tmp_path):
    rows = "".join(f"{T.format(s)}, {gpu}, {100 + gpu}.50, {90 + s}.00\n" for s in (0, 1) for gpu in (0, 1))
    found = of(tmp_path, HEADER + rows)
    assert [(c["device_id"], c["channel"], c["is_part_of_channel"]) for c in found["channels"]] == [
        ("gpu 0", "power.draw", None),
        ("gpu 0", "power.draw.instant", "power.draw"),
        ("gpu 1", "power.draw", None),
        ("gpu 1", "power.draw.instant", "power.draw"),
    ]
    assert [s["value"] for s in found["samples"] if s["channel_index"] == 2] == [101.5, 101.5]
    assert {s["stated_us"] for s in found["samples"]} == {1714557600250000, 1714557601250000}
    assert {(c["clock"], c["boundary"], c["unit"]) for c in found["channels"]} == {("local", "card", "W")}


def test_units_in_the_cells_and_no_header(tmp_path):
    found = of(tmp_path, f"{T.format(0)}, 0 %, 20146 MiB, 27, 11.64 W\n{T.format(1)}, 0 %, 20146 MiB, 27, [N/A]\n")
    assert found.column("samples", "value") == [11.64, None]
    assert found.column("samples", "fault") == [None, "not_available"]


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("[N/A]", "not_available"),
        ("[Not Supported]", "not_available"),
        ("", "not_available"),
        ("[Unknown Error]", "error_text"),
        ("[GPU is lost]", "error_text"),
        ("NaN", "not_a_number"),
        ("-5.0", "negative"),
        ("1e308", None),
    ],
)
def test_cells_without_a_number(tmp_path, cell, fault):
    (sample,) = of(tmp_path, f"timestamp, power.draw [W]\n{T.format(0)}, {cell}\n")["samples"]
    assert sample["fault"] == fault
    assert (sample["value"] is None) == (fault not in (None, "negative"))


@pytest.mark.parametrize(
    ("header", "cell", "unit"),
    [
        ("power.draw [mW]", "100000", "mW"),
        ("power.draw [mW]", "100000 mW", "mW"),
        ("power.draw", "100000 mW", "mW"),
        ("power.draw [kW]", "0.1", "kW"),
        ("power.draw [MW]", "0.0001", "MW"),
        ("power.draw [Watts]", "100", "W"),
        ("power.draw []", "100", "W"),
        ("power.draw", "100", "W"),
        ("power_w", "100 W", "W"),
    ],
)
def test_a_unit_that_is_stated_is_taken(tmp_path, header, cell, unit):
    names = f"timestamp, gpu_index, {header}\n"
    found = of(tmp_path, names + "".join(f"{T.format(s)}, 0, {cell}\n" for s in (0, 1)))
    assert found.column("channels", "unit") == [unit]
    assert found.column("samples", "value") == [float(cell.split()[0])] * 2 and not found["rejects"]


def test_each_column_has_its_own_unit(tmp_path):
    header = "timestamp, power.draw [W], power.draw.instant [mW]\n"
    found = of(tmp_path, header + "".join(f"{T.format(s)}, 100, 99000\n" for s in (0, 1)))
    assert [(c["channel"], c["unit"]) for c in found["channels"]] == [
        ("power.draw", "W"),
        ("power.draw.instant", "mW"),
    ]


def test_milliwatts_without_a_header(tmp_path):
    found = of(tmp_path, "".join(f"{T.format(s)}, 27 %, 11640 mW\n" for s in (0, 1)))
    assert (found.column("channels", "unit"), found.column("samples", "value")) == (["mW"], [11640, 11640])


@pytest.mark.parametrize(
    ("header", "cells", "got"),
    [
        ("power.draw [hp]", ("1", "1"), "hp"),
        ("power.draw [mw]", ("1", "1"), "mw"),
        ("power.draw [J]", ("1", "1"), "J"),
        ("power.draw", ("1 hp", "1 hp"), "hp"),
        ("power.draw [W]", ("1 mW", "1 mW"), "W and mW"),
        ("power.draw", ("1 W", "1 mW"), "W and mW"),
        ("power_w [mW]", ("1", "1"), "W and mW"),
    ],
)
def test_a_unit_that_is_not_known_or_stands_there_in_two_ways_is_refused(tmp_path, header, cells, got):
    rows = "".join(f"{T.format(s)}, 0, {cell}\n" for s, cell in enumerate((*cells, cells[-1])))
    with pytest.raises(ParseError, match="unit that its values are not read in") as error:
        of(tmp_path, f"timestamp, gpu_index, {header}\n{rows}")
    assert f"got: {got}" in str(error.value) and "log.csv" in str(error.value)


def test_a_second_log_with_other_columns_or_units_is_refused(tmp_path):
    rows = "".join(f"{T.format(s % 10)}, 5.00\n" for s in range(5_000))
    first = f"timestamp, power.draw [W]\n{rows}"
    assert len(of(tmp_path, first + first)["samples"]) == 10_000
    with pytest.raises(ParseError, match="second header") as error:
        of(tmp_path, first + first.replace("[W]", "[mW]"))
    assert error.value.where == "log.csv, line 5002" and "[mW]" in error.value.got


def test_another_unit_further_down_is_no_number(tmp_path):
    rows = "".join(f"{T.format(s % 10)}, 5.00 W\n" for s in range(60)) + f"{T.format(0)}, 5000.00 mW\n"
    found = of(tmp_path, "timestamp, power.draw [W]\n" + rows)
    assert [s["fault"] for s in found["samples"] if s["fault"]] == ["not_a_number"]


def test_interleaved_cards_without_an_index(tmp_path):
    rows = "".join(f"{T.format(s)}, {100 + s + 10 * gpu}.00 W\n" for s in (0, 1, 2) for gpu in (0, 1))
    found = of(tmp_path, "timestamp, power.draw [W]\n" + rows)
    assert found.column("channels", "device_id") == ["gpu 0", "gpu 1"]
    assert "order" in found["channels"][0]["facts"]
    assert [s["value"] for s in found["samples"] if s["channel_index"] == 1] == [110, 111, 112]


def test_one_card_with_a_time_twice_stays_one_card(tmp_path):
    found = of(tmp_path, "timestamp, power.draw [W]\n" + "".join(f"{T.format(s)}, 5.00\n" for s in (0, 1, 1, 2)))
    assert found.column("channels", "device_id") == [None]


def test_watts_alone(tmp_path):
    found = of(tmp_path, "28.44\n28.45\n\n101.50\n")
    assert found.column("samples", "value") == [28.44, 28.45, 101.5]
    assert found.column("samples", "stated_us") == [None] * 3
    assert found["channels"][0]["clock"] == "none"


def test_a_script_with_a_header_of_its_own(tmp_path):
    header = "timestamp,gpu_index,temperature_C,utilization_gpu_percent,power_W\n"
    found = of(tmp_path, header + "2024-05-01T10:00:00.250Z,7, 48, 100, 397.30\n")
    (channel,) = found["channels"]
    assert (channel["device_id"], channel["clock"]) == ("gpu 7", "offset")
    assert found["samples"][0]["stated_us"] == 1714557600250000


@pytest.mark.parametrize(
    "bad", ["2024/05/01 10:0", f"{T.format(3)}, 0, 5.00", "yesterday, 0, 5.00, 6.00", "Failed to initialize NVML"]
)
def test_what_is_no_row_is_a_reject(tmp_path, bad):
    text = HEADER + f"{T.format(0)}, 0, 5.00, 6.00\n" + HEADER + "\n" + bad
    found = of(tmp_path, text)
    assert found.column("rejects", "row_number") == [5]
    assert len(found["samples"]) == 2 and lines_of(text) == 4


def test_a_cut_value_is_told_by_its_lost_unit(tmp_path):
    found = of(tmp_path, f"{T.format(0)}, 27, 111.64 W\n{T.format(1)}, 27, 11")
    assert len(found["samples"]) == 1 and "cut" in found["rejects"][0]["reason"]


def test_header_only_and_empty(tmp_path):
    assert of(tmp_path, HEADER)["samples"] == []
    assert read_all(nvidia_smi, write(tmp_path, {"empty.csv": ""}))["samples"] == []
    assert not nvidia_smi.sniff(b"", tmp_path)


def test_columns_that_do_not_say_watts_are_refused(tmp_path):
    with pytest.raises(ParseError, match="No column of the file says that it is watts"):
        of(tmp_path, f"{T.format(0)}, 27, 11.64\n")


@pytest.mark.parametrize("head", ["timestamp\n1688840908467478\n", "1688840908467478\n", "a,b\n1,2\n", "13,16\n", "x"])
def test_other_tables_are_not_of_the_format(tmp_path, head):
    assert not nvidia_smi.sniff(head.encode(), tmp_path)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
@pytest.mark.parametrize(
    ("file", "rows", "devices"),
    [
        ("GPU_Power_Benchmark/plotting/data/pwr_update_freq/3090_gpudata.csv", 31_031, 1),
        ("GPU_Power_Benchmark/tests/MLPerf/data.csv", 12_792, 1),
        ("nanoGPT-fork/gpu_metrics.b443a1c3.csv", 36_112, 8),
        ("plato/gpu_log.csv", 1_923, 1),
        ("fast_llm_inference/power_log.csv", 257, 1),
    ],
)
def test_real_files(file, rows, devices):
    found = read(nvidia_smi, [SHARED / "nvidia-smi" / file])
    assert len({s["row_number"] for s in found["samples"]}) == rows
    assert len({c["device_id"] for c in found["channels"]}) == devices
    assert not found["rejects"] and set(found.column("samples", "fault")) == {None}
