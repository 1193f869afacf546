"""BoaviztAPI from file to factors: row counts, known answers and known errors of 2.4.1, and what 2.5.0 changed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from cradle import paths
from cradle.paths import PROJECT_ROOT
from ingest.cache import Cache
from ingest.sidecar import discover, find

UPSTREAM = PROJECT_ROOT.parent / "shared/upstream/boaviztapi-2.4.1"
(SIDECAR,) = find(["boaviztapi"], discover())
OLDER = [d for d in SIDECAR.download if d.release_id == "2.4.1"]
NEWER = [d for d in SIDECAR.download if d.release_id is None]
MODELS = ("int_factors__from_boaviztapi", "release_differences", "boaviztapi_rows_conserved", "quarantine", "factors")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not UPSTREAM.is_dir(), reason="the files of BoaviztAPI 2.4.1 are not in ../shared/upstream"),
]


def _own_files() -> list[Path]:
    return [UPSTREAM / download.url.split("#boaviztapi/data/", 1)[1] for download in OLDER]


def _pulled_files() -> list[tuple[str, str, Path]] | None:
    """Both releases from the cache of the checkout: 2.5.0 is in the package index alone."""
    cache = Cache(paths.landing_db().parent / "cache")
    found = [(d.file_name, d.sha256, cache.find(d.sha256)) for d in NEWER]
    return None if any(path is None for *_, path in found) else found


@pytest.fixture(scope="module")
def older(tmp_path_factory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A build of 2.4.1 alone, given by the user."""
    from ingest.pull import take_files

    folder = tmp_path_factory.mktemp("older")
    take_files(SIDECAR, _own_files(), folder / "landing.duckdb")
    with _built(folder) as con:
        yield con


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A build of both releases; skips where 2.5.0 was never pulled here."""
    from contextlib import nullcontext

    from ingest.pull import pull

    newer = _pulled_files()
    if newer is None:
        pytest.skip("BoaviztAPI 2.5.0 is not in the cache: `cradle pull boaviztapi` gets it")
    folder = tmp_path_factory.mktemp("both")
    cache = Cache(folder / "cache")
    files = [(d.sha256, file) for d, file in zip(OLDER, _own_files(), strict=True)]
    for sha256, file in [*((sha256, path) for _, sha256, path in newer), *files]:
        if cache.find(sha256) is None:
            with cache.temporary() as copy:
                copy.write_bytes(file.read_bytes())
                cache.store(copy, sha256, {})
    pull(SIDECAR, folder / "landing.duckdb", cache, lambda _: nullcontext(lambda done, total: None))
    with _built(folder) as con:
        yield con


def _built(folder: Path) -> duckdb.DuckDBPyConnection:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", "build", "--indirect-selection", "cautious"),
            *("--select", *(f"+{model}" for model in MODELS), "--exclude", "test_type:unit"),
            *("--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)),
        ],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "CRADLE_DB": str(folder / "cradle.duckdb"),
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return duckdb.connect(str(folder / "cradle.work.duckdb"), read_only=True)


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple:
    (row,) = con.execute(sql).fetchall()
    return row


@pytest.mark.parametrize(
    ("entity", "rows"),
    [
        # numbers of the file, or of upstream's SOURCE.md where the file has one row a record
        ("component_factors", 4269),
        ("electricity_mixes", 20 * 139),
        ("device_factors", 14 * 20),
        ("block_factors", 35 * 36),
        ("gpu_specs", 8),
        ("cpu_specs", 1807),
        ("chip_densities", 11 + 19),
        ("servers", 292),
        ("cloud_instances", 1095 + 394 + 339 + 50 + 69),
    ],
)
def test_every_row_of_2_4_1_lands_in_its_release(older, entity, rows):
    assert older.execute(f"select release_id, count(*) from raw.boaviztapi__{entity} group by all").fetchall() == [
        ("2.4.1", rows)
    ]


def test_small_tables_land_record_by_record(older):
    sql = """
        select archetype_kind, count(distinct archetype_id) from raw.boaviztapi__archetype_fields group by all order by all
    """
    assert dict(older.execute(sql).fetchall()) == {
        **{"case": 2, "cpu": 1, "gpu": 1, "hdd": 1, "power_supply": 1, "ram": 1, "ssd": 1},
        **{"cpu_profile": 6, "iot_device": 5, "missing_cpu": 5, "user_terminal": 17},
    }


def test_the_contracts_name_the_known_errors(older):
    sql = """
        select entity, check_name, count(distinct row_number) from marts.quarantine
        where source_id = 'boaviztapi' group by all order by all
    """
    assert older.execute(sql).fetchall() == [
        ("cloud_instances", "parses_as(Float64)", 7),
        ("servers", "memory_of_a_card_is_possible", 7),
        ("servers", "memory_of_a_machine_is_possible", 41),
        ("servers", "memory_of_a_stick_is_possible", 47),
    ]


def test_all_machines_of_more_than_24_tib_lose_their_memory(older):
    sql = """
        with stated as (
            select
                archetype_id,
                try_cast(ram_units as double) * try_cast(ram_capacity_gb as double) / 1024 as tib
            from raw.boaviztapi__servers
        )
        select count(*), max(tib), count(ram_units), count(ram_capacity_gb), max_by(archetype_id, tib)
        from staging.stg_boaviztapi__servers inner join stated using (archetype_id) where tib > 24
    """
    assert _one(older, sql) == (45, 262144.0, 0, 0, "x4-megamem-1920-metal")


def test_the_derived_block_of_electricity_is_the_table_by_its_priorities(older):
    # Serbia and Montenegro and the rest: every place and criterion of the block but the two that the table lacks
    sql = """
        select count(*), count(*) filter (abs(f.value - m.value) > 1e-9 * m.value)
        from staging.stg_boaviztapi__component_factors as f
        inner join staging.stg_boaviztapi__electricity_mixes as m
            on f.sub_part = m.place_code and f.criterion = m.criterion and m.is_selected
        where f.item = 'electricity'
    """
    compared, different = _one(older, sql)
    assert compared == 139 * 15 + 136 + 0
    assert different == 0


def test_the_devices_of_factors_yml_are_those_of_the_table(older):
    sql = """
        select count(*), count(*) filter (abs(f.value - d.value) > 1e-9 * abs(d.value))
        from staging.stg_boaviztapi__component_factors as f
        inner join staging.stg_boaviztapi__device_factors as d
            on
                d.device_kind = 'device'
                and replace(f.item, '_', '') = replace(upper(d.device), 'HHD', 'HDD')
                and coalesce(f.variant, '') = coalesce(d.variant, '')
                and f.indicator_id = d.indicator_id
        where f.value is not null
    """
    assert _one(older, sql) == (14 * 19, 0)


@pytest.mark.parametrize(
    ("factor_id", "printed", "value", "unit", "reason"),
    [
        ("electricity:CZE:ap:3.1", "8.37957", 8.37957, "molHe", "breaks the gate within_multiple_of_median"),
        ("electricity:NAM:pe:3.1", "468.150", 468.15, "MJ", "computed by the source as fossil resources"),
        ("electricity:FRA:gwp:1.1", "0.098", 0.098, "kgCO2e", None),
        ("electricity:FRA:gwp:3.1", "0.0813225", 0.0813225, "kgCO2e", "priority 3"),
        ("device:Laptop.perso:embodied_unsplit:ADPe", "8,00E-03", 0.008, "kgSbe", None),
    ],
)
def test_known_values(older, factor_id, printed, value, unit, reason):
    sql = f"""
        select as_printed, value, amount_unit, ineligible_reason from marts.factors
        where factor_id = 'boaviztapi:2.4.1:{factor_id}'
    """
    found = _one(older, sql)
    assert found[:3] == (printed, pytest.approx(value, rel=1e-12), unit)
    assert (found[3] or "").startswith(reason) if reason else found[3] is None


def test_water_of_electricity_is_litres(older):
    sql = """
        select value, amount_unit, indicator_id from marts.factors
        where factor_id = 'boaviztapi:2.4.1:electricity:FRA:wu'
    """
    # the litres that EcoLogits prints for the same place from the same source
    assert _one(older, sql) == (pytest.approx(3.6737, rel=1e-5), "L", "water_consumed")


def test_a_zero_of_electricity_is_never_chosen(older):
    sql = """
        select count(*), count(*) filter (is_eligible) from marts.factors
        where source_id = 'boaviztapi' and object_id = 'electricity' and value = 0
    """
    zeros, eligible = _one(older, sql)
    assert zeros > 500
    assert eligible == 0


def test_nothing_of_it_is_in_a_factor_set(older):
    assert _one(older, "select count(*) from seeds.factor_set_rules where source_id = 'boaviztapi'") == (0,)


def test_the_older_release_is_archived_beside_the_newer(both):
    sql = """
        select release_id, status, ineligible_reason, count(*) from marts.factors
        where source_id = 'boaviztapi' and (release_id = '2.4.1' or status = 'archived') group by all order by 1, 4
    """
    assert both.execute(sql).fetchall() == [
        ("2.4.1", "archived", "superseded by release 2.5.0", 3989),
        ("2.5.0", "archived", "priority 2: the source takes a number of a higher priority", 27),
        ("2.5.0", "archived", "priority 3: the source takes a number of a higher priority", 109),
    ]


def test_both_releases_land_whole(both):
    for entity, counts in {"servers": (292, 348), "gpu_specs": (8, 33), "cpu_specs": (1807, 1808)}.items():
        sql = f"select count(*) from staging.stg_boaviztapi__{entity} group by release_id order by release_id"
        assert [n for (n,) in both.execute(sql).fetchall()] == list(counts)


def test_the_area_of_the_a100_grew_by_60_percent(both):
    sql = """
        select change, old_value, new_value, ratio from marts.release_differences
        where entity = 'gpu_specs' and record_key = 'NVIDIA A100 PCIe 40GB' and field = 'die_area_mm2'
    """
    assert _one(both, sql) == ("changed", 1798.0, 2876.29, pytest.approx(1.5997, rel=1e-4))


def test_the_unit_of_final_energy_was_mended_in_every_place(both):
    sql = """
        select field, old_text, new_text, count(*) from marts.release_differences
        where entity = 'component_factors' group by all
    """
    assert both.execute(sql).fetchall() == [("unit_as_printed", "MJ", "kWh", 139)]


def test_no_factor_changed_between_the_releases(both):
    assert _one(both, "select count(*) from marts.release_differences where entity = 'factors'") == (0,)
