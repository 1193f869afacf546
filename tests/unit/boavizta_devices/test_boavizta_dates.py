"""The shapes of a report's date: the contract takes them, and the SQL of staging finds year and month in them."""

import re
from datetime import date

import duckdb
import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cradle.paths import PROJECT_ROOT
from ingest.boavizta_devices.contract import DATE, MONTHS, SPREADSHEET_NUMBER

MACROS = (PROJECT_ROOT / "macros" / "report_date.sql").read_text(encoding="utf-8")
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))

SHAPES = {
    "year": lambda day: (f"{day.year}", None),
    "month and year": lambda day: (f"{MONTHS[day.month - 1]} {day.year}", day.month),
    "short month and year": lambda day: (f"{MONTHS[day.month - 1][:3]} {day.year}", day.month),
    "month, day and year": lambda day: (f"{MONTHS[day.month - 1]} {day.day} {day.year}", day.month),
    "month, two-digit day and year": lambda day: (f"{MONTHS[day.month - 1]} {day.day:02d} {day.year}", day.month),
    "dashes": lambda day: (f"{day.year}-{day.month}-{day.day}", day.month),
    "dashes, two-digit month": lambda day: (f"{day.year}-{day.month:02d}-{day.day}", day.month),
    "dashes, two-digit day": lambda day: (f"{day.year}-{day.month}-{day.day:02d}", day.month),
    "dashes, two digits": lambda day: (f"{day.year}-{day.month:02d}-{day.day:02d}", day.month),
    "slashes": lambda day: (f"{day.day:02d}/{day.month:02d}/{day.year}", day.month if day.day > 12 else None),
}


@pytest.fixture(scope="module")
def year_and_month():
    call = "select {{ report_year('x') }}, {{ report_month('x') }} from (select ?::varchar as x)"
    sql = jinja2.Environment(autoescape=False).from_string(MACROS + call).render()
    with duckdb.connect() as con:
        yield lambda text: con.execute(sql, [text]).fetchone()


@pytest.mark.parametrize("shape", SHAPES)
@given(day=DAYS)
def test_every_day_in_every_shape(year_and_month, shape, day):
    text, month = SHAPES[shape](day)
    assert re.search(DATE, text)
    assert year_and_month(text) == (day.year, month)


@given(number=st.integers(10000, 99999))
def test_a_spreadsheet_number_is_no_date(year_and_month, number):
    assert re.search(SPREADSHEET_NUMBER, str(number))
    assert not re.search(DATE, str(number))
    assert year_and_month(str(number)) == (None, None)


@given(text=st.text(max_size=25))
def test_other_text_never_crashes(year_and_month, text):
    year, month = year_and_month(text)
    if re.search(DATE, text):
        assert year is not None
    assert month is None or not re.search(DATE, text) or 1 <= month <= 12


@pytest.mark.parametrize(
    "text", ["2021-13-1", "2021-0-1", "May 32 2020", "Mai 2020", "2020 May", "1/13/2019", "20", ""]
)
def test_what_only_looks_like_a_date(text):
    assert not re.search(DATE, text)


def test_no_date_has_no_year(year_and_month):
    assert year_and_month(None) == (None, None)
