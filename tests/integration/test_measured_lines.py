"""Known answers of the measured series and of the meters beside the wall, and what rests on them."""

import pytest

from cradle.report.ask import Marts
from cradle.report.pages import training_energy
from cradle.report.pages.studies.berthelot_2025 import figure_6


def test_the_fitted_slopes_are_the_known_ones(bundled):
    slopes = dict(bundled.sql("select distinct series_id, slope from marts.training_energy").fetchall())
    assert slopes["jay_sd_256px_wall"] == pytest.approx(5.40e-4, abs=0.005e-4)
    # known as 1.774e-3, which no fit to the published means gives: 1.778e-3 over those up to 3,500 steps (the paper's
    # choice), 1.773e-3 up to 5,000, 1.783e-3 over all 16; the paper prints 1.78e-3 for its 61 runs
    assert slopes["jay_sd_512px_wall"] == pytest.approx(1.774e-3, rel=0.003)
    assert slopes["jay_sd_512px_wall"] == pytest.approx(1.78e-3, abs=0.005e-3)


def test_quantiles_of_student_are_those_of_the_tables(bundled):
    rows = bundled.sql(
        "select distinct points_fitted - 2, t_quantile from intermediate.int_measurements__fit"
    ).fetchall()
    # two-sided 95 % with 1, 2, 12 and 13 degrees of freedom
    assert dict(rows) == pytest.approx({1: 12.706205, 2: 4.302653, 12: 2.178813, 13: 2.160369}, abs=1e-5)


def test_held_out_runs_are_predicted_within_two_per_cent(bundled):
    errors = bundled.sql(
        "select prediction_error_pct from marts.training_energy"
        " where prediction_kind = 'held_out' and instrument = 'wattmeter'"
    ).fetchall()
    assert len(errors) == 4
    assert all(abs(error) < 2 for (error,) in errors)


def test_all_versions_by_the_fitted_lines_are_near_the_published_lines(bundled):
    ((mwh,),) = bundled.sql(
        "select sum(predicted_run_energy) / 1000 from marts.training_energy"
        " where prediction_kind = 'extrapolated' and instrument = 'wattmeter'"
    ).fetchall()
    # 102.2 MWh by the published lines of Berthelot et al. 2025
    assert mwh == pytest.approx(102.2, rel=0.01)


def test_thermal_design_power_is_6_per_cent_above_the_wall(bundled):
    # Berthelot et al. 2025, section 4.3: 1.06 for v1-1; the stage at 256 px is the one with a printed duration
    rows = bundled.sql(
        "select round(tdp_over_predicted, 2) from marts.training_energy"
        " where tdp_energy is not null and instrument = 'wattmeter'"
    ).fetchall()
    assert rows == [(1.06,)]


def test_the_energy_of_a_whole_run_has_a_unit_of_its_own_on_the_pages(built_warehouse):
    """A series is in kWh a node; read with that unit, a run on 32 nodes would be 32 times too much."""
    with Marts(built_warehouse) as marts:
        stretched, figure = training_energy._stretched(marts).rows, figure_6.section(marts).rows
    assert {row["run_energy_unit"] for row in [*stretched, *figure]} == {"kWh"}
    assert {row["energy_unit"] for row in figure} == {"kWh/node"}
    assert all("energy_unit" not in row for row in stretched)
    for row in figure:
        assert row["predicted_run_energy"] == pytest.approx(row["nodes"] * row["predicted_energy"])


def test_gaps_of_tools_are_the_known_ones(bundled):
    gaps = dict(
        bundled.sql(
            "select distinct tool, mean_energy_gap from marts.meter_comparison where comparison_id = 'jay_2023_gpu'"
        ).fetchall()
    )
    assert gaps["CodeCarbon"] == pytest.approx(0.200616, abs=1e-6)
    assert gaps["Energy Scope"] == pytest.approx(0.316943, abs=1e-6)


def test_an_hour_of_a_training_system_has_the_known_range(bundled):
    # Wu et al. 2021: 2,000 kg, 3 to 5 years, 30 to 60 % of the time
    rows = bundled.sql(
        "select value from marts.impact_totals where scenario_id like 'wu_2021_system_hour_%'"
        " and impact_category = 'GWP' and electricity_view = 'location' order by value"
    ).fetchall()
    assert [value for (value,) in rows] == pytest.approx([2000 / (5 * 8760 * 0.6), 2000 / (3 * 8760 * 0.3)], rel=1e-12)


def test_a_measured_parameter_carries_its_source_and_licence_to_the_impacts(bundled):
    rows = bundled.sql(
        "select kind, source_id, statistic_id, licence_set, value_low < value and value < value_high"
        " from marts.parameter_values where scenario_id = 'sd_service_2025_fitted' and parameter_name = 'slope_512'"
    ).fetchall()
    assert rows == [("measured", "jay_sd_training_points", "jay_sd_512px_wall:slope", "CC-BY-SA-4.0", True)]
    sets = bundled.sql(
        "select distinct scenario_id, licence_set like '%CC-BY-SA-4.0%' from marts.impact_totals"
        " where impact_category = 'GWP' and electricity_view = 'location'"
        " and scenario_id in ('sd_service_2025_fitted', 'sd_service_2025_open')"
    ).fetchall()
    assert dict(sets) == {"sd_service_2025_fitted": True, "sd_service_2025_open": False}
