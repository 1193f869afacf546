"""Figure 6: the electricity of the training by power meter, by rated power and by software meter."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Panel, Row, Section
from cradle.report.pages.studies.berthelot_2025 import service
from cradle.report.quantities import written

METER, RATED, SOFTWARE, TABLE = "power meter", "rated power (TDP)", "software meter", "printed in Table 2"
KINDS = {METER: "#0072B2", RATED: "#333333", SOFTWARE: "#E69F00"}
_PRINTED = {
    "stable_diffusion_v1_1": "sd_service.04",
    "stable_diffusion_v1_4": "sd_service.05",
    "stable_diffusion_v1_5": "sd_service.06",
}


def section(marts: Marts) -> Section:
    """The trainings by instrument, and the ratios that the text prints."""
    rows = marts.rows(
        """
        select planned_run_id, planned_stage, work_amount, work_unit, nodes, instrument, predicted_energy, tdp_energy,
            energy_unit, predicted_run_energy, predicted_run_energy_low, predicted_run_energy_high,
            'kWh' as run_energy_unit, source_id, licence_set
        from marts.training_energy
        where prediction_kind = 'extrapolated' and series_id like 'jay_sd_%'
        order by planned_run_id, planned_stage, instrument desc
        """
    )
    return by_meter(rows, service.results(marts, *_PRINTED.values(), "sd_service.20", "sd_service.21"))


def by_meter(rows: list[Row], results: list[Row]) -> Section:
    """Bars by training stage and instrument, those of Table 2 beside them, and the two ratios of the text."""
    runs = [
        {"name": _name(row), "kind": kind, "value": value, "label": _label(value)}
        for row in rows
        if row["instrument"] == "wattmeter"
        for kind, value in _readings(row, rows).items()
    ]
    panels = [
        Panel(
            "Each stage of the training, on 32 nodes",
            charts.beside(runs, "value", "name", "kind", "label", "MWh for the stage on 32 nodes", KINDS),
        ),
        Panel(
            "Each version that Table 2 prints, on 32 nodes",
            charts.beside(_versions(rows, results), "value", "name", "kind", "label", "MWh", service.KINDS),
        ),
    ]
    return Section(
        "figure-6",
        "Figure 6 in our numbers: training electricity by power meter, rated power and software",
        "By the description that this page follows, Figure 6 compares the electricity of the training by power meter,"
        " by rated power and by software meter; the picture was not at hand. Ours are lines fitted to the authors'"
        " published runs of up to 3,500 steps, drawn out to the steps of each training. The rated power is 8 cards of"
        " 400 W for the printed duration of a step; at 512 px no duration is printed, so that reading is not modelled."
        " Beside ours stand Table 2 and the two ratios of the text.",
        rows,
        "marts.training_energy (runs of the authors' notebooks, CC BY-SA 4.0) and marts.published_results",
        alt="Bars in groups by training stage: power meter, rated power and software meter; where no duration is"
        " printed the rated power says not modelled. Beside: computed and printed energy of the three versions of"
        " Table 2.",
        panels=panels,
        beside=[*(_version_row(row) for row in results if row["published_value_id"] in _PRINTED.values()),
                *_ratios(rows, {row["published_value_id"]: row for row in results})],
    )  # fmt: skip


def _readings(metered: Row, rows: list[Row]) -> dict[str, float | None]:
    software = _twin(metered, rows)
    rated = metered["tdp_energy"]
    return {
        METER: metered["predicted_run_energy"] / 1000,
        RATED: None if rated is None else rated * metered["nodes"] / 1000,
        SOFTWARE: None if software is None else software["predicted_run_energy"] / 1000,
    }


def _twin(metered: Row, rows: list[Row]) -> Row | None:
    """The same stage by the software meter."""
    stage = (metered["planned_run_id"], metered["planned_stage"])
    same = [row for row in rows if (row["planned_run_id"], row["planned_stage"]) == stage]
    return next((row for row in same if row["instrument"] == "software meter"), None)


def _versions(rows: list[Row], results: list[Row]) -> list[Row]:
    printed = {row["published_value_id"]: row for row in results}
    drawn = []
    for run, case in _PRINTED.items():
        computed = printed[case]["computed"]
        values = {
            service.COMPUTED: None if computed is None else computed / 1000,
            service.PRINTED: printed[case]["printed"] / 1000,
        }
        drawn += [
            {"name": _version(run), "kind": kind, "value": value, "label": _label(value)}
            for kind, value in values.items()
        ]
    return drawn


def _version_row(row: Row) -> Row:
    table = service.beside(row)
    return {**table, "why": row["note"] or "The paper's own lines (Eq. 1 and 2) at its steps; the print has 3 digits"}


def _ratios(rows: list[Row], printed: dict[str, Row]) -> list[Row]:
    table = []
    for metered in (row for row in rows if row["instrument"] == "wattmeter"):
        if metered["tdp_energy"] is not None:
            computed = metered["tdp_energy"] / metered["predicted_energy"]
            table.append(_ratio(printed["sd_service.20"], computed, _name(metered), share=False))
        twin = _twin(metered, rows)
        if twin is not None and metered["planned_run_id"] == "stable_diffusion_v1_1":
            computed = 1 - twin["predicted_energy"] / metered["predicted_energy"]
            table.append(_ratio(printed["sd_service.21"], computed, _name(metered), share=True))
    return table


def _ratio(printed: Row, computed: float, name: str, share: bool) -> Row:
    return {
        "quantity": f"{printed['quantity']}: {name}".replace("\n", " "),
        "printed": service.number(printed["printed"], "1", share),
        "computed": service.number(computed, "1", share),
        "residual": f"{100 * (computed / printed['printed'] - 1):+.2g} %",
        "where": printed["locator"],
        "why": printed["note"],
    }


def _name(row: Row) -> str:
    return f"{_version(row['planned_run_id'])} at {row['planned_stage']}"


def _version(run: str) -> str:
    return run.removeprefix("stable_diffusion_").replace("_", "-", 1)


def _label(value: float | None) -> str:
    return "not modelled" if value is None else written(round(value, 2))
