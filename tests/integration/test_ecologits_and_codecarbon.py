"""EcoLogits and CodeCarbon from file to factors: known answers, and the bundle beside the full files."""

import json

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT
from tests.integration.real_files import REAL_FILES, are_there

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not are_there("codecarbon", "ecologits"),
        reason="the files of EcoLogits and CodeCarbon are not in ../shared/upstream",
    ),
]


def test_the_bundle_is_what_a_release_of_the_full_files_holds(pulled_warehouse, tmp_path):
    from ingest import sidecar
    from ingest.release import write_release

    sources = sidecar.find(["codecarbon", "ecologits"], sidecar.discover())
    write_release(sources, tmp_path, pulled_warehouse.with_name("landing.duckdb"))
    written = {file.name: file.read_bytes() for file in (tmp_path / "open").glob("*.csv")}
    assert len(written) == 6
    assert written == {name: (PROJECT_ROOT / "release/open" / name).read_bytes() for name in written}


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple:
    (row,) = con.execute(sql).fetchall()
    return row


@pytest.mark.parametrize(
    ("count", "sql"),
    [
        (213, "select count(*) from staging.stg_codecarbon__energy_mixes where geography_id is not null"),
        (215, "select count(*) from staging.stg_ecologits__electricity_mixes where geography_id is not null"),
        (50, "select count(*) from contracts.ecologits__electricity_mixes where warnings is null"),
        (77, "select count(*) from staging.stg_ecologits__electricity_mixes where is_world_adpe and is_world_pe"),
        (165, "select count(*) from staging.stg_ecologits__electricity_mixes where is_world_wue"),
        (342, "select count(*) from staging.stg_ecologits__models"),
        (108, "select count(*) from staging.stg_ecologits__models where architecture_type = 'moe'"),
        (9, "select count(*) from staging.stg_ecologits__aliases inner join staging.stg_ecologits__models"
            " using (provider, model_name)"),
        (4, "select count(*) from staging.stg_ecologits__hardware"),
        (8, "select count(*) from staging.stg_ecologits__providers where geography_id is not null"),
        (24, "select count(*) from contracts.codecarbon__energy_mixes where len(violations) > 0"),
        (24, "select count(*) from contracts.codecarbon__energy_mixes where other_renewable_twh is null"),
        (0, "select count(*) from contracts.ecologits__electricity_mixes where len(violations) > 0"),
        (0, "select count(*) from staging.stg_codecarbon__generation where generation_share is null"),
        (28, "select count(distinct iso_code) from raw.codecarbon__energy_mixes where '0' in"
             " (coal_twh, gas_twh, oil_twh, nuclear_twh, hydroelectricity_twh, biofuel_twh, wind_twh,"
             " other_renewable_exc_biofuel_twh)"),
    ],
)  # fmt: skip
def test_known_counts(pulled, count, sql):
    assert _one(pulled, sql) == (count,)


@pytest.mark.parametrize(
    ("factor_id", "printed", "value", "unit"),
    [
        ("codecarbon:electricity:gwp100_unstated:FRA", "56.039", 0.056039, "kgCO2e"),
        ("codecarbon:electricity:gwp100_unstated:USA", "369.473", 0.369473, "kgCO2e"),
        ("codecarbon:electricity:gwp100_unstated:SWE", "40.695", 0.040695, "kgCO2e"),
        ("codecarbon:electricity:gwp100_unstated:DEU", "380.95", 0.38095, "kgCO2e"),
        ("ecologits:electricity_mixes:FRA:gwp", "0.04144", 0.04144, "kgCO2e"),
        ("ecologits:electricity_mixes:USA:gwp", "0.3844", 0.3844, "kgCO2e"),
        ("ecologits:electricity_mixes:FRA:wue", "3.6737", 3.6737, "L"),
    ],
)
def test_known_values(pulled, bundled, factor_id, printed, value, unit):
    source_id = factor_id.split(":")[0]
    sql = f"""
        select as_printed, value, amount_unit, licence_id, ineligible_reason
        from intermediate.int_factors__from_{source_id} where factor_id = '{factor_id}'
    """
    for con in (pulled, bundled):
        assert _one(con, sql) == (printed, pytest.approx(value, rel=1e-12), unit, "CC-BY-4.0", None)


def test_primary_energy_of_france_by_hand(pulled):
    # TWh of 2023 over the efficiencies of the conventions
    inputs = 2.16 / 0.35 + 31.43 / 0.45 + 9.71 / 0.38 + 335.65 / 0.33 + 53.19 + 23.26 + 48.61 + 9.5 / 0.33 + 0.6 / 0.10
    sql = """
        select value, reference_year from intermediate.int_factors__from_codecarbon
        where factor_id = 'codecarbon:electricity:pe_total:FRA'
    """
    assert _one(pulled, sql) == (pytest.approx(3.6 * inputs / 514.11, rel=1e-12), 2023)


def test_the_world_is_near_what_ember_prints_for_it(pulled):
    sql = """
        select
            value, reference_year, object_boundary like '%212 places with 99.9 %(2009 to 2023)'
        from intermediate.int_factors__from_codecarbon where factor_id = 'codecarbon:electricity:gwp100_unstated:GLO'
    """
    assert _one(pulled, sql) == (pytest.approx(0.481, abs=0.005), None, True)


def test_the_column_pe_is_fossil_resource_use_here(pulled):
    sql = """
        select distinct indicator_id, licence_id from intermediate.int_factors__from_ecologits
        where locator like 'electricity_mixes.json: %, pe'
    """
    assert pulled.execute(sql).fetchall() == [("ef_unstated_adpf", "LicenseRef-ademe-base-impacts")]


def test_cards_and_what_may_be_chosen_of_them(pulled):
    sql = """
        select object_id, indicator_id, value from intermediate.int_factors__from_ecologits
        where locator like 'video_models.json%' and ineligible_reason is null order by all
    """
    # no licence is stated for these numbers: they are read from the file that the user has
    hardware = json.loads(REAL_FILES["ecologits"][2].read_text(encoding="utf-8"))["hardware_configurations"]

    def stated(configuration: str, part: str, key: str) -> float:
        return float(hardware[configuration][f"{part}_embodied"][key])

    assert pulled.execute(sql).fetchall() == [
        ("ecologits:dgx_h200.server", "adpe_unstated", stated("dgx_h200", "server", "adpe")),
        ("ecologits:dgx_h200.server", "gwp100_unstated", stated("dgx_h200", "server", "gwp")),
        ("ecologits:dgx_h800.server", "adpe_unstated", stated("dgx_h800", "server", "adpe")),
        ("ecologits:dgx_h800.server", "gwp100_unstated", stated("dgx_h800", "server", "gwp")),
        ("ecologits:tpu_v6e.server", "adpe_unstated", stated("tpu_v6e", "server", "adpe")),
        ("ecologits:tpu_v6e.server", "gwp100_unstated", stated("tpu_v6e", "server", "gwp")),
        ("google_tpu_v6e", "gwp100_unstated", stated("tpu_v6e", "accelerator", "gwp")),
        ("nvidia_h100_sxm5_80gb", "adpe_unstated", stated("dgx_h800", "accelerator", "adpe")),
        ("nvidia_h100_sxm5_80gb", "ef_unstated_adpf", stated("dgx_h800", "accelerator", "pe")),
        ("nvidia_h100_sxm5_80gb", "gwp100_unstated", stated("dgx_h800", "accelerator", "gwp")),
        ("nvidia_h200_sxm_141gb", "adpe_unstated", stated("dgx_h200", "accelerator", "adpe")),
        ("nvidia_h200_sxm_141gb", "ef_unstated_adpf", stated("dgx_h200", "accelerator", "pe")),
        ("nvidia_h200_sxm_141gb", "gwp100_unstated", stated("dgx_h200", "accelerator", "gwp")),
    ]


def test_the_bundle_holds_nothing_that_may_not_be_handed_on(bundled):
    assert _one(bundled, "select count(*), count(adpe), count(pe) from raw.ecologits__electricity_mixes") == (215, 0, 0)
    for entity in ("models", "aliases", "hardware", "providers"):
        assert _one(bundled, f"select count(*) from raw.ecologits__{entity}") == (0,)
    sql = "select distinct licence_id from intermediate.int_factors__from_ecologits"
    assert bundled.execute(sql).fetchall() == [("CC-BY-4.0",)]


def test_the_bundle_of_codecarbon_is_the_whole_mix(pulled, bundled):
    sql = "from intermediate.int_factors__from_codecarbon order by factor_id"
    assert bundled.execute(sql).fetchall() == pulled.execute(sql).fetchall()
