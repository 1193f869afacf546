"""The formats that are tables of series: what each column is, and what is no row."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from cradle.paths import PROJECT_ROOT
from ingest.power.formats import (
    alumet,
    energyscope,
    gpu_dmon,
    kwollect,
    perf_energy,
    plain_csv,
    powerapi,
    scaphandre,
    zeus,
)
from tests.unit.power.traces import SHARED, lines_of, read, read_all, write

T = "2024-05-01 10:00:0{}.250000"
US = 1714557600_250000


def told(found, *names: str) -> list[tuple]:
    return [tuple(channel[name] for name in names) for channel in found["channels"]]


class TestKwollect:
    LONG = ",timestamp,device_id,metric_id,value,labels._device_orig\n"
    PORTS = "\"['w-port6', 'w-port7']\""

    def test_records(self, tmp_path):
        rows = f"0,{T.format(0)},node-1,wattmetre_power_watt,1163.179,{self.PORTS}\n"
        rows += f"1,{T.format(1)},node-1,bmc_node_power_watt,1044.0,\n"
        found = read(kwollect, write(tmp_path, {"k.csv": self.LONG + rows}))
        assert told(found, "device_id", "channel", "boundary", "sensor_interval_s") == [
            ("node-1", "wattmetre_power_watt", "node_ac", 1),
            ("node-1", "bmc_node_power_watt", None, 5),
        ]
        assert [(s["stated_us"], s["value"]) for s in found["samples"]] == [(US, 1163.179), (US + 1_000_000, 1044)]
        assert not found["rejects"]

    def test_a_metric_that_is_no_power_is_a_reject(self, tmp_path):
        rows = f"0,{T.format(0)},node-1,bmc_ambient_temp_celsius,21,\n0,{T.format(0)},node-1,wattmetre_power_watt,1,\n"
        found = read(kwollect, write(tmp_path, {"k.csv": self.LONG + rows}))
        assert found.column("rejects", "row_number") == [2] and len(found["samples"]) == 1

    def test_a_wide_table_has_holes(self, tmp_path):
        text = "timestamp,wattmetre_power_watt,timestamp_sec,bmc_node_power_watt\n"
        text += (
            "2024-05-01T12:00:00+02:00,980.684,1,\n2024-05-01T12:00:01+02:00,,2,936.0\n2024-05-01T12:00:02+02:00,,3,\n"
        )
        found = read(kwollect, write(tmp_path, {"g5k_metrics.csv": text}))
        assert [(s["channel_index"], s["value"]) for s in found["samples"]] == [(0, 980.684), (1, 936)]
        assert found["samples"][0]["stated_us"] == 1714557600_000000
        assert told(found, "clock") == [("offset",), ("offset",)]
        assert found.column("rejects", "row_number") == [4]

    def test_json_and_tables_together(self, tmp_path):
        record = {
            "timestamp": "2025-07-22T13:05:25+02:00",
            "device_id": "taurus-7",
            "metric_id": "wattmetre_power_watt",
            "value": 90.18,
            "labels": {"_device_orig": ["wattmetre1-port6"]},
        }
        other = {**record, "timestamp": 1753182326.5, "value": "91", "labels": {}}
        text = json.dumps([record, other, {**record, "metric_id": "fan_rpm"}])[:-1]
        table = self.LONG + f"0,{T.format(0)},node-1,wattmetre_power_watt,1,\n"
        found = read(kwollect, write(tmp_path, {"m.json": text, "k.csv": table}))
        assert [(s["file_index"], s["value"]) for s in found["samples"]] == [(0, 90.18), (0, 91), (1, 1)]
        assert found["samples"][0]["stated_us"] == 1753182325_000000
        assert (found["rejects"][0]["row_number"], found["rejects"][0]["reason"]) == (3, "the metric is no power")
        assert "port6" in found["channels"][0]["facts"]


class TestPowerApi:
    def test_targets_are_not_added(self, tmp_path):
        text = ",timestamp,target,power,scope,socket,formula,ratio,predict\n"
        text += f"0,{T.format(0)},rapl,69.5,cpu,1,RAPL_ENERGY_PKG,1.0,0.0\n"
        text += f"1,{T.format(0)},global,68.5,cpu,1,f4ac,1.0,0.0\n2,{T.format(0)},/bench,40,cpu,1,f4ac,1,0\n"
        found = read(powerapi, write(tmp_path, {"p.csv": text}))
        whole = "rapl/cpu/1/RAPL_ENERGY_PKG"
        assert told(found, "channel", "is_measured", "is_part_of_channel") == [
            (whole, True, None),
            ("global/cpu/1/f4ac", False, whole),
            ("/bench/cpu/1/f4ac", False, whole),
        ]


class TestPerf:
    def test_intervals_are_in_nanoseconds(self, tmp_path):
        text = ",timestamp,benchmark,tool,socket,event,value_joules,interval,value\n"
        text += f"0,{T.format(0)},EP,perf,CPU0,power/energy-ram/,1.3,100092870,12.98\n"
        found = read(perf_energy, write(tmp_path, {"p.csv": text}))
        (sample,) = found["samples"]
        assert (sample["value"], sample["interval_s"]) == (1.3, pytest.approx(0.10009287))
        assert told(found, "device_id", "unit", "quantity_kind", "component") == [("CPU0", "J", "delta", "ram")]


class TestEnergyScope:
    @pytest.mark.parametrize("prefix", ["", "data."])
    def test_parts_lie_in_the_total(self, tmp_path, prefix):
        host = "arch.host-1." if prefix else ""
        columns = ["data.data.etotal(W)", "data.data.ecpu(W)", "data.data.edram(W)"]
        columns += [
            f"{prefix}{host}arch.0.data.ecpu(W)",
            f"{prefix}{host}arch.gpu-nvidia-0.data.ecpu(W)",
            "timestamp_sec",
        ]
        text = ",".join(columns) + "\n166.7,141.0,25.7,71.8,58.5,1650478346.5\n"
        found = read(energyscope, write(tmp_path, {"e.csv": text}))
        assert told(found, "channel", "component", "is_part_of_channel") == [
            ("etotal", "node", None),
            ("ecpu", None, "etotal"),
            ("edram", "ram", "etotal"),
            ("0/ecpu", "cpu", "ecpu"),
            ("gpu-nvidia-0/ecpu", "gpu", "ecpu"),
        ]
        assert found["samples"][0]["stated_us"] == 1650478346_500000
        assert {c["device_id"] for c in found["channels"]} == {"host-1" if prefix else None}

    def test_without_times(self, tmp_path):
        found = read(energyscope, write(tmp_path, {"e.csv": "data.data.etotal(W)\n166.7\n"}))
        assert told(found, "clock") == [("none",)]


class TestScaphandreTables:
    def test_three_tables(self, tmp_path):
        files = {
            "host.csv": f",instance,timestamp,value\n0,n-1:8080,{T.format(0)}123,140.2\n",
            "ram.csv": f",timestamp,value\n0,{T.format(0)},25.4\n",
            "process.csv": f",exe,pid,timestamp,value\n0,ep.D.x,8656,{T.format(0)},170.7\n",
        }
        found = read(scaphandre, write(tmp_path, files))
        assert told(found, "device_id", "channel", "is_measured") == [
            ("n-1:8080", "host", True),
            (None, "ram", True),
            (None, "process ep.D.x 8656", False),
        ]
        assert found.column("samples", "value") == [140.2, 25.4, 170.7]


class TestZeus:
    def test_the_old_monitor_writes_milliwatts(self, tmp_path):
        found = read(zeus, write(tmp_path, {"z.csv": "Time,Power\n2024-05-01 10:00:00.250000999,32402\n"}))
        assert [(s["stated_us"], s["value"]) for s in found["samples"]] == [(US, 32402)]
        assert told(found, "unit", "quantity_kind", "clock") == [("mW", "gauge", "local")]

    def test_the_log_file_of_today_has_joules_of_windows(self, tmp_path):
        text = "start_time,window_name,elapsed_time,gpu0_energy,gpu1_energy\n1714557600.25,epoch,12.5,100.5,99\n"
        found = read(zeus, write(tmp_path, {"z.csv": text + "1714557613.0,eval,1.5,10,\n"}))
        assert told(found, "device_id", "channel", "unit", "quantity_kind") == [
            ("gpu 0", "gpu0_energy/epoch", "J", "delta"),
            ("gpu 1", "gpu1_energy/epoch", "J", "delta"),
            ("gpu 0", "gpu0_energy/eval", "J", "delta"),
        ]
        assert [(s["stated_us"], s["interval_s"], s["value"]) for s in found["samples"]] == [
            (US, 12.5, 100.5),
            (US, 12.5, 99),
            (1714557613_000000, 1.5, 10),
        ]


class TestAlumet:
    HEADER = "metric;timestamp;value;resource_kind;resource_id;consumer_kind;consumer_id;domain;__late_attributes\n"

    def row(self, metric="rapl_consumed_energy_J", kind="cpu_package", number="0", domain="package", value="12.5"):
        return f"{metric};2024-05-01T10:00:00.250000999Z;{value};{kind};{number};local_machine;;{domain};\n"

    def test_totals_repeat_their_parts(self, tmp_path):
        text = self.HEADER + self.row() + self.row(kind="local_machine", number="", domain="package_total")
        text += self.row("nvml_energy_consumption_mJ", "gpu", "00000000:01:00.0", "")
        found = read(alumet, write(tmp_path, {"a.csv": text}))
        assert told(found, "channel", "unit", "quantity_kind", "is_part_of_channel") == [
            (
                "rapl_consumed_energy_J/cpu_package/0/package",
                *("J", "delta", "rapl_consumed_energy_J/local_machine/package_total"),
            ),
            ("rapl_consumed_energy_J/local_machine/package_total", "J", "delta", None),
            ("nvml_energy_consumption_mJ/gpu/00000000:01:00.0", "mJ", "delta", None),
        ]
        assert set(found.column("samples", "stated_us")) == {US}

    @pytest.mark.parametrize(
        ("metric", "unit", "kind"),
        [
            ("nvml_instant_power_mW", "mW", "gauge"),
            ("consumed_energy_kWh", "kWh", "delta"),
            ("consumed_energy_\u00b5J", "uJ", "delta"),
            ("psu_energy_rate_W", "W", "gauge"),
            ("psu_power_watt", "W", "gauge"),
            ("power_draw_MW", "MW", "gauge"),
        ],
    )
    def test_the_unit_is_the_end_of_the_name(self, tmp_path, metric, unit, kind):
        found = read(alumet, write(tmp_path, {"a.csv": self.HEADER + self.row(metric)}))
        assert told(found, "unit", "quantity_kind") == [(unit, kind)]

    @pytest.mark.parametrize("metric", ["energy_MJ", "power_mw", "energy_W.h", "energy_eV", "energy_watt_hour"])
    def test_a_unit_that_is_not_known_is_refused(self, tmp_path, metric):
        with pytest.raises(ParseError, match="unit that its values are not read in") as error:
            read(alumet, write(tmp_path, {"a.csv": self.HEADER + self.row() + self.row(metric)}))
        assert metric in str(error.value) and "a.csv" in str(error.value)

    def test_a_metric_without_a_unit_is_not_read(self, tmp_path):
        text = self.HEADER + self.row("nvml_energy_consumption") + self.row()
        found = read(alumet, write(tmp_path, {"a.csv": text}))
        assert found.column("rejects", "row_number") == [2] and len(found["samples"]) == 1

    def test_other_metrics_are_rejects(self, tmp_path):
        process = self.row().replace("local_machine;;", "process;77;")
        text = self.HEADER + self.row("mem_total_kB") + process + self.row()
        found = read(alumet, write(tmp_path, {"a.csv": text}))
        assert found.column("rejects", "row_number") == [2, 3] and len(found["samples"]) == 1


class TestDmon:
    HEADER = "# gpu   pwr gtemp\n# Idx     W     C\n"

    def test_smi(self, tmp_path):
        text = self.HEADER + "    0    71    40\n    1     -    41\n" + self.HEADER + "    0    72    40\n"
        found = read(gpu_dmon, write(tmp_path, {"d.txt": text}))
        assert told(found, "device_id", "channel", "clock") == [("gpu 0", "pwr", "none"), ("gpu 1", "pwr", "none")]
        assert [(s["value"], s["fault"]) for s in found["samples"]] == [(71, None), (72, None), (None, "not_available")]
        assert not found["rejects"]

    def test_smi_with_times(self, tmp_path):
        text = (
            "#Date       Time        gpu   pwr\n#YYYYMMDD   HH:MM:SS    Idx     W\n 20240501   10:00:00      0    71\n"
        )
        (sample,) = read(gpu_dmon, write(tmp_path, {"d.txt": text}))["samples"]
        assert (sample["stated_us"], sample["value"]) == (1714557600_000000, 71)

    @pytest.mark.parametrize(("ahead", "clock"), [("", "none"), ("1714557600.25 ", "utc")])
    def test_dcgm(self, tmp_path, ahead, clock):
        text = (
            f"#Entity   POWER   TOTEC\nID        W       mJ\n{ahead}GPU 0     120.5   1234567\n{ahead}GPU-I 3   N/A 7\n"
        )
        found = read(gpu_dmon, write(tmp_path, {"d.txt": text}))
        assert told(found, "device_id", "channel", "unit", "quantity_kind", "clock") == [
            ("GPU 0", "POWER", "W", "gauge", clock),
            ("GPU 0", "TOTEC", "mJ", "counter", clock),
            ("GPU-I 3", "POWER", "W", "gauge", clock),
            ("GPU-I 3", "TOTEC", "mJ", "counter", clock),
        ]
        assert [s["fault"] for s in found["samples"]] == [None, None, "not_available", None]
        assert not found["rejects"]

    @pytest.mark.parametrize(
        ("header", "row", "units"),
        [
            ("# gpu   pwr gtemp\n# Idx    mW     C\n", "0 71 40\n", ["mW"]),
            ("# gpu   pwr gtemp\n", "0 71 40\n", ["W"]),
            ("#Entity   POWER   TOTEC\nID        kW       J\n", "GPU 0 1 2\n", ["kW", "J"]),
            ("#Entity  GPUTL POWER   TOTEC\nID        W       mJ\n", "GPU 0 9 1 2\n", ["W", "mJ"]),
        ],
    )
    def test_the_unit_of_the_second_line(self, tmp_path, header, row, units):
        found = read(gpu_dmon, write(tmp_path, {"d.txt": header + row}))
        assert found.column("channels", "unit") == units and not found["rejects"]

    @pytest.mark.parametrize(
        ("header", "row"),
        [
            ("# gpu   pwr gtemp\n# Idx    hp     C\n", "0 71 40\n"),
            ("#Entity   POWER   TOTEC\nID        mJ       W\n", "GPU 0 1 2\n"),
            ("#Entity  GPUTL POWER   TOTEC\nID        kW       mJ\n", "GPU 0 9 1 2\n"),
            ("# gpu pwr\n# Idx W\n0 71\n# gpu pwr\n# Idx mW\n", "0 71\n"),
        ],
    )
    def test_a_unit_that_cannot_be_placed_is_refused(self, tmp_path, header, row):
        with pytest.raises(ParseError, match="unit that its values are not read in"):
            read(gpu_dmon, write(tmp_path, {"d.txt": header + row}))


class TestPlainCsv:
    MAPPING = """
delimiter: ";"
decimal_mark: ","
time: {column: when}
device: [rack, host]
interval: {column: took, unit: ms}
values:
  - {column: used, unit: Wh, quantity_kind: delta, boundary: node_ac, channel: plug}
"""
    TABLE = "when;rack;host;took;used\n2024-05-01T10:00:00Z;a;1;500;1,5\n2024-05-01T10:00:01Z;a;2;500;\n"

    def test_a_mapping_beside_the_table(self, tmp_path):
        found = read(plain_csv, write(tmp_path, {"t.csv": self.TABLE, "t.csv.mapping.yml": self.MAPPING}))
        assert told(found, "device_id", "channel", "unit", "quantity_kind", "boundary", "clock") == [
            ("a/1", "plug", "Wh", "delta", "node_ac", "offset"),
            ("a/2", "plug", "Wh", "delta", "node_ac", "offset"),
        ]
        assert [(s["value"], s["interval_s"], s["fault"]) for s in found["samples"]] == [
            (1.5, 0.5, None),
            (None, 0.5, "not_available"),
        ]

    def test_the_mapping_of_the_docs(self, tmp_path):
        text = (PROJECT_ROOT / "docs/power-formats.md").read_text("utf-8")
        mapping = text.split("```yaml")[1].split("```")[0]
        found = read(plain_csv, write(tmp_path, {"t.csv": self.TABLE, "t.csv.mapping.yml": mapping}))
        assert found.column("samples", "value") == [1.5, None]

    def test_elapsed_seconds(self, tmp_path):
        mapping = "time: {column: t, form: elapsed_s}\nvalues: [{column: w, unit: W}]"
        found = read(plain_csv, write(tmp_path, {"t.csv": "t,w\n0.5,7\n1.5,8\n", "t.csv.mapping.yml": mapping}))
        assert found.column("samples", "stated_us") == [500_000, 1_500_000]
        assert told(found, "clock") == [("elapsed",)]

    @pytest.mark.parametrize(
        ("mapping", "says"),
        [
            ("", "the file"),
            ("values: []", "values"),
            ("values: [{column: used, unit: horse}]", "values.0.unit"),
            ("values: [{column: used, unit: W, colour: red}]", "values.0.colour"),
            ("values: [{column: gone, unit: W}]", "gone"),
            ("a: [", "no YAML"),
            ("time: {column: rack}\nvalues: [{column: used, unit: W}]\ndelimiter: ';'", "form of the times"),
            ("- 1", "the file"),
        ],
    )
    def test_a_wrong_mapping_is_refused(self, tmp_path, mapping, says):
        with pytest.raises(ParseError, match=says):
            read(plain_csv, write(tmp_path, {"t.csv": self.TABLE, "t.csv.mapping.yml": mapping}))

    def test_a_table_without_mapping(self, tmp_path):
        (path,) = write(tmp_path, {"t.csv": self.TABLE})
        assert not plain_csv.sniff(b"", path)
        with pytest.raises(ParseError, match="no mapping"):
            read_all(plain_csv, [path])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(["1,5.5\n", "2,\n", "x,1\n", "3\n", "\n", "1,2,3\n", '"1",7\n', '"1,7\n', "t,w\n"])))
def test_each_row_is_a_sample_or_a_reject(tmp_path_factory, parts):
    text = "t,w\n" + "".join(parts)
    mapping = "time: {column: t, form: elapsed_s}\nvalues: [{column: w, unit: W}]"
    found = read(plain_csv, write(tmp_path_factory.mktemp("t"), {"t.csv": text, "t.csv.mapping.yml": mapping}))
    headers = 1 + parts.count("t,w\n")
    assert len(found["samples"]) + len(found["rejects"]) + headers == lines_of(text)


@pytest.mark.parametrize("module", [alumet, energyscope, gpu_dmon, kwollect, perf_energy, powerapi, scaphandre, zeus])
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\0\1\2\xff\xfe", b"x" * 100_000, b"<html>", b"{", b"a,b\n1,2\n"])
def test_other_content_is_not_of_the_format(tmp_path, module, content):
    assert not module.sniff(content, tmp_path / "x.csv")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
@pytest.mark.parametrize(
    ("module", "pattern", "rows"),
    [
        (kwollect, "GPU/CPU_08_11/g5k_metrics.csv", 25_789),
        (kwollect, "GPU/GPU_20_04/g5k_metrics.csv", 34_112),
    ],
)
def test_real_tables(module, pattern, rows):
    found = read(module, sorted((SHARED / "grid5000_kwollect_ccgrid2023").glob(pattern)))
    # a few rows have neither meter: they are rejects
    assert len({s["row_number"] for s in found["samples"]}) + len(found["rejects"]) == rows
