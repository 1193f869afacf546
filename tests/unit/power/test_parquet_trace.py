"""A user's own Parquet table: the same contract as any trace, and one clear message for what is none."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from cradle.errors import CradleError, ParseError
from ingest.power.detect import format_of
from ingest.power.formats import parquet, plain_csv
from ingest.power.said import declare
from ingest.power.take import take_traces
from ingest.sidecar import discover, find
from tests.unit.power.traces import read, read_all

MAPPING = """
time: {column: at}
device: [host]
values:
  - {column: watts, unit: W, boundary: node_ac, is_measured: true}
  - {column: joules, unit: J, quantity_kind: counter, channel: meter}
"""
ROWS = """
select
    timestamptz '2026-01-05 10:00:00+00' + to_seconds(i // 2) as at, if(i % 2 = 0, 'a', 'b') as host,
    cast(100 + i as float) as watts, i * 1000 as joules
from range(6) as r (i)
"""


def _write(folder: Path, query: str = ROWS, mapping: str | None = MAPPING, name: str = "mine.parquet") -> Path:
    file = folder / name
    duckdb.execute(f"copy ({query}) to '{file}' (format parquet)")
    if mapping is not None:
        file.with_name(f"{name}.mapping.yml").write_text(mapping)
    return file


def test_columns_become_channels_of_devices(tmp_path):
    found = read(parquet, [_write(tmp_path)])
    assert [(c["device_id"], c["channel"], c["unit"], c["quantity_kind"], c["clock"]) for c in found["channels"]] == [
        ("a", "watts", "W", "gauge", "utc"),
        ("a", "meter", "J", "counter", "utc"),
        ("b", "watts", "W", "gauge", "utc"),
        ("b", "meter", "J", "counter", "utc"),
    ]
    start = 1_767_607_200_000_000
    assert [(s["row_number"], s["stated_us"], s["value"], s["fault"]) for s in found["samples"][:3]] == [
        (1, start, 100.0, None),
        (3, start + 1_000_000, 102.0, None),
        (5, start + 2_000_000, 104.0, None),
    ]
    assert len(found["samples"]) == 12 and not found["rejects"]


@pytest.mark.parametrize(
    ("column", "form", "clock", "first"),
    [
        ("timestamp '2026-01-05 10:00:00'", "auto", "local", 1_767_607_200_000_000),
        ("timestamp_ns '2026-01-05 10:00:00'", "auto", "local", 1_767_607_200_000_000),
        ("1767607200.25", "epoch_s", "utc", 1_767_607_200_250_000),
        ("1767607200250", "epoch_ms", "utc", 1_767_607_200_250_000),
        ("1767607200250000001", "epoch_ns", "utc", 1_767_607_200_250_000),
        ("0.5", "elapsed_s", "elapsed", 500_000),
        ("'2026-01-05T12:00:00+02:00'", "auto", "offset", 1_767_607_200_000_000),
        ("'2026-01-05 10:00:00'", "iso", "local", 1_767_607_200_000_000),
    ],
)
def test_times_of_each_kind(tmp_path, column, form, clock, first):
    mapping = f"time: {{column: at, form: {form}}}\nvalues: [{{column: w, unit: W}}]\n"
    found = read(parquet, [_write(tmp_path, f"select {column} as at, 5 as w", mapping)])
    assert [(c["clock"]) for c in found["channels"]] == [clock]
    assert found.column("samples", "stated_us") == [first]


def test_nulls_nan_and_what_no_meter_says_are_flagged_and_stay(tmp_path):
    values = "null, 'nan', 'inf', '-3', '1e308', '7'"
    query = f"select i as at, cast(list_value({values})[i] as double) as w from range(1, 7) as r (i)"
    query += " union all select null, 5"
    mapping = "time: {column: at, form: elapsed_s}\nvalues: [{column: w, unit: W}]\n"
    file = _write(tmp_path, query, mapping)
    found = read(parquet, [file])
    assert [(s["value"], s["fault"]) for s in found["samples"]] == [
        (None, "not_available"),
        (None, "not_a_number"),
        (None, "not_a_number"),
        (-3.0, "negative"),
        (1e308, None),
        (7.0, None),
    ]
    assert [(r["row_number"], r["reason"]) for r in found["rejects"]] == [
        (7, "has no time of the form that the mapping says")
    ]
    file.with_name("mine.parquet.mapping.yml").write_text(f"holes: true\n{mapping}")
    assert len(read(parquet, [file])["samples"]) == 5
    _take(file, tmp_path)
    with duckdb.connect() as con:
        faults = con.sql(f"select fault from '{tmp_path}/traces/*.parquet' where value = 1e308").fetchall()
    assert faults == [("implausible",)]


def _take(file: Path, home: Path, **words):
    (sidecar,) = find(["power"], discover())
    return take_traces(sidecar, [file], declare([file], **words), home / "landing.duckdb")


@pytest.mark.parametrize(
    ("query", "mapping", "part"),
    [
        (ROWS.replace("as watts", "as power"), MAPPING, "watts"),
        (ROWS.replace("cast(100 + i as float)", "'many'"), MAPPING, "numbers in the column watts"),
        (ROWS.replace("cast(100 + i as float)", "true"), MAPPING, "numbers in the column watts"),
        (ROWS.replace("cast(100 + i as float)", "[1.5]"), MAPPING, "numbers in the column watts"),
        (
            ROWS.replace("timestamptz '2026-01-05 10:00:00+00' + to_seconds(i // 2)", "i"),
            MAPPING,
            "numbers with a form",
        ),
        (ROWS.replace("timestamptz '2026-01-05 10:00:00+00' + to_seconds(i // 2)", "'soon'"), MAPPING, "'soon'"),
        (f"from ({ROWS}) limit 0", MAPPING, "a header and nothing else"),
        (ROWS, None, "no mapping"),
        (ROWS, "values: []", "values"),
        (
            "select i as host, 5 as watts from range(200001) as r (i)",
            "device: [host]\nvalues: [{column: watts, unit: W}]",
            "at most 200,000 series",
        ),
    ],
)
def test_a_table_that_does_not_fit_is_one_message_and_nothing_is_landed(tmp_path, query, mapping, part):
    with pytest.raises(ParseError, match=r"(?i)parquet|mapping|sample") as error:
        _take(_write(tmp_path, query, mapping), tmp_path)
    assert part in str(error.value) and "mine.parquet" in str(error.value)
    assert not list((tmp_path / "traces").glob("*.parquet"))


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_file_is_one_message(tmp_path, cut):
    file = _write(
        tmp_path,
        "select i::double as at, random() as watts from range(200000) as r (i)",
        "time: {column: at, form: elapsed_s}\nvalues: [{column: watts, unit: W}]",
    )
    content = file.read_bytes()
    file.write_bytes(content[: max(4, int(len(content) * cut))])
    with pytest.raises(ParseError, match="no Parquet file that can be read to its end") as error:
        _take(file, tmp_path)
    assert "Traceback" not in str(error.value) and not list((tmp_path / "traces").glob("*.parquet"))


def test_a_damaged_middle_is_one_message(tmp_path):
    file = _write(
        tmp_path,
        "select i::double as at, random() as watts from range(200000) as r (i)",
        "time: {column: at, form: elapsed_s}\nvalues: [{column: watts, unit: W}]",
    )
    content = bytearray(file.read_bytes())
    content[5000:6000] = b"\xff" * 1000
    file.write_bytes(bytes(content))
    try:
        _take(file, tmp_path)
    except CradleError as error:
        assert "no Parquet file that can be read" in str(error)
    else:  # numbers were hit and no frame: nothing tells them from others
        assert len(list((tmp_path / "traces").glob("*.parquet"))) == 1


def test_a_file_of_another_kind_named_parquet(tmp_path):
    file = tmp_path / "mine.parquet"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(ParseError, match="No format knows the file"):
        _take(file, tmp_path)
    with pytest.raises(ParseError, match="no Parquet file that can be read to its end"):
        file.with_name("m.yml").write_text(MAPPING)
        _take(file, tmp_path, mapping=str(tmp_path / "m.yml"), format="parquet")


def test_the_content_tells_parquet_from_csv_beside_a_mapping(tmp_path):
    file = _write(tmp_path, name="no_ending")
    assert format_of(file) == "parquet"
    assert not plain_csv.sniff(file.read_bytes(), file)
    words = {"mapping": str(tmp_path / "no_ending.mapping.yml")}
    assert declare([file], **words).format == "parquet"
    assert declare([tmp_path / "else.csv"], **words).format == "plain_csv"


def test_a_few_bytes_of_endless_rows_are_refused(tmp_path):
    bomb = _write(tmp_path, "select 5.0 as w from range(20000000)", "values: [{column: w, unit: W}]\nsample_rate_hz: 1")
    assert bomb.stat().st_size < 200_000
    with pytest.raises(ParseError, match="20,000,000 rows in"):
        _take(bomb, tmp_path)


def test_a_name_with_signs_of_a_pattern_is_one_file(tmp_path):
    _write(tmp_path, "select 1.0 as at, 1 as watts", None, name="a1.parquet")
    mapping = "time: {column: at, form: elapsed_s}\nvalues: [{column: watts, unit: W}]"
    odd = _write(tmp_path, "select 1.0 as at, 2 as watts", mapping, name="a[1] {x}.parquet")
    assert read_all(parquet, [odd]).column("samples", "value") == [2.0]


# ru_maxrss of a child begins at the peak of the process that started it; VmHWM is its own
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process alone is read from /proc")
def test_a_large_file_is_read_in_bounded_memory(tmp_path):
    """Three million samples with 200 MB for DuckDB: what does not fit is spilled, and goes afterwards."""
    mapping = "time: {column: at, form: elapsed_s}\nvalues: [{column: w, unit: W}]\n"
    file = _write(tmp_path, "select i / 10 as at, 100 + i % 7 as w from range(3000000) as r (i)", mapping)
    code = (
        "import sys; from pathlib import Path; from ingest.power import take;"
        "from ingest.power.said import declare; from ingest.sidecar import discover, find;"
        "take.MEMORY_LIMIT = '200MB'; file = Path(sys.argv[1]); (s,) = find(['power'], discover());"
        "done = take.take_traces(s, [file], declare([file]), file.parent / 'landing.duckdb');"
        "(peak,) = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM:')];"
        "print(done.rows, int(peak) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows, peak = map(int, done.stdout.split()[-2:])
    assert rows >= 3_000_000 and peak < 900, peak
