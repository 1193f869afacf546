"""Measured energy of runs, with its bounds and the share of idling."""

from typing import Any

from cradle.report.charts.style import LONG_ENTRIES, PALETTE, finished, only
from cradle.report.page import Row

_LINE = 18
_SHAPES = {
    "energy, no flag": ("circle", PALETTE[1]),
    "energy, flagged or with parts missing": ("triangle-up", PALETTE[2]),
    "idle energy of the same time": ("cross", "#000000"),
}


def energies(rows: list[Row], name: str) -> dict[str, Any]:
    """A mark for the energy of each run on a line from its lower to its upper bound, and one for its idle energy.

    Rows have energy_kwh, energy_low_kwh, energy_high_kwh, idle_energy_kwh, is_flagged and not_measured_reason. A run
    without energy has the reason in words where its mark would be.
    """
    import altair as alt

    names = list(dict.fromkeys(row[name] for row in rows))
    plain, flagged, idle = _SHAPES
    marks = [
        {name: row[name], "energy": row["energy_kwh"], "what": flagged if row["is_flagged"] else plain}
        for row in rows
        if row["energy_kwh"] is not None
    ] + [
        {name: row[name], "energy": row["idle_energy_kwh"], "what": idle}
        for row in rows
        if row["idle_energy_kwh"] is not None
    ]
    there = [what for what in _SHAPES if any(mark["what"] == what for mark in marks)]
    y = alt.Y(f"{name}:N", sort=names, title=None)
    bounds = (
        alt.Chart(alt.Data(values=only(rows, name, "energy_low_kwh", "energy_high_kwh")))
        .mark_rule(strokeWidth=3, color="#888888")
        .encode(y=y, x=alt.X("energy_low_kwh:Q", title="energy in kWh"), x2="energy_high_kwh:Q")
    )
    points = (
        alt.Chart(alt.Data(values=marks))
        .mark_point(filled=True, size=60)
        .encode(
            y=y,
            x="energy:Q",
            shape=alt.Shape("what:N", title=None, scale=alt.Scale(domain=there, range=[_SHAPES[w][0] for w in there])),
            color=alt.Color("what:N", title=None, scale=alt.Scale(domain=there, range=[_SHAPES[w][1] for w in there])),
            tooltip=[f"{name}:N", "what:N", alt.Tooltip("energy:Q", format=",.4g")],
        )
    )
    missing = [
        {name: row[name], "reason": row["not_measured_reason"] or "no energy"}
        for row in rows
        if row["energy_kwh"] is None
    ]
    words = alt.Chart(alt.Data(values=missing)).mark_text(align="left", dx=4, fontSize=11)
    layers = [bounds, points, *([words.encode(y=y, x=alt.value(0), text="reason:N")] if missing else [])]
    return finished(alt.layer(*layers), height=_LINE * len(names), legends=LONG_ENTRIES)
