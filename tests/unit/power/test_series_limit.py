"""A file of more series than memory is there for is refused, whatever its format keeps them in."""

import io
import json

import polars as pl
import pytest

from cradle.errors import ParseError
from ingest.power.formats import alumet, kwollect, parquet, plain_csv, series_limit
from tests.unit.power.traces import read_all, write

MAPPING = "device: [host]\nvalues: [{column: a, unit: W}, {column: b, unit: W}]\n"


def _table(devices: int) -> dict[str, str]:
    rows = "".join(f"n{n},1,2\n" for n in range(devices))
    return {"t.csv": f"host,a,b\n{rows}", "t.csv.mapping.yml": MAPPING}


def _records(devices: int) -> dict[str, str]:
    record = {"timestamp": 1714557600, "metric_id": "bmc_node_power_watt", "value": 1}
    return {"k.json": json.dumps([{**record, "device_id": f"n{n}"} for n in range(devices)])}


def _parquet(devices: int) -> dict[str, bytes | str]:
    content = io.BytesIO()
    pl.DataFrame({"host": [f"n{n}" for n in range(devices)], "a": 1.0, "b": 2.0}).write_parquet(content)
    return {"t.parquet": content.getvalue(), "t.parquet.mapping.yml": MAPPING}


@pytest.mark.parametrize(("module", "files"), [(parquet, _parquet), (plain_csv, _table), (kwollect, _records)])
def test_more_series_than_the_limit_are_refused(tmp_path, monkeypatch, module, files):
    a_device = 1 if module is kwollect else 2
    monkeypatch.setattr(series_limit, "SERIES_MAX", 10 * a_device)
    found = read_all(module, write(tmp_path / "ten", files(10))[:1])
    assert len(found["channels"]) == 10 * a_device
    with pytest.raises(ParseError, match="more series than are read of one") as error:
        read_all(module, write(tmp_path / "eleven", files(11))[:1])
    assert next(iter(files(0))) in str(error.value)


def test_the_limit_is_of_a_file_and_not_of_all(tmp_path, monkeypatch):
    monkeypatch.setattr(series_limit, "SERIES_MAX", 20)
    paths = [write(tmp_path / str(number), _table(10))[0] for number in range(3)]
    assert len(read_all(plain_csv, paths)["channels"]) == 60


def test_series_that_are_not_read_do_not_count(tmp_path, monkeypatch):
    monkeypatch.setattr(series_limit, "SERIES_MAX", 1)
    header = "metric;timestamp;value;resource_kind;resource_id;consumer_kind;consumer_id\n"
    row = "energy_J;2024-05-01T10:00:00Z;1;cpu_package;0;{};{}\n"
    rows = "".join(row.format("process", n) for n in range(20)) + row.format("local_machine", "")
    found = read_all(alumet, write(tmp_path, {"a.csv": header + rows}))
    assert len(found["channels"]) == 1 and len(found["rejects"]) == 20
