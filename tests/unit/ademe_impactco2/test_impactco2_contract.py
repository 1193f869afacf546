"""Each rule of the contract, and that the seeds know every entry and item of the real files."""

import csv
from pathlib import Path

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.ademe_impactco2.contract import Devices, Services
from ingest.ademe_impactco2.parse import parse
from ingest.contract import check

FIXTURES = Path(__file__).parent / "fixtures"
SEEDS = PROJECT_ROOT / "seeds" / "ademe_impactco2"
REAL = PROJECT_ROOT.parent / "shared" / "upstream" / "ademe" / "impactco2"

needs_real_files = pytest.mark.skipif(
    not REAL.is_dir(), reason="the files of Impact CO2 are not in ../shared/upstream/ademe/impactco2"
)


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"ademe_impactco2__{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ENTRIES = {"entry_id": {row["entry_id"] for row in seed("entries")}}


def landed(file: Path) -> pl.DataFrame:
    (frame,) = parse(file).values()
    return frame.with_columns(
        source_id=pl.lit("ademe_impactco2"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
    )


def checked(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
    frame = landed(FIXTURES / "invented_devices.json")
    for (row_number, column), text in (cells or {}).items():
        here = pl.col("row_number") == row_number
        frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
    return check(frame, Devices, ENTRIES)


def findings(frame: pl.DataFrame) -> set[tuple[int, str, str]]:
    found = frame.select("row_number", "violations").explode("violations").drop_nulls().to_dicts()
    return {(row["row_number"], row["violations"]["check_name"], row["violations"]["severity"]) for row in found}


def test_sound_entries_have_no_violations_and_are_typed():
    frame = checked()
    assert findings(frame) == set()
    assert frame["value"].to_list() == [0.1, 0.85, 0.2, 2.5, 0.0, 3.0]
    services = check(landed(FIXTURES / "invented_services.json"), Services, ENTRIES)
    assert findings(services) == set()
    assert services["value"].to_list() == [0.00001234, 7.755216e-8]


@pytest.mark.parametrize(
    ("row_number", "column", "text", "check_name"),
    [
        (1, "slug", "Montre !", "str_matches('^[a-z0-9]+$')"),
        (1, "name", None, "not_nullable"),
        (1, "entry_id", "6", "in_vocabulary"),
        (1, "value", None, "not_nullable"),
        (1, "value", "-0.1", "greater_than_or_equal_to(0)"),
        (1, "value", "83000", "less_than_or_equal_to(10000)"),
        (1, "value", "0,1", "parses_as(Float64)"),
        (4, "value", "0", "a_life_of_some_years"),
        (4, "value", "250", "a_life_of_some_years"),
        (1, "category", "2", "isin(['1', '10'])"),
    ],
)
def test_what_rejects_a_row(row_number, column, text, check_name):
    frame = checked({(row_number, column): text})
    assert (row_number, check_name, "reject_row") in findings(frame)
    assert {row for row, *_ in findings(frame)} == {row_number}
    assert frame.height == 6


def test_an_entry_that_is_there_twice_rejects_both():
    frame = checked({(2, "entry_id"): "4"})
    assert findings(frame) == {(1, "entry_once", "reject_row"), (2, "entry_once", "reject_row")}


def test_a_bad_address_voids_the_cell():
    frame = checked({(1, "source_url"): "etude"})
    assert {severity for *_, severity in findings(frame)} == {"void_cell"}
    assert frame["source_url"][0] is None


@pytest.mark.parametrize("model", [Devices, Services])
def test_an_empty_table_passes(model):
    empty = pl.DataFrame(schema=dict.fromkeys(model.to_schema().columns, pl.String))
    assert check(empty.with_columns(pl.col("row_number").cast(pl.Int64)), model, ENTRIES).is_empty()


def test_units_of_the_seeds_parse():
    from cradle.units import registry

    units = {row["reference_unit"] for row in seed("items")} | {row["unit"] for row in seed("entries")}
    for unit in units:
        registry().Quantity(1.0, unit)


@needs_real_files
@pytest.mark.shared
class TestRealFiles:
    @pytest.fixture
    def devices(self) -> pl.DataFrame:
        return landed(REAL / "src/data/categories/numerique.json")

    @pytest.fixture
    def services(self) -> pl.DataFrame:
        return landed(REAL / "src/data/categories/usagenumerique.json")

    def test_every_entry_is_sound_and_every_item_is_in_the_seed(self, devices, services):
        assert devices["slug"].n_unique() == 15
        assert services["slug"].n_unique() == 7
        assert findings(check(devices, Devices, ENTRIES)) == set()
        assert findings(check(services, Services, ENTRIES)) == set()
        assert {*devices["slug"], *services["slug"]} == {row["slug"] for row in seed("items")}

    def test_services_sum_to_what_the_site_prints(self, services):
        """An answer from outside: the site's own table of equivalents; its web search is of another state."""
        with (REAL / "public/equivalents.csv").open(encoding="utf-8", newline="") as file:
            printed = {row[3]: float(row[1]) for row in csv.reader(file) if row[2] == "Usage numérique"}
        sums = services.group_by("slug").agg(pl.col("value").cast(pl.Float64).sum())
        found = dict(sums.iter_rows())
        assert set(found) == set(printed)
        off = {slug for slug in found if found[slug] != pytest.approx(printed[slug], rel=1e-9)}
        assert off == {"rechercheweb"}
        assert found["rechercheweb"] / printed["rechercheweb"] == pytest.approx(41.5, abs=0.1)
