"""Long traces are read in stretches side by side: the rows are those of one reading."""

import re
from pathlib import Path

import duckdb
import pytest

MODELS = ("int_power__count_intervals", "int_power__integrate", "int_power__roll_up")
CHANNELS = """
    select
        channel_key, quantity_kind, 1.0 as to_watt_or_joule, cast(1000 as double) as counter_modulus_j, sample_rate_hz,
        is_in_order, samples, 0 as sentinels, 0 as negatives, 0 as unreadable_values, 0 as steps_back,
        's' as samples_file, 'power:a' as source_id, 'f' as file_name
    from (
        values
            (11, 'gauge', null, true, 900), (12, 'counter', null, true, 900), (13, 'gauge', null, false, 900),
            (14, 'gauge', null, true, {middle}), (15, 'delta', null, true, 900), (16, 'gauge', 10.0, true, 900)
    ) as channels (channel_key, quantity_kind, sample_rate_hz, is_in_order, samples)
"""
# channels share the lines of a file, so that their rows are not next to each other; 16 states no times;
# the 50 W of 14 would be a spike if the 300 W after them were not seen
SAMPLES = """
    select
        channel_key, i * 6 + channel_key as row_number, cast(null as bigint) as at_us,
        case when channel_key < 16 then i * 1000000 + hash(i) % 3 * 100000 + if(i > 800, 40000000, 0) end
            as stated_us,
        if(channel_key = 15 and i % 7 > 0, 0.5, null) as interval_s,
        case channel_key
            when 12 then i * 37 % 1000 when 14 then [1, 50, 300][i % 3 + 1] else hash(i, channel_key) % 300
        end::double as value,
        if(channel_key = 14 and ({fault}), 'sentinel', null) as fault
    from channels, range(2000) as r (i)
    where i < samples
    order by channel_key, row_number
"""


@pytest.fixture(scope="module")
def compiled(once, run) -> dict[str, str]:
    """The SQL of the models and of what stands before them, as for a first build; 200 rows are a long trace."""

    def compile_all(folder: Path) -> None:
        named = ["--quiet", "compile", "--full-refresh"]
        for asked in (["--select", *MODELS], ["--inline", "{{ cut_traces(least=200, searched=20) }}"]):
            done = run(folder, "dbt.cli.main", *named, *asked)
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]

    folder = once("compiled models of traces", compile_all)
    found = {file.stem: file for file in (folder / "target" / "compiled").rglob("*") if file.is_file()}
    named = re.compile(r'"[^"]+"\."(\w+)"\.')
    return {
        name: named.sub(lambda schema: "raw." if schema[1] == "raw" else "", found[name].read_text(encoding="utf-8"))
        for name in (*MODELS, "inline_query")
    }


def rows_of_all(con: duckdb.DuckDBPyConnection, compiled: dict[str, str]) -> dict[str, list[tuple]]:
    rows = {}
    for model in MODELS:
        con.execute(f"create or replace table {model} as {compiled[model]}")
        rows[model] = con.execute(f"from {model} order by all").fetchall()
    return rows


@pytest.mark.parametrize(
    ("middle", "fault", "cuts"),
    [
        pytest.param(2000, "false", [[3014, 3020], [6014, 6020], [9014, 9020]], id="each sample can be used"),
        pytest.param(2000, "i = 501 or i = 1000", [[3014, 3026], [6020, 6026], [9014, 9020]], id="a fault at two cuts"),
        pytest.param(2000, "i between 480 and 560", None, id="no usable sample near a cut"),
        pytest.param(2000, "i < 1990", None, id="almost no usable sample"),
        pytest.param(30, "false", [[1363, 1369], [2713, 2719], [4063, 4069]], id="a cut channel is out of order"),
    ],
)
def test_cut_traces_give_the_rows_of_one_reading(
    compiled: dict[str, str], tmp_path: Path, middle: int, fault: str, cuts: list[list[int]] | None
) -> None:
    con = duckdb.connect()
    con.execute("set threads = 4")
    con.execute("create schema raw")
    con.execute(f"create table channels as {CHANNELS.format(middle=middle)}")
    file = tmp_path / "samples.parquet"
    con.execute(f"copy ({SAMPLES.format(middle=middle, fault=fault)}) to '{file}' (row_group_size 2048)")
    con.execute(f"create view raw.power__samples as from read_parquet('{file}')")
    con.execute("create view stg_power__channels as from channels")
    con.execute(
        "create table stg_power__windows as select 'power:a' as source_id, 'f' as file_name, 'w' as window_name,"
        " 100500000 as begin_us, 1500250000 as end_us, null::bigint as begin_row, null::bigint as end_row"
    )
    in_one = rows_of_all(con, compiled)
    assert len(in_one["int_power__integrate"]) >= 11, "a whole trace and a window of each channel that reaches it"
    con.execute(compiled["inline_query"])
    found = con.execute("select getvariable('middle_channel'), getvariable('cuts')").fetchone()
    assert found == (14 if middle == 2000 else 13, cuts)
    assert rows_of_all(con, compiled) == in_one


def test_only_the_channels_that_are_new_are_read(compiled: dict[str, str]) -> None:
    con = duckdb.connect()
    con.execute("create schema raw")
    con.execute(f"create table channels as {CHANNELS.format(middle=2000)}")
    con.execute(f"create table raw.power__samples as {SAMPLES.format(middle=2000, fault='false')}")
    con.execute("create view stg_power__channels as from channels where channel_key in (12, 14)")
    con.execute(compiled["inline_query"])
    in_a_model = re.search(r"\nstored as not materialized \((.*?)\n\),\n", compiled[MODELS[0]], re.DOTALL)[1]
    con.execute(f"create table read as with samples as (from raw.power__samples) {in_a_model}")
    read = con.execute("select channel_key, count(*) from read group by 1 order by 1").fetchall()
    assert read == [(12, 900), (13, 900), (14, 2000)], "13 lies between the two"
