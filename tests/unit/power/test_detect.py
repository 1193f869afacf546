"""Formats are told by content; companions and what is plainly no trace are known; archives are not opened."""

import gzip
import io
import zipfile
from collections import Counter

import pytest

from cradle.errors import ParseError
from ingest.power import detect
from tests.unit.power.traces import SHARED, write

SPL = "Time,05-01-2024 10:00:00.250,Watts,500.0,Volts,230.0,Amps,2.2,PF,0.98,Mark,x_testing\n"
MLLOG = ':::MLLOG {"time_ms": 1, "key": "power_reading", "value": 1}\n'
EMISSIONS = "timestamp,project_name,run_id,duration,emissions,energy_consumed\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SPL, "ptdaemon"),
        (MLLOG, "mllog"),
        ("timestamp, power.draw [W]\n2024/05/01 10:00:00.250, 5.00\n", "nvidia_smi"),
        ("28.44\n28.45\n", "nvidia_smi"),
        ("# gpu   pwr\n# Idx     W\n    0    71\n", "gpu_dmon"),
        (EMISSIONS, "codecarbon"),
        (",timestamp,device_id,metric_id,value,labels._device_orig\n", "kwollect"),
        ('[{"timestamp": 1, "device_id": "n", "metric_id": "m", "value": 1}]', "kwollect"),
        ('[{"host":{"consumption":1,"timestamp":1},"consumers":[],"sockets":[]}', "scaphandre"),
        ("Time,Power\n2024-05-01 10:00:00.1,32402\n", "zeus"),
        ("start_time,window_name,elapsed_time,gpu0_energy\n", "zeus"),
        ("x\n\n*** Sampled system activity (Wed May  1 12:00:00 2024 +0200) (1000ms elapsed) ***\n", "powermetrics"),
        ("2024-05-01 10:00:00 - carbontracker version 1.1.6\n", "carbontracker"),
        ('{"header": {}, "measures": [{"powerConsumption": 1}]}', "boamps"),
        ('{"data": {"resultType": "matrix", "result": [{"metric": {}, "values": []}]}}', "prometheus"),
        ("metric;timestamp;value;resource_kind;resource_id\n", "alumet"),
        ("data.data.etotal(W),timestamp\n", "energyscope"),
        (",timestamp,target,power,scope,socket,formula,ratio,predict\n", "powerapi"),
        (",timestamp,benchmark,tool,socket,event,value_joules,interval,value\n", "perf_energy"),
        ('{"timestamp":1.5,"rapl_power_draw_absolute":144.7}\n', "impact_tracker"),
        (b"\xf1\x00\x00\x7aD" + bytes(8), "mlperf_tiny"),
    ],
)
def test_one_format_knows_a_trace_whatever_its_name(tmp_path, content, name):
    (path,) = write(tmp_path, {"anything.dat": content})
    assert detect.format_of(path) == name
    (marked,) = write(tmp_path, {"marked": ("\ufeff" + content).encode() if isinstance(content, str) else content})
    assert detect.format_of(marked) == name


def test_a_mapping_is_the_users_word(tmp_path):
    path, mapping = write(tmp_path, {"a.csv": EMISSIONS, "a.csv.mapping.yml": "values: []"})
    assert detect.format_of(path) == "plain_csv"
    found = detect.sort_files([path, mapping])
    assert found.companions == {mapping: [path]} and not found.unknown


@pytest.mark.parametrize("content", ["when,how\n1,2\n", "words", b"\0\1\2", "{}", "x" * 100_000])
def test_an_unknown_file_is_told_with_the_formats(tmp_path, content):
    (path,) = write(tmp_path, {"a.csv": content})
    with pytest.raises(ParseError, match="No format knows the file") as error:
        detect.format_of(path)
    assert all(name in str(error.value) for name in detect.FORMATS) and "--format" in str(error.value)
    assert detect.sort_files([path]).unknown == [path]


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-be"])
def test_text_in_utf_16_is_named_with_what_to_do(tmp_path, coding):
    mark = "\ufeff" if coding.endswith("be") else ""
    (path,) = write(tmp_path, {"log.csv": (mark + SPL).encode(coding)})
    with pytest.raises(ParseError, match="no trace that is read") as error:
        detect.format_of(path)
    assert "UTF-16" in error.value.got and "save it as UTF-8" in error.value.todo


def test_bytes_that_only_begin_like_utf_16_are_unknown(tmp_path):
    (path,) = write(tmp_path, {"a.bin": b"\xff\xfe\x01\x02"})
    assert detect.sort_files([path]).unknown == [path]


def test_an_empty_file_is_said_to_be_empty_without_a_list_of_formats(tmp_path):
    (path,) = write(tmp_path, {"a.csv": ""})
    with pytest.raises(ParseError) as error:
        detect.format_of(path)
    assert error.value.got == "an empty file" and "ptdaemon" not in str(error.value)


def test_two_formats_are_both_named(tmp_path, monkeypatch):
    sniffs = {"ptdaemon": lambda *_: True, "zeus": lambda *_: True}
    monkeypatch.setattr(detect, "_sniffs", lambda: sniffs)
    (path,) = write(tmp_path, {"a.csv": "x"})
    with pytest.raises(ParseError, match="ptdaemon and zeus"):
        detect.sort_files([path])


def test_an_unknown_format(tmp_path):
    with pytest.raises(ParseError, match="no such format"):
        detect.module_of("os")


def _zip_of_zeros() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("spl.txt", bytes(10_000_000))
    return content.getvalue()


@pytest.mark.parametrize(
    "content", [gzip.compress(SPL.encode(), mtime=0), _zip_of_zeros(), b"\xfd7zXZ\x00abc", b"BZh9"]
)
def test_an_archive_is_named_and_not_opened(tmp_path, content):
    (path,) = write(tmp_path, {"spl.txt": content})
    assert "unpack" in detect.sort_files([path]).others[path]
    assert "unpack" in detect.sort_files([path], "ptdaemon").others[path]
    with pytest.raises(ParseError, match="archive"):
        detect.format_of(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("LICENSE", SPL),
        ("README.md", SPL),
        ("notes.md", SPL),
        ("run.sh", SPL),
        ("empty.csv", ""),
        ("empty.csv", '""\n'),
        ("system.json", '{"submitter": "x", "host_processor_model_name": "y"}'),
    ],
)
def test_what_is_plainly_no_trace(tmp_path, name, content):
    (path,) = write(tmp_path, {name: content})
    found = detect.sort_files([path])
    assert list(found.others) == [path] and not found.traces


def test_companions_are_not_unknown(tmp_path):
    names = ["run_1/spl.txt", "run_1/mlperf_log_detail.txt", "power/server.json", "other/server.json"]
    paths = write(tmp_path, dict(zip(names, [SPL, ":::MLLOG x", '{"messages": []}', '{"a": 1}'], strict=True)))
    found = detect.sort_files(paths)
    assert found.companions == {paths[1]: [paths[0]], paths[2]: [paths[0]]}
    assert found.unknown == [paths[3]]


def test_a_format_that_is_named_is_taken(tmp_path):
    paths = write(tmp_path, {"a/spl.txt": "no log at all\n", "a/mlperf_log_summary.txt": "x\n", "LICENSE": "x"})
    found = detect.sort_files(paths, "ptdaemon")
    assert found.traces == {"ptdaemon": [paths[0]]}
    assert list(found.companions) == [paths[1]] and list(found.others) == [paths[2]]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the traces are not in ../shared/power")
def test_every_shared_file_is_known():
    paths = sorted(path for path in SHARED.rglob("*") if path.is_file())
    found = detect.sort_files(paths)
    assert found.unknown == []
    assert {name: len(files) for name, files in found.traces.items()} == {
        "boamps": 1,
        "carbontracker": 232,
        "codecarbon": 38,
        "energyscope": 5,
        "impact_tracker": 7,
        "kwollect": 33,
        "mllog": 262,
        "mlperf_tiny": 4,
        "nvidia_smi": 19,
        "perf_energy": 5,
        "powerapi": 9,
        "powermetrics": 5,
        "prometheus": 1,
        "ptdaemon": 24,
        "scaphandre": 27,
        "zeus": 1,
    }
    reasons = Counter(found.others.values())
    assert reasons["an xz archive: unpack it and give the files"] == 2
    assert reasons["an empty file"] == 10
    own = set(found.companions) - {path for files in found.traces.values() for path in files}
    assert len(paths) == sum(map(len, found.traces.values())) + len(own) + len(found.others)
