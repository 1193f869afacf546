"""Tables of the user's from the command line to the marts and the published export, in one build; and those of G4IT.

Every row is accepted or rejected, the quarantine has exactly the rows named here, and what may not be passed on is not.
"""

import json
from pathlib import Path

import duckdb
import pytest

from tests.integration.own_data import REAL_TABLES

needs_g4it = pytest.mark.skipif(
    not all(file.is_file() for file in REAL_TABLES.values()),
    reason="the tables of G4IT are not in ../shared/upstream/g4it",
)


@pytest.fixture(scope="module")
def home(own) -> Path:
    """One build with two invented tables, and the two real ones where they are at hand; and its published export."""
    return own


def test_the_build_says_what_was_refused(home):
    _, message = json.loads((home / "said.json").read_text(encoding="utf-8"))["build"]
    assert "reference_tables:private: 1 rows rejected, 1 cells voided" in message


def ask(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(home / "cradle.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def findings(home: Path, table: str) -> set[tuple]:
    query = (
        "select row_number, column_name, check_name, offending_text, severity from marts.quarantine where source_id = "
    )
    return set(ask(home, f"{query}'reference_tables:{table}'"))


def test_rows_in_are_accepted_or_rejected(home):
    counts = """
        with
        fates as (
            select source_id, len(list_filter(violations, lambda v: v.severity = 'reject_row')) > 0 as is_rejected
            from contracts.reference_tables__cells
        ),
        staged as (
            select source_id, count(*) as accepted from staging.stg_reference_tables__cells group by source_id
        ),
        landed as (select source_id, count(*) as landed from raw.reference_tables__cells group by source_id),
        rejected as (select source_id, count(*) filter (is_rejected) as rejected from fates group by source_id)
        select split_part(source_id, ':', 2), landed, accepted, rejected
        from landed join staged using (source_id) join rejected using (source_id)
    """
    found = {table: numbers for table, *numbers in ask(home, counts)}
    assert found["private"] == [13, 12, 1] and found["shared"] == [18, 5, 13]
    assert found.get("g4it_2025", [1716, 1656, 60]) == [1716, 1656, 60]
    assert found.get("g4it_2026", [1698, 1518, 180]) == [1698, 1518, 180]


def test_the_quarantine_has_exactly_these_rows(home):
    fake = "the table itself calls the row fake or test data: Fake data for tests"
    assert findings(home, "private") == {
        (10, "value", "zero_is_not_modelled", "0", "void_cell"),
        (13, "refused_by_rule", "is_no_fake_data", fake, "reject_row"),
    }
    gwp, adpe, pe = "GWP (kg CO2 eq)", "ADPe (kg Sb eq)", "PE (mJ)"
    unit, stage, per = ("amount_unit_as_stated", "stage", "reference_unit_as_stated")
    assert findings(home, "shared") == {
        *((row, pe, f"{unit}.is_in_the_mapping", "mJ", "reject_row") for row in range(1, 7)),
        (2, gwp, "parses_as(Float64)", "1200,5", "reject_row"),
        *((3, column, f"{stage}.is_in_the_mapping", "Cooking", "reject_row") for column in (gwp, adpe, pe)),
        *((4, column, f"{per}.is_in_the_mapping", "furlong", "reject_row") for column in (gwp, adpe, pe)),
        (5, gwp, "cell_has_one_value", "0.5", "reject_row"),
        (6, gwp, "cell_has_one_value", "0.7", "reject_row"),
    }


def test_factors_carry_the_declared_licence_and_why_they_may_not_be_chosen(home):
    query = """
        select row_number, value, reference_unit, licence_id, ineligible_reason
        from marts.factors where source_id = 'reference_tables:private' order by row_number
    """
    found = {row: rest for row, *rest in ask(home, query)}
    ours = "LicenseRef-user-Our-contract-not-passed-on"
    assert found[1] == [120.5, "item", ours, None]
    assert found[3][3] == "a credit: avoided burdens are outside of the boundary"
    assert found[4][1] == "item*year" and "never added" in found[4][3]
    assert all("the same values stand under the name Rack, for 42 units" in found[row][3] for row in (5, 6, 7, 8))
    assert found[9] == [0.5, "kWh", "LicenseRef-ademe-base-impacts", None]
    assert 10 not in found and 13 not in found
    assert "another place stands in" in found[11][3] and "not in the vocabulary" in found[12][3]


def test_no_table_enters_a_factor_set(home):
    assert ask(home, "select * from marts.factor_selection where source_id like 'reference_tables%'") == []


def test_what_may_not_be_passed_on_is_nowhere_in_the_published_export(home):
    factors = f"from '{home / 'published'}/factors*.parquet'"
    with duckdb.connect() as con:
        sources = con.execute(
            f"select distinct source_id {factors} where source_id like 'reference_tables%'"
        ).fetchall()
        assert sources == [("reference_tables:shared",)]
        assert con.execute(f"select count(*) {factors} where source_id = 'reference_tables:shared'").fetchall() == [
            (3,)
        ]
    for file in (home / "published").rglob("*.parquet"):
        with duckdb.connect() as con:
            for (text,) in con.execute(f"select cast(t as varchar) from '{file}' as t").fetchall():
                assert "120.5" not in text or "Rack" not in text, file.name
                assert "invented_long.csv" not in text and "reference_tables:private" not in text, file.name


def test_the_attribution_names_the_table_that_is_passed_on(home):
    page = (home / "published" / "ATTRIBUTION.md").read_text()
    assert "In-house open licence" in page and "`LicenseRef-user-In-house-open-licence`" in page
    assert not [word for word in ("invented_long.csv", "reference_tables:private", "Our-contract") if word in page]


@needs_g4it
def test_the_electricity_of_g4it_is_that_of_138_countries(home):
    query = """
        select source_id, count(distinct geography_as_stated), count(distinct indicator_id), count(*)
        from staging.stg_reference_tables__cells where source_id like '%g4it%' group by 1 order by 1
    """
    assert ask(home, query) == [
        ("reference_tables:g4it_2025", 138, 12, 1656),
        ("reference_tables:g4it_2026", 138, 11, 1518),
    ]


@needs_g4it
def test_one_kilowatt_hour_in_france_is_as_base_impacts_prints_it(home):
    # Base IMPACTS 2.01, mix of 2011: 0.0813 kgCO2e per kWh
    query = """
        select source_id, value, as_printed, amount_unit, reference_unit, life_cycle_stage, licence_id, is_eligible
        from marts.factors
        where source_id like '%g4it%' and geography_id = 'FRA' and impact_category = 'GWP' order by source_id
    """
    expected = (0.0813225, "0.0813225", "kgCO2e", "kWh", "use", "LicenseRef-ademe-base-impacts", True)
    assert ask(home, query) == [(f"reference_tables:g4it_{year}", *expected) for year in (2025, 2026)]


@needs_g4it
def test_both_generations_print_the_same_electricity_to_16_places(home):
    query = """
        select count(*), max(abs(a.value_per_reference_unit - b.value_per_reference_unit))
        from staging.stg_reference_tables__cells as a
        inner join staging.stg_reference_tables__cells as b
            on a.item = b.item and a.indicator_id = b.indicator_id
        where a.source_id like '%g4it_2025' and b.source_id like '%g4it_2026' and a.value_per_reference_unit is not null
    """
    ((rows, largest),) = ask(home, query)
    assert rows == 1518 and largest < 1e-16


@needs_g4it
def test_all_places_but_two_are_known(home):
    query = """
        select distinct geography_as_stated from staging.stg_reference_tables__cells
        where source_id like '%g4it%' and geography_id is null order by 1
    """
    assert ask(home, query) == [("Netherlands Antilles",), ("Non spécifié",)]
