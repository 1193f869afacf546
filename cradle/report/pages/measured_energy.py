"""Energy of measured runs: how much, how sure, and per unit of work."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section

_DRAWN_RUNS = 60  # of a file; the table has all
_DRAWN_FILES = 8
_FLAGS = (
    "gaps",
    "wraps_repaired",
    "resets",
    "sentinels",
    "negatives",
    "unreadable_values",
    "duplicate_timestamps",
    "steps_back",
    "spikes",
    "identical_series",
)


def page(marts: Marts) -> Page:
    """The page of measured energy."""
    runs = _runs(marts)
    work = _work(marts)
    files = list(dict.fromkeys((row["source_id"], row["file_name"]) for row in runs))[:_DRAWN_FILES]
    return Page(
        "measured-energy",
        "Energy of measured runs",
        "Measurements",
        "Energy by integrating the landed traces: with bounds where samples are missing, the energy of idling for as"
        " long, and the energy of a unit of work. The bundle's own traces are a made-up example.",
        [
            *(_file(file, [row for row in runs if (row["source_id"], row["file_name"]) == file]) for file in files),
            *_per_work(work),
            _all(runs, len(files)),
        ],
    )


def _runs(marts: Marts) -> list[Row]:
    flagged = " or ".join(f"{name} > 0" for name in _FLAGS)
    return marts.rows(
        f"""
        select
            measured_energy.source_id,
            sources.title,
            file_name,
            concat_ws(
                ' ',
                run_id,
                case when channels_of_file > 1 then concat_ws(' ', device_id, channel) end,
                case when window_name not in ('whole_trace', run_id) then window_name end
            ) as run,
            window_name,
            component,
            boundary,
            instrument,
            is_measured,
            energy_kwh,
            energy_low_kwh,
            energy_high_kwh,
            not_measured_reason,
            idle_power_w,
            idle_energy_kwh,
            mean_power_w,
            max_power_w,
            duration_s,
            coverage_pct,
            max_gap_s,
            sampling_interval_s,
            coalesce({flagged} or coverage_pct < 99, false) as is_flagged,
            {", ".join(_FLAGS)},
            measured_energy.licence_set
        from (
            select
                *,
                count(distinct concat_ws(' ', device_id, channel)) over (
                    partition by source_id, file_name
                ) as channels_of_file
            from marts.measured_energy
        ) as measured_energy
        left join marts.sources on measured_energy.source_id = sources.source_id
        order by measured_energy.source_id, file_name, begin_us, end_us, run, measurement_id
        """
    )


def _file(file: tuple[str, str], rows: list[Row]) -> Section:
    """The whole trace holds its windows: it would squeeze them into a corner, and stands in the table."""
    windows = [row for row in rows if row["window_name"] != "whole_trace"] or rows
    drawn = windows[:_DRAWN_RUNS]
    cut = f" The chart has the first {len(drawn)} of {len(windows)} runs." if len(windows) > len(drawn) else ""
    least = [row["coverage_pct"] for row in rows if row["coverage_pct"] is not None]
    gaps = [row["max_gap_s"] for row in rows if row["max_gap_s"] is not None]
    covered = f" Least coverage {min(least):.4g} %." if least else ""
    gap = f" Largest gap between samples {max(gaps):.4g} s." if gaps else ""
    flagged = sum(row["is_flagged"] for row in rows)
    return Section(
        f"energy-{file[0]} {file[1]}",
        f"{file[1]}: energy by run",
        f"{rows[0]['title']}. The grey line is the range where samples are missing (lowest and highest power seen);"
        f" none is seen where nothing is missing.{covered}{gap} {flagged} of {len(rows)} rows are flagged.{cut}",
        rows,
        f"marts.measured_energy, {file[0]}",
        charts.energies(drawn, "run"),
        "Marks by run: measured energy on the line of its bounds, and the energy of idling for as long.",
    )


def _work(marts: Marts) -> list[Row]:
    return marts.rows(
        """
        select
            source_id,
            file_name,
            coalesce(task, run_id) as task,
            run_id,
            work_unit,
            work_amount,
            energy_kwh,
            energy_per_work_j,
            energy_per_work_low_j,
            energy_per_work_high_j,
            mean_power_w,
            work_per_s,
            boundary,
            coalesce(instrument, 'not named') as instrument,
            derivation,
            is_measured,
            devices,
            channel,
            is_part_of_channel,
            window_name,
            licence_set
        from marts.energy_per_work
        order by source_id, work_unit, file_name, energy_per_work_j, work_id
        """
    )


def _per_work(rows: list[Row]) -> Iterator[Section]:
    for source, unit in list(dict.fromkeys((row["source_id"], row["work_unit"]) for row in rows))[:_DRAWN_FILES]:
        here = [row for row in rows if (row["source_id"], row["work_unit"]) == (source, unit)]
        wholes = [row for row in here if not row["is_part_of_channel"]] or here
        tasks = list(dict.fromkeys(row["task"] for row in wholes))
        drawn = [row for row in wholes if row["task"] in tasks[:_DRAWN_RUNS]]
        yield Section(
            f"work-{source} {unit}",
            f"Energy per {unit} ({source})",
            "Energy of a run over the work it states, each run a mark, the upright bar their mean. Ordered from least"
            " to most. A channel that is part of another stands in the table alone.",
            here,
            "marts.energy_per_work",
            charts.runs(drawn, "energy_per_work_j", "task", "instrument", "run_id", f"J per {unit}"),
            f"Marks by task: energy per {unit} in J.",
        )


def _all(rows: list[Row], files: int) -> Section:
    there = len({(row["source_id"], row["file_name"]) for row in rows})
    return Section(
        "runs",
        "All runs and windows",
        f"One row a channel of a run and window, of {there} files ({files} have charts above).",
        rows,
        "marts.measured_energy",
    )
