"""Any format forced upon any content: one clear message, or rejects; never a crash and never a sample made up."""

import resource
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.power import detect
from tests.unit.power.traces import read_all, write

FORMATS = [name for name in detect.FORMATS if name != "plain_csv"]  # it is refused without a mapping
SAMPLES = {
    "a log of ptdaemon": "Time,05-01-2024 10:00:00.250,Watts,500.0,Volts,230.0,Amps,2.2,PF,0.98,Mark,x_testing\n",
    "a header of codecarbon": "timestamp,project_name,run_id,duration,emissions,energy_consumed\n",
    "nothing": "",
    "blank lines": "\n \n\r\n",
    "words": "these are words\nand more, of them\n",
    "a web page": "<!doctype html>\n<html><body>404</body></html>\n",
    "a long line": "x" * 3_000_000,
    "a long cell": '"' + "x" * 300_000,
    "an open bracket": '[{"host": {"consumption": 1',
    "numbers": "1,2\n3,4\n",
    "bytes": bytes(range(256)) * 20,
    "utf-16": "timestamp, power.draw [W]\n".encode("utf-16"),
    "zeros": bytes(1000),
}


def _read(name: str, path: Path) -> None:
    module = detect.module_of(name)
    try:
        found = read_all(module, [path])
    except ParseError as error:
        assert path.name in str(error) and error.todo
        return
    assert all(len(row["line"] or "") <= 500 and row["reason"] for row in found["rejects"])
    known = {(c["file_index"], c["channel_index"]) for c in found["channels"]}
    assert {(s["file_index"], s["channel_index"]) for s in found["samples"]} <= known


@pytest.mark.parametrize("content", SAMPLES.values(), ids=SAMPLES.keys())
@pytest.mark.parametrize("name", FORMATS)
def test_forced(tmp_path, name, content):
    _read(name, *write(tmp_path, {"x.txt": content}))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_detection_ends_on_anything(tmp_path, content):
    (path,) = write(tmp_path, {"x.txt": content})
    try:
        assert detect.format_of(path) in detect.FORMATS
    except ParseError as error:
        assert "x.txt" in str(error)


def test_a_name_with_dots_is_a_name(tmp_path):
    paths = (
        write(tmp_path, {"a/../b/..spl..txt": SAMPLES["a log of ptdaemon"]}) if (tmp_path / "a").mkdir() is None else []
    )
    assert len(read_all(detect.module_of("ptdaemon"), paths)["samples"]) == 1


def test_two_gigabytes_without_a_line_end(tmp_path):
    path = tmp_path / "large.log"
    with path.open("wb") as stream:
        stream.truncate(2 << 30)  # takes no space
    assert detect.sort_files([path]).unknown == [path]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in FORMATS:
        _read(name, path)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 600  # MiB; the file has 2,048
