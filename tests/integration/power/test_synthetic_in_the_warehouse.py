"""The synthetic example in the bundle: nobody finds the marts of power empty, and nobody takes it for a measurement."""

import statistics

import pytest

# the rule of examples/power/make_traces.py in kWh; a run begins on a start-up sample and ends on an idle one, of which
# the trapezoid takes halves
SLOPE = 0.2 * 420 / 3.6e6
INTERCEPT = (15 * 200 - 200 / 2 + 120 / 2) / 3.6e6
OF_THE_EXAMPLE = "source_id = 'power:synthetic_example'"


def test_the_marts_of_power_have_rows(bundled):
    for mart in ("measured_energy", "energy_per_work", "meter_comparison", "training_energy"):
        assert bundled.sql(f"select count(*) > 0 from marts.{mart}").fetchall() == [(True,)], mart
    counts = "select count(*), count(energy_kwh), count(distinct run_id) from marts.measured_energy"
    assert bundled.sql(f"{counts} where {OF_THE_EXAMPLE}").fetchall() == [(41, 41, 41)]


def test_each_row_says_that_no_meter_was_read(bundled):
    rows = bundled.sql(
        "select distinct instrument, is_measured, licence_set, starts_with(run_id, 'synthetic_')"
        f" from marts.measured_energy where {OF_THE_EXAMPLE}"
    ).fetchall()
    assert rows == [("synthetic numbers, no meter", False, "CC0-1.0", True)]
    ((title,),) = bundled.sql(f"select title from marts.sources where {OF_THE_EXAMPLE}").fetchall()
    assert title == "Synthetic power traces: no meter was read"


def test_it_stands_in_no_comparison_and_beside_no_published_series(bundled):
    assert bundled.sql(f"select count(*) from marts.meter_comparison where {OF_THE_EXAMPLE}").fetchall() == [(0,)]
    rows = bundled.sql(
        "select count(distinct series_id), bool_and(reading_from = 'traces') from marts.training_energy"
        f" where {OF_THE_EXAMPLE}"
    ).fetchall()
    assert rows == [(1, True)]
    series = bundled.sql("select distinct series_id from marts.training_energy where reading_from = 'print'").fetchall()
    assert len(series) == 4 and not any("synthetic" in name for (name,) in series)


def test_the_line_is_that_of_the_rule(bundled):
    columns = "prediction_kind, work_amount, measured_energy, predicted_energy, slope, intercept, r_squared, slope_unit"
    rows = bundled.sql(f"select {columns} from marts.training_energy where {OF_THE_EXAMPLE} order by 2, 3").fetchall()
    fitted = [row for row in rows if row[0] == "fitted"]
    held_out = [row for row in rows if row[0] == "held_out"]
    assert (len(fitted), [row[1] for row in held_out]) == (15, [2000.0] * 3)
    _, _, _, _, slope, intercept, r_squared, unit = rows[0]
    again = statistics.linear_regression([row[1] for row in fitted], [row[2] for row in fitted])
    assert (slope, intercept) == pytest.approx((again.slope, again.intercept), rel=1e-9)
    assert slope == pytest.approx(SLOPE, rel=0.0015) and intercept == pytest.approx(INTERCEPT, rel=0.02)
    assert r_squared > 0.99999 and unit == "kWh/step"
    for _, steps, measured, predicted, *_ in held_out:
        assert predicted == pytest.approx(measured, rel=0.0015)
        assert predicted == pytest.approx(INTERCEPT + SLOPE * steps, rel=0.0015)


def test_how_far_the_rule_is_from_the_interval(bundled):
    """The draw of the example is one of those that the interval misses: docs/power-traces.md says how often it does."""
    found = bundled.sql(
        "select quantity, value, value_low, value_high, unit, licence_id from"
        " intermediate.int_measurements__statistics where statistic_id like 'power:synthetic_example:%:step:%'"
        " and quantity in ('slope', 'intercept') and statistic_id not like '%energy%' order by 1"
    ).fetchall()
    assert [row[0] for row in found] == ["intercept", "slope"]
    assert {row[4:] for row in found} == {("kWh", "CC0-1.0"), ("kWh/step", "CC0-1.0")}
    (_, intercept, low, high, *_), (_, slope, slope_low, slope_high, *_) = found
    assert low < INTERCEPT < high and low < intercept < high
    assert 1 < abs(SLOPE - slope) / (slope_high - slope) < 1.25
    assert slope_high - slope == pytest.approx(slope - slope_low)


def test_energy_per_step_and_image_are_statistics(bundled):
    rows = bundled.sql(
        "select unit, count(*), min(value), max(value) from intermediate.int_measurements__statistics"
        " where statistic_id like 'power:synthetic_example:%' and quantity = 'energy_per_work' group by 1 order by 1"
    ).fetchall()
    assert [row[:2] for row in rows] == [("kWh/image", 21), ("kWh/step", 18)]
    # 2,000 steps share the start, 50 do not
    assert rows[1][2:] == pytest.approx((SLOPE + INTERCEPT / 2000, SLOPE + INTERCEPT / 50), rel=0.02)


def test_a_plan_is_read_off_the_line_beside_thermal_design_power(bundled):
    # by the rule of the example 0.2 s x 420 W a step; by design power 0.2 s x 450 W; a million steps, four nodes
    ((measured, by_design, nodes),) = bundled.sql(
        "select predicted_run_energy, tdp_energy, nodes from marts.training_energy"
        " where planned_run_id = 'synthetic_example' and reading_from = 'traces'"
    ).fetchall()
    assert nodes == 4
    assert measured == pytest.approx(4 * 1e6 * 0.2 * 420 / 3.6e6, rel=2e-3)
    assert by_design == pytest.approx(1e6 * 0.2 * 450 / 3.6e6, rel=1e-12)
