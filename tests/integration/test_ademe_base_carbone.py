"""The Base Carbone from file to staging: known answers of V23.6, and the bundle beside the full file."""

import duckdb
import pytest

from tests.integration.real_files import are_there

MODELS = ("stg_ademe_base_carbone__elements", "stg_ademe_base_carbone__postes")

needs_full_file = pytest.mark.skipif(
    not are_there("ademe_base_carbone"),
    reason="the full Base Carbone file is not in ../shared/upstream/ademe; the bundle is tested",
)


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple:
    (row,) = con.execute(sql).fetchall()
    return row


@needs_full_file
@pytest.mark.shared
class TestFullFile:
    @pytest.mark.parametrize(
        ("count", "sql"),
        [
            (18616, "select count(*) from contracts.ademe_base_carbone__lines"),
            (0, "select count(*) from contracts.ademe_base_carbone__lines where len(violations) > 0"),
            (12817, "select count(*) from staging.stg_ademe_base_carbone__elements"),
            (5799, "select count(*) from staging.stg_ademe_base_carbone__postes"),
            (7171, "select count(*) from staging.base_ademe_base_carbone__lines where status = 'archived'"),
            (1878, "select count(*) from staging.base_ademe_base_carbone__lines where entry_type = 'source_data'"),
            (
                6518,
                "select count(*) from staging.stg_ademe_base_carbone__elements"
                " where entry_type = 'emission_factor' and status <> 'archived'",
            ),
            (318, "select count(*) from staging.stg_ademe_base_carbone__elements where total_kgco2e < 0"),
            (2182, "select count(*) from staging.stg_ademe_base_carbone__elements where postes_count > 0"),
            (
                2182,
                "select count(*) from staging.stg_ademe_base_carbone__elements where abs(postes_residual_pct) <= 1",
            ),
            (
                0,
                "select count(*) from staging.stg_ademe_base_carbone__elements where regulations like '%Ã%'",
            ),
        ],
    )
    def test_known_counts(self, pulled, count, sql):
        assert _one(pulled, sql) == (count,)

    def test_every_place_that_is_named_is_in_the_seed(self, pulled):
        sql = """
            select distinct location_as_stated, sublocation_as_stated
            from staging.stg_ademe_base_carbone__elements as elements
            where location_as_stated <> 'France continentale' and sublocation_as_stated is not null and not exists (
                from seeds.ademe_base_carbone__geographies as places
                where places.location = location_as_stated and places.sublocation_fr = sublocation_as_stated
            )
        """
        assert pulled.execute(sql).fetchall() == []

    @pytest.mark.parametrize("model", MODELS)
    def test_the_bundle_gives_the_same_staging_rows(self, pulled, bundled, model):
        columns = [name for name, *_ in bundled.sql(f"describe staging.{model}").fetchall()]
        rows = dict(_by_row_number(pulled, model, columns))
        in_bundle = _by_row_number(bundled, model, columns)
        assert in_bundle == [(number, rows[number]) for number, _ in in_bundle]

    def test_the_bundle_is_all_of_its_categories(self, pulled, bundled):
        sql = """
            select count(*) from staging.base_ademe_base_carbone__lines
            where category_path in ({})
        """
        categories = bundled.sql("select distinct category_path from staging.base_ademe_base_carbone__lines").fetchall()
        names = ", ".join(f"'{name}'" for (name,) in categories)
        assert _one(pulled, sql.format(names)) == (576,)


def _by_row_number(con: duckdb.DuckDBPyConnection, model: str, columns: list[str]) -> list[tuple]:
    rows = con.execute(f"select row_number, {', '.join(columns)} from staging.{model} order by row_number").fetchall()
    return [(row[0], row[1:]) for row in rows]


class TestBundle:
    @pytest.mark.parametrize(("model", "count"), [(MODELS[0], 266), (MODELS[1], 310)])
    def test_counts(self, bundled, model, count):
        assert _one(bundled, f"select count(*) from staging.{model}") == (count,)

    def test_lineage_is_that_of_the_full_file(self, bundled):
        sql = """
            select distinct source_id, release_id, file_sha256 from staging.base_ademe_base_carbone__lines
        """
        sha256 = "cc02532c64ee995bf3e7eb6a9fd3312a363fa0c74f0bf76f239f71685dbd056d"
        assert bundled.execute(sql).fetchall() == [("ademe_base_carbone", "V23.6-reserialised", sha256)]

    def test_no_sentence_of_others_is_landed(self, bundled):
        columns = [f"{kind}_{language}" for kind in ("comment", "tags") for language in ("fr", "en", "es")]
        stated = " or ".join(f"{column} is not null" for column in columns)
        assert _one(bundled, f"select count(*) from raw.ademe_base_carbone__lines where {stated}") == (0,)

    def test_electricity_of_france_in_2024(self, bundled):
        total = """
            select total_kgco2e, reference_unit, geography_id, reference_year, uncertainty_pct, postes_count
            from staging.stg_ademe_base_carbone__elements where element_id = '43642'
        """
        postes = """
            select poste_type, total_kgco2e from staging.stg_ademe_base_carbone__postes where element_id = '43642'
            order by poste_id
        """
        assert _one(bundled, total) == (0.0519, "kWh", "FRA", 2024, 10.0, 3)
        assert bundled.execute(postes).fetchall() == [
            ("power_plant_combustion", 0.035),
            ("upstream", 0.0131),
            ("transmission_and_distribution", 0.0038),
        ]

    def test_france_has_one_average_mix_a_year(self, bundled):
        sql = """
            select list(reference_year order by reference_year) from staging.stg_ademe_base_carbone__elements
            where geography_id = 'FRA' and attribute_fr like '% - mix moyen' and status <> 'archived'
        """
        assert _one(bundled, sql) == (list(range(2008, 2025)),)

    def test_a_laptop_by_life_cycle_stage(self, bundled):
        sql = """
            select life_cycle_stage, round(sum(total_kgco2e), 6)
            from staging.stg_ademe_base_carbone__postes where element_id = '27002'
            group by all order by all
        """
        assert bundled.execute(sql).fetchall() == [("manufacturing", 124.54), ("transport", 31.7)]
