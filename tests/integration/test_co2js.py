"""CO2.js from the published files to the contract: known answers, and nothing in quarantine."""

import polars as pl
import pytest

from cradle.paths import PROJECT_ROOT
from ingest.cache import sha256_of
from ingest.co2js.contract import check_electricity_maps_averages, check_ember_averages
from ingest.co2js.parse import parse
from ingest.sidecar import discover, find

OUTPUT = PROJECT_ROOT.parent / "shared/upstream/co2js/data/output"
FILES = [
    OUTPUT / "average-intensities.json",
    *(OUTPUT / f"electricity-maps/yearly_{year}.json" for year in (2024, 2025)),
]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not all(file.is_file() for file in FILES), reason="the files of CO2.js are not in ../shared/upstream"
    ),
]


@pytest.fixture(scope="module")
def landed() -> dict[str, pl.DataFrame]:
    parts: dict[str, list[pl.DataFrame]] = {}
    for file in FILES:
        lineage = {"source_id": "co2js", "release_id": "test", "file_sha256": sha256_of(file)}
        for entity, frame in parse(file).items():
            parts.setdefault(entity, []).append(frame.with_columns(**{c: pl.lit(v) for c, v in lineage.items()}))
    return {entity: pl.concat(frames) for entity, frames in parts.items()}


def test_the_files_are_the_pinned_ones():
    (sidecar,) = find(["co2js"], discover())
    assert [sha256_of(file) for file in FILES] == [download.sha256 for download in sidecar.download]


def test_ember(landed):
    frame = check_ember_averages(landed["ember_averages"])
    assert (frame.height, frame["violations"].list.len().sum()) == (222, 0)
    assert frame["country_code"].null_count() == 13
    known = dict(frame.select("place_key", "carbon_intensity").iter_rows())
    assert (known["FRA"], known["World"], known["CAF"]) == (44.18, 472.94, 0.0)


def test_electricity_maps(landed):
    frame = check_electricity_maps_averages(landed["electricity_maps_averages"])
    assert (frame.height, frame["violations"].list.len().sum()) == (704, 0)
    france = frame.filter(pl.col("zone_key") == "FR").sort("year")
    assert france.select("year", "grid_carbon_intensity").rows() == [(2024, 33.0), (2025, 31.0)]
    assert frame.filter(pl.col("zone_key").str.contains("-")).height == 2 * 147
