"""PTDaemon logs: channels, analysers, sentinels, cut lines, and what the files beside a log say."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.power.formats import ptdaemon, ptdaemon_lines, text_pieces
from tests.unit.power.traces import SHARED, lines_of, read, read_all, write

TIME = "05-01-2024 10:00:{:02d}.250"
MAY_1ST_10_US = 1714557600_250_000


def line(second: int, watts: str = "500.000000", *channels: str, mark: str = "2024-05-01_09-00-00_testing") -> str:
    more = "".join(f",Ch{n},Watts,{w},Volts,230.0,Amps,1.0,PF,0.9" for n, w in enumerate(channels, 1))
    return f"Time,{TIME.format(second)},Watts,{watts},Volts,230.0,Amps,2.2,PF,0.98,Mark,{mark}{more}\n"


def analyzers(second: int, *watts: str) -> str:
    parts = "".join(f",Analyzer{n},{line(second - 1 if n > 1 else second, w).strip()}" for n, w in enumerate(watts, 1))
    return line(second).strip() + parts + "\n"


def test_one_channel(tmp_path):
    found = read(ptdaemon, write(tmp_path, {"spl.txt": line(0) + line(1, "510.5") + "\n"}))
    assert found.column("samples", "value") == [500, 510.5]
    assert found.column("samples", "stated_us") == [MAY_1ST_10_US, MAY_1ST_10_US + 1_000_000]
    assert found.column("samples", "row_number") == [1, 2]
    (channel,) = found["channels"]
    assert (channel["channel"], channel["unit"], channel["boundary"], channel["clock"]) == (
        *("total", "W", "node_ac", "local"),
    )
    assert not found["rejects"]


def test_channels_are_parts_of_the_total(tmp_path):
    found = read(ptdaemon, write(tmp_path, {"spl.txt": line(0, "500", "300", "200")}))
    assert found.column("channels", "channel") == ["total", "ch1", "ch2"]
    assert found.column("channels", "is_part_of_channel") == [None, "total", "total"]
    assert found.column("samples", "value") == [500, 300, 200]


def test_analysers_have_times_of_their_own(tmp_path):
    found = read(ptdaemon, write(tmp_path, {"spl.txt": analyzers(5, "-11.074", "511.074")}))
    assert found.column("channels", "channel") == ["total", "analyzer1", "analyzer2"]
    assert found.column("samples", "stated_us") == [MAY_1ST_10_US + s * 1_000_000 for s in (5, 5, 4)]
    assert found.column("samples", "value") == [500, -11.074, 511.074]
    assert found.column("samples", "fault") == [None, "negative", None]


def test_a_cut_analyser_rejects_its_line(tmp_path):
    whole = analyzers(5, "1", "2")
    found = read(ptdaemon, write(tmp_path, {"spl.txt": whole + whole[:-60]}))
    assert found.column("rejects", "row_number") == [2]
    assert found.column("samples", "row_number") == [1, 1, 1]


@pytest.mark.parametrize(
    ("watts", "value", "fault"),
    [
        ("-1.000000", -1.0, "sentinel"),
        ("-2.000000", -2.0, "sentinel"),
        ("-8.5", -8.5, "negative"),
        ("NaN", None, "not_a_number"),
        ("inf", None, "not_a_number"),
        ("much", None, "not_a_number"),
        ("", None, "not_available"),
        ("1e308", 1e308, None),
        ("0.000000", 0.0, None),
    ],
)
def test_a_value_is_never_repaired(tmp_path, watts, value, fault):
    (_, sample) = read(ptdaemon, write(tmp_path, {"spl.txt": line(0) + line(1, watts)}))["samples"]
    assert (sample["value"], sample["fault"]) == (value, fault)


@pytest.mark.parametrize(
    "bad",
    [
        "Time,05-01-2024 10:00:01.2",
        line(1)[:70],
        line(1, "5", "2", "3").strip()[:-12],
        "Time,2024-05-01 10:00:01.250,Watts,1,Volts,1,Amps,1,PF,1,Mark,x",
        "Watts,Time\n",
        "x" * 100_000,
        line(1).replace(",Mark", ",Chan7,Mark"),
        line(1, "5", "2").replace("Ch1", "Phase1"),
    ],
)
def test_what_is_no_sample_is_a_reject(tmp_path, bad):
    found = read(ptdaemon, write(tmp_path, {"spl.txt": line(0) + bad}))
    (reject,) = found["rejects"]
    assert reject["row_number"] == 2
    assert bad.strip().startswith(reject["line"]) and 0 < len(reject["line"]) <= 500
    assert found.column("samples", "row_number") == [1]


def test_line_ends_and_byte_order_mark(tmp_path):
    found = read(ptdaemon, write(tmp_path, {"spl.txt": "\ufeff" + (line(0) + line(1)).replace("\n", "\r\n")}))
    assert len(found["samples"]) == 2 and not found["rejects"]


def test_files_keep_their_own_numbers(tmp_path):
    paths = write(tmp_path, {"z/spl.txt": line(0, "1"), "a/spl.txt": line(0, "2") + line(1, "3"), "m/spl.txt": ""})
    found = read_all(ptdaemon, paths)
    assert [(s["file_index"], s["row_number"], s["value"]) for s in found["samples"]] == [
        (0, 1, 1),
        (1, 1, 2),
        (1, 2, 3),
    ]


def test_a_name_with_stars_is_a_name(tmp_path):
    found = read(ptdaemon, write(tmp_path, {"a*[1]/spl.txt": line(0), "ab1/spl.txt": line(0) + line(1)}))
    assert found.column("samples", "file_index") == [0, 1, 1]


def test_a_large_file_is_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(ptdaemon_lines, "BLOCK_BYTES", 1000)
    text = "".join(line(n, str(n)) for n in range(60))
    found = read(ptdaemon, write(tmp_path, {"spl.txt": text + "cut"}))
    assert found.column("samples", "value") == list(range(60))
    assert found.column("samples", "row_number") == list(range(1, 61))
    assert found.column("rejects", "row_number") == [61]


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(ptdaemon_lines, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(text_pieces, "LINE_BYTES", 1000)
    with pytest.raises(ParseError, match=r"spl.txt, line 2"):
        read(ptdaemon, write(tmp_path, {"spl.txt": line(0) + "x" * 5000}))


def test_other_encodings_are_refused(tmp_path):
    with pytest.raises(ParseError, match="not UTF-8"):
        read_all(ptdaemon, write(tmp_path, {"spl.txt": line(0).encode("utf-16")}))


@settings(deadline=None)
@given(st.lists(st.sampled_from([line(1), line(2, "7", "3", "4"), "\n", "  \n", "junk,1\n", line(3)[:40] + "\n"])))
def test_each_line_is_a_sample_or_a_reject(tmp_path_factory, parts):
    text = "".join(parts)
    found = read_all(ptdaemon, write(tmp_path_factory.mktemp("log"), {"spl.txt": text}))
    rows = {row["row_number"] for row in found["samples"]}
    assert len(rows) + len(found["rejects"]) == lines_of(text)


def mllog(key: str, value: object) -> str:
    return ":::MLLOG " + json.dumps({"key": key, "value": value, "time_ms": 1.5, "metadata": {"line_no": 1}}) + "\n"


DETAIL = (
    mllog("power_begin", "05-01-2024 10:00:01.000")
    + mllog("power_end", "05-01-2024 10:00:05.000")
    + mllog("result_query_count", 4242)
)


def server(start: float) -> str:
    messages = [
        {"cmd": "session,x,start,ranging", "reply_time": start - 5000},
        {"cmd": "session,x,start,testing", "reply_time": start},
    ]
    identity = "YokogawaWT330E,1000,version=1.9.2-abc,no_cal_date,YOKOGAWA;WT333E;SERIAL;F1.04"
    ptd = [{"cmd": "Identify", "reply": identity}, {"cmd": "Go,1000,0,x_testing", "reply": "Starting"}]
    return json.dumps({"timezone": 28800, "messages": messages, "ptd_messages": ptd, "ptd_config": {"device_type": 52}})


class TestCompanions:
    @pytest.fixture
    def run(self, tmp_path):
        def run(**files: str):
            names = {"detail": "run_1/mlperf_log_detail.txt", "summary": "run_1/mlperf_log_summary.txt"}
            named = {names.get(key, f"power/{key}.json"): text for key, text in files.items()}
            return read(ptdaemon, write(tmp_path, {"run_1/spl.txt": line(0) + line(1), **named}))

        return run

    def test_window(self, run):
        (window,) = run(detail=DETAIL)["windows"]
        assert window["end_us"] - window["begin_us"] == 4_000_000
        assert window["begin_us"] == MAY_1ST_10_US + 750_000
        assert window["rule"] == "mean_of_positive_inside"

    def test_work(self, run):
        summary = "Scenario : Offline\nSamples per second: 86.5\nTokens per second: 25262.1\n"
        found = run(detail=DETAIL, summary=summary)["work"]
        assert [(w["work_unit"], w["quantity"], w["quantity_per_s"]) for w in found] == [
            ("query", 4242, None),
            ("sample", None, 86.5),
            ("token", None, 25262.1),
        ]

    @pytest.mark.parametrize(("behind_s", "offset"), [(0, 0), (25200, 25200), (-20700, -20700), (28800 - 3, 28800)])
    def test_clock(self, run, behind_s, offset):
        channel = run(server=server(MAY_1ST_10_US / 1e6 + behind_s))["channels"][0]
        assert channel["utc_offset_s"] == offset
        assert "UTC" in channel["clock_reason"]
        assert (channel["instrument"], channel["sensor_interval_s"]) == ("YokogawaWT330E (WT333E)", 1.0)

    def test_a_start_far_from_the_first_line_settles_no_clock(self, run):
        found = run(server=server(MAY_1ST_10_US / 1e6 + 400))
        assert found["channels"][0]["utc_offset_s"] is None
        assert "400 s before" in found.notes[0]

    @pytest.mark.parametrize("damaged", ["", "{", "[]", '{"messages": 3}', "<html>"])
    def test_a_damaged_companion_is_a_note(self, run, damaged):
        found = run(server=damaged, client=damaged)
        assert len(found["samples"]) == 2 and len(found.notes) == 2

    def test_a_window_that_ends_before_it_begins_is_none(self, run):
        found = run(detail=DETAIL.replace("10:00:05", "09:00:05"))
        assert not found["windows"] and "no window" in found.notes[0]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
@pytest.mark.parametrize(
    ("run", "samples", "mean_w", "offset"),
    [
        ("v1.0/closed/NVIDIA/results/DGX-A100_A100-SXM-80GBx8_TRT_MaxQ/dlrm-99/Server", 1726, 3477.295, 25200),
        ("v2.0/closed/NVIDIA/results/Xavier_NX_TRT_MaxQ/3d-unet-99/Offline", 14979, 13.605, 0),
        ("v3.0/closed/Dell/results/XR5610_L4x1_TRT_MaxQ/retinanet/MultiStream", 13322, 634.956, 0),
        ("v4.1/closed/NVIDIA/results/H200-SXM-141GBx8_TRT_MaxQ/llama2-70b-99/Offline", 3634, 6152.984, 0),
        ("v4.1/closed/NVIDIA/results/H200-SXM-141GBx8_TRT_MaxQ/mixtral-8x7b/Server", 2802, 6174.896, 0),
        ("v4.1/closed/UntetherAI/results/h13_u3_slim/resnet50/singlestream", 692, 231.1185, 0),
    ],
)
def test_known_means(run, samples, mean_w, offset):
    found = read(ptdaemon, [SHARED / "mlperf-inference-power" / run / "performance/run_1/spl.txt"])
    (window,) = found["windows"]
    total = [s for s in found["samples"] if s["channel_index"] == 0]
    inside = [s["value"] for s in total if window["begin_us"] < s["stated_us"] < window["end_us"] and s["value"] > 0]
    assert len(total) == samples
    assert sum(inside) / len(inside) == pytest.approx(mean_w, abs=0.0005)
    assert found["channels"][0]["utc_offset_s"] == offset
    assert not found["rejects"]
