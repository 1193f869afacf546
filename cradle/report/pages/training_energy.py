"""Energy of training against its steps: the fitted line, its prediction interval, and what it gives for known runs."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section

_DRAWN = 8


def page(marts: Marts) -> Page:
    """The page of training energy: a section for each series, then the runs that the lines are stretched to."""
    rows = marts.rows(
        """
        select
            series_id,
            instrument,
            energy_boundary,
            prediction_kind,
            work_amount,
            work_unit,
            measured_energy,
            predicted_energy,
            predicted_energy_low,
            predicted_energy_high,
            prediction_error_pct,
            energy_unit,
            points_fitted,
            slope,
            slope_unit,
            intercept,
            r_squared,
            reading_from,
            source_id,
            licence_set
        from marts.training_energy
        where prediction_kind != 'extrapolated'
        order by reading_from, series_id, work_amount, prediction_id
        """
    )
    series = list(dict.fromkeys(row["series_id"] for row in rows))
    return Page(
        "training-energy",
        "Energy of training by its steps",
        "Measurements",
        "Short runs give a straight line of energy against steps; the line is tested on longer runs that were held"
        " back, and stretched to published trainings.",
        [
            *(_series([row for row in rows if row["series_id"] == name]) for name in series[:_DRAWN]),
            _stretched(marts),
            Section(
                "all",
                "All points",
                f"{len(series)} series; {max(0, len(series) - _DRAWN)} have no chart.",
                rows,
                "marts.training_energy",
            ),
        ],
    )


def _series(rows: list[Row]) -> Section:
    one = rows[0]
    made_up = " The bundle's traces are made up: no meter was read." if "synthetic" in one["series_id"] else ""
    errors = [
        abs(row["prediction_error_pct"])
        for row in rows
        if row["prediction_kind"] == "held_out" and row["prediction_error_pct"] is not None
    ]
    slope = (
        f"{one['points_fitted']} runs fitted: {one['slope']:.4g} {one['slope_unit']} and an intercept of"
        f" {one['intercept']:.3g} {one['energy_unit']} (r squared {one['r_squared']:.4g})"
        if None not in (one["slope"], one["intercept"], one["r_squared"])
        else "Too few runs for a line"
    )
    held = f" Runs held back are off by {max(errors):.2g} % at most." if errors else " No run was held back."
    return Section(
        f"series-{'-'.join(one['series_id'].split(':')).replace(' ', '-').replace(',', '')}",
        f"{one['series_id'].split(':')[0] if ':' not in one['series_id'] else one['series_id'].split(':')[2]}:"
        f" {one['instrument']}",
        f"{slope}; energy at the boundary {one['energy_boundary']}. The band is the"
        f" prediction interval of 95 %.{held}{made_up}",
        rows,
        "marts.training_energy",
        charts.band(
            [{**row, "runs": row["prediction_kind"].replace("_", " ")} for row in rows],
            "work_amount",
            "measured_energy",
            "predicted_energy",
            "predicted_energy_low",
            "predicted_energy_high",
            "runs",
            f"{one['work_unit']}s",
            one["energy_unit"],
        ),
        f"Energy against {one['work_unit']}s: measured runs on a fitted line with its prediction interval.",
    )


def _stretched(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            concat_ws(' ', planned_run_id, planned_stage) as planned_run,
            series_id,
            concat_ws(' ', planned_run_id, planned_stage, 'by', instrument) as run,
            work_amount,
            work_unit,
            nodes,
            predicted_run_energy,
            predicted_run_energy_low,
            predicted_run_energy_high,
            'kWh' as run_energy_unit,
            tdp_energy,
            tdp_over_predicted,
            energy_unit as tdp_energy_unit,
            source_id,
            licence_set
        from marts.training_energy
        where prediction_kind = 'extrapolated'
        order by planned_run, run, prediction_id
        """
    )
    return Section(
        "stretched",
        "Published trainings by these lines",
        "The line stretched far beyond the runs it was fitted to. The interval is that of one more run, and does not"
        " hold what changes between a short and a long run.",
        rows,
        "marts.training_energy, kind extrapolated",
        charts.intervals(
            rows,
            "run",
            "predicted_run_energy",
            "predicted_run_energy_low",
            "predicted_run_energy_high",
            "energy of the training in kWh",
            unknown="not predicted",
        ),
        "Ranges by published training and meter: its predicted energy.",
    )
