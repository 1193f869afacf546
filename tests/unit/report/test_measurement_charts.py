"""Charts of measurements: what the rows say, and nothing where they say nothing."""

from cradle.report import charts


def reading(tool, tool_energy, wall, slope=2.0, intercept=1.0):
    share = None if tool_energy is None else tool_energy / wall
    return {
        "tool": tool,
        "kind": "software meter",
        "run": "EP",
        "tool_energy": tool_energy,
        "wall": wall,
        "share": share,
        "slope": slope,
        "intercept": intercept,
    }


def test_each_run_is_a_mark_and_a_run_without_a_value_is_none(marks):
    rows = [reading("a", 5.0, 10.0), reading("a", 8.0, 10.0), reading("b", None, 10.0)]
    spec = charts.runs(rows, "share", "tool", "kind", "run", "share", full=1)
    drawn = marks(spec, "point")
    assert [row["share"] for row in drawn] == [0.5, 0.8]
    assert spec["layer"][0]["data"]["values"] == [{"share": 1}]


def test_an_axis_is_logarithmic_only_where_all_values_allow_it():
    def scale(*shares):
        rows = [{"share": share, "tool": "a", "kind": "k", "run": "r"} for share in shares]
        (axis,) = [
            layer["encoding"]["x"]["scale"]
            for layer in charts.runs(rows, "share", "tool", "kind", "run", "share")["layer"]
            if layer["mark"]["type"] == "point"
        ]
        return axis.get("type")

    assert scale(1.0, 100.0) == "log"
    assert scale(1.0, 2.0) is None and scale(-1.0, 100.0) is None and scale(0.0, 100.0) is None


def test_a_fitted_line_runs_over_its_own_points_and_no_further(marks):
    rows = [reading("a", 1.0, 3.0), reading("a", 4.0, 9.0), reading("b", 2.0, 2.0, slope=None, intercept=None)]
    spec = charts.fits(rows, "tool_energy", "wall", "tool", "slope", "intercept", "x", "y")
    lines = marks(spec, "line")
    assert [row for row in lines if row.get("tool")] == [
        {"at": 1.0, "fitted": 3.0, "tool": "a"},
        {"at": 4.0, "fitted": 9.0, "tool": "a"},
    ]
    assert {row["tool"] for row in marks(spec, "point")} == {"a", "b"}


def point(kind, steps, measured):
    return {"steps": steps, "kWh": measured, "line": 2.0, "low": 1.0, "high": 3.0, "kind": kind}


def test_a_band_has_the_interval_and_the_measured_points_alone(marks):
    rows = [point("fitted", 1, 2.1), point("held out", 5, None)]
    spec = charts.band(rows, "steps", "kWh", "line", "low", "high", "kind", "steps", "kWh")
    assert [(row["low"], row["high"]) for row in marks(spec, "area")] == [(1.0, 3.0)] * 2
    assert [row["kWh"] for row in marks(spec, "point")] == [2.1]


def run(name, energy, **more):
    return {
        "run": name,
        "energy_kwh": energy,
        "energy_low_kwh": energy,
        "energy_high_kwh": energy,
        "idle_energy_kwh": None,
        "is_flagged": False,
        "not_measured_reason": None,
        **more,
    }


def test_a_run_that_was_not_measured_has_its_reason_and_no_mark(marks):
    rows = [run("a", 1.0, is_flagged=True, idle_energy_kwh=0.2), run("b", None, not_measured_reason="no sample")]
    spec = charts.energies(rows, "run")
    assert [(row["run"], row["energy"], row["what"]) for row in marks(spec, "point")] == [
        ("a", 1.0, "energy, flagged or with parts missing"),
        ("a", 0.2, "idle energy of the same time"),
    ]
    assert marks(spec, "text") == [{"run": "b", "reason": "no sample"}]


def span(at, power, **flags):
    return {
        "at_s": at,
        "lowest_w": power,
        "mean_w": power,
        "highest_w": power,
        **dict.fromkeys(charts.FLAGS, 0),
        **flags,
    }


def test_a_trace_breaks_where_there_is_no_sample_and_marks_flags(marks):
    spec = charts.trace([span(1, 100.0), span(2, None), span(3, 90.0, gaps=1, spikes=2)], [])
    assert [row["mean_w"] for row in marks(spec, "line")] == [100.0, None, 90.0]
    assert marks(spec, "point") == [
        {"at_s": 3, "flag": "gap before", "samples": 1},
        {"at_s": 3, "flag": "spike", "samples": 2},
    ]


def test_windows_are_shaded_and_named_where_they_are_few(marks):
    windows = [{"begin_s": i, "end_s": i + 1, "window_name": f"w{i}"} for i in range(6)]
    few, many = charts.trace([span(1, 1.0)], windows[:2]), charts.trace([span(1, 1.0)], windows)
    assert len(marks(few, "rect")) == 2 and len(marks(many, "rect")) == 6
    assert len(marks(few, "text")) == 2 and marks(many, "text") == []


def test_flags_have_shapes_of_their_own():
    shapes = [shape for _, shape in charts.FLAGS.values()]
    assert len(set(shapes)) == len(shapes)


def test_a_pair_without_a_number_has_no_cell(marks):
    rows = [{"category": "GWP", "source": "a", "factors": 3}, {"category": "PE", "source": "b", "factors": 1}]
    assert len(marks(charts.counts(rows, "category", "source", "factors"), "rect")) == 2
