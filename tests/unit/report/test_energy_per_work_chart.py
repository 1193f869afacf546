"""The chart of energy per unit of work draws a channel or its parts, never both: their mean would be of neither."""

from cradle.report.pages.measured_energy import _per_work


def _row(channel, part_of, joules):
    """A figure of one run, of the channel `total` or of a phase of it."""
    return {
        "source_id": "power:s",
        "task": "t",
        "run_id": "r",
        "work_unit": "token",
        "instrument": "meter",
        "channel": channel,
        "is_part_of_channel": part_of,
        "energy_per_work_j": joules,
    }


def _joules(rows, drawn):
    (section,) = _per_work(rows)
    return {row["energy_per_work_j"] for row in drawn(section.chart) if "energy_per_work_j" in row}


def test_a_phase_is_not_drawn_beside_the_total(drawn):
    assert _joules([_row("total", None, 0.25), _row("ch1", "total", 0.08)], drawn) == {0.25}


def test_parts_are_drawn_where_their_whole_has_no_energy(drawn):
    assert _joules([_row("ch1", "total", 0.08), _row("ch2", "total", 0.09)], drawn) == {0.08, 0.09}
