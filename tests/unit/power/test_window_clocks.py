"""Windows of companion files, on the clock of the trace beside them."""

import duckdb
import pytest

from ingest.power.channels import make_tables, name_channels
from ingest.power.said import declare
from ingest.power.window_clocks import put_on_clock_of_traces

SECOND = 1_000_000
HOUR = 3600 * SECOND
# 2026-01-02T03:04:05Z
BEGIN = 1_767_323_045 * SECOND
MLPERF = "power_begin to power_end"


def _put(folder, window_name, stated_in, offset_s=None, timezone=None, shift=0):
    """A trace of 50 s in local time, and a window of one second as a companion states it; (windows, notes)."""
    with duckdb.connect() as con:
        make_tables(con)
        con.execute("insert into files values (1, 'day/1.csv', 'x', 1, 'plain_csv', null)")
        con.execute(
            "insert into channels by name select 1 as file_index, 1 as channel_index, 'local' as clock,"
            " ? as utc_offset_s",
            [offset_s],
        )
        con.execute(
            "insert into samples by name select 1 as file_index, 1 as channel_index, ? + i * 1000000 as stated_us"
            " from range(50) as r (i)",
            [BEGIN],
        )
        con.execute(
            "insert into windows by name select 1 as file_index, ? as window_name, ? as begin_us, ? as end_us,"
            " ? as stated_in",
            [window_name, BEGIN + shift, BEGIN + shift + SECOND, stated_in],
        )
        name_channels(con, declare([folder], table="t", timezone=timezone))
        notes = put_on_clock_of_traces(con)
        return con.execute("select begin_us - ?, end_us - ? from windows", [BEGIN, BEGIN]).fetchall(), notes


@pytest.mark.parametrize(
    ("window_name", "stated_in", "clock", "begins"),
    [
        ("EP", "experiments.json", {"timezone": "Europe/Paris"}, -HOUR),
        (MLPERF, "mlperf_log_detail.txt", {"timezone": "Europe/Paris"}, -HOUR),
        (MLPERF, "mlperf_log_detail.txt", {"offset_s": 25_200}, 7 * HOUR),
        # the offset that a companion shows comes before the zone that the user says
        (MLPERF, "mlperf_log_detail.txt", {"offset_s": 25_200, "timezone": "Europe/Paris"}, 7 * HOUR),
        (MLPERF, "mlperf_log_detail.txt", {}, 0),
    ],
)
def test_a_window_in_local_time_is_shifted_as_its_trace(tmp_path, window_name, stated_in, clock, begins):
    assert _put(tmp_path, window_name, stated_in, **clock) == ([(begins, begins + SECOND)], [])


def test_a_window_in_utc_stays(tmp_path):
    windows, notes = _put(tmp_path, "EP", "experiment_table.csv", timezone="Europe/Paris", shift=-HOUR)
    assert (windows, notes) == ([(-HOUR, -HOUR + SECOND)], [])


@pytest.mark.parametrize("shift", [-2 * SECOND, 50 * SECOND])
def test_a_window_that_no_sample_reaches_is_noted(tmp_path, shift):
    (_, (note,)) = _put(tmp_path, MLPERF, "mlperf_log_detail.txt", offset_s=25_200, shift=shift)
    assert note == f"stated windows that no sample of their file reaches: {MLPERF} of day/1.csv"
