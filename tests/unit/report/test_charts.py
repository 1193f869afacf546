"""Charts say what their rows say, and a null is never drawn as 0."""

import pytest

from cradle.report import charts
from cradle.report.charts.style import height_of, wrapped
from cradle.report.quantities import readable, spelled, written


@pytest.mark.parametrize(
    ("values", "unit", "size", "read"),
    [
        ([396_649.0, 12.0], "kgCO2e", 1e3, "tCO2e"),
        ([0.0026], "kgCO2e", 1e-3, "gCO2e"),
        ([None, 5.9e6], "MJ", 1e6, "TJ"),
        ([-2e7], "L", 1e3, "m³"),
        ([0.0], "kgSbe", 1.0, "kgSbe"),
        ([None], "kgSbe", 1.0, "kgSbe"),
        ([2e9], "CTUe", 1.0, "CTUe"),
    ],
)
def test_units_to_read(values, unit, size, read):
    assert readable(values, unit) == (size, read)


def test_a_unit_of_the_ladder_says_how_many_it_holds():
    size, unit = readable([463_000.0], "kgCO2e")
    assert (463_000.0 / size, unit) == (463.0, "tCO2e")


def test_numbers_and_names_are_written_for_people():
    assert [written(n) for n in (0.0, 0.4567891, 9999.4, 150e6, 6.02e23)] == [
        "0", "0.4568", "9,999", "150,000,000", "6.02×10²³"
    ]  # fmt: skip
    assert spelled("end_user_terminals") == "End user terminals" and spelled("") == ""


def test_what_is_not_modelled_has_words_and_no_bar(marks):
    rows = [{"name": "Inference", "part": "use", "value": 2.0}, {"name": "Networks", "part": "use", "value": None}]
    said = [{"name": "Networks", "text": "not modelled"}]
    spec = charts.stacked_bars(rows, "value", "name", "part", "kg", said=said)
    assert [bar["name"] for bar in marks(spec, "bar")] == ["Inference"]
    assert [(word["name"], word["text"]) for word in marks(spec, "text")] == [("Networks", "not modelled")]
    assert all("value" not in word for word in marks(spec, "text"))


def test_a_number_beside_the_longest_bar_has_room():
    rows = [{"name": "long", "part": "use", "value": 10.0}]
    spec = charts.stacked_bars(rows, "value", "name", "part", "kg", said=[{"name": "long", "text": "10"}])
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 12.0]


def test_words_beside_a_bar_start_at_its_end_and_those_of_a_long_one_stand_inside(marks):
    rows = [
        {"name": "long", "part": "use", "value": 8.0},
        {"name": "long", "part": "make", "value": 2.0},
        {"name": "short", "part": "use", "value": 1.0},
    ]
    said = [{"name": "long", "text": "not modelled"}, {"name": "short", "text": "withheld by licence"}]
    words = marks(charts.stacked_bars(rows, "value", "name", "part", "kg", said=said), "text")
    assert {word["text"]: word["end"] for word in words} == {"not modelled": 10.0, "withheld by licence": 1.0}
    aligned = {
        layer["mark"]["align"]: layer["data"]["values"][0]["text"]
        for layer in charts.stacked_bars(rows, "value", "name", "part", "kg", said=said)["layer"][1]["layer"]
    }
    assert aligned == {"right": "not modelled", "left": "withheld by licence"}


def test_a_chart_of_words_alone_has_no_bar(marks):
    spec = charts.stacked_bars([], "value", "name", "part", "kg", said=[{"name": "x", "text": "not modelled"}])
    assert marks(spec, "bar") == [] and marks(spec, "text")[0]["text"] == "not modelled"


def test_colours_of_stages_are_the_same_whatever_is_there():
    of_use = charts.stacked_bars(
        [{"name": "a", "stage": "use", "value": 1.0}], "value", "name", "stage", "kg", colours=charts.STAGES
    )
    of_both = charts.stacked_bars(
        [{"name": "a", "stage": stage, "value": 1.0} for stage in ("use", "manufacturing")],
        "value", "name", "stage", "kg", colours=charts.STAGES,
    )  # fmt: skip
    scale, both = (spec["encoding"]["color"]["scale"] for spec in (of_use, of_both))
    assert scale["range"] == [charts.STAGES["use"]]
    assert dict(zip(both["domain"], both["range"], strict=True))["use"] == charts.STAGES["use"]


def test_pairs_draw_each_value_and_no_bar_for_none(marks):
    rows = [
        {"name": "ADPe", "kind": "computed", "value": None, "label": "not modelled"},
        {"name": "ADPe", "kind": "printed", "value": 0.85, "label": "more than 85 %"},
    ]
    spec = charts.beside(
        rows, "value", "name", "kind", "label", "share", {"computed": "#0072B2", "printed": "print"}, percent=True
    )
    assert [(bar["kind"], bar["value"]) for bar in marks(spec, "bar")] == [("printed", 0.85)]
    assert [word["words"] for word in marks(spec, "text")] == ["not modelled", "more than 85 %"]


def test_printed_bars_are_outlines():
    rows = [{"name": "a", "kind": kind, "value": 1.0, "label": "1"} for kind in ("computed", "printed")]
    spec = charts.beside(rows, "value", "name", "kind", "label", "t", {"computed": "#0072B2", "printed": "print"})
    encoding = spec["layer"][0]["encoding"]
    assert encoding["color"]["scale"]["range"] == ["#0072B2", "#ffffff"]
    assert encoding["stroke"]["scale"]["range"] == ["#0072B2", "#000000"]


RESIDUALS = [
    {"name": "far", "residual": -72.7, "half": 0.1, "state": "further off"},
    {"name": "near", "residual": 0.01, "half": None, "state": "inside print rounding"},
]


def test_residuals_have_a_band_only_where_the_rounding_is_known(marks):
    spec = charts.residuals(RESIDUALS, "residual", "half", "name", "state")
    assert {point["name"]: point["residual"] for point in marks(spec, "point")} == {"far": -72.7, "near": 0.01}
    assert [(rule["low"], rule["high"]) for rule in marks(spec, "rule") if "low" in rule] == [(-0.1, 0.1)]


def test_residuals_without_any_rounding_have_no_band(marks):
    spec = charts.residuals(RESIDUALS[1:], "residual", "half", "name", "state")
    assert [rule for rule in marks(spec, "rule") if "low" in rule] == []


def test_the_axis_of_residuals_reaches_the_furthest():
    spec = charts.residuals(RESIDUALS, "residual", "half", "name", "state")
    low, high = spec["layer"][-1]["encoding"]["x"]["scale"]["domain"]
    assert low < -72.7 and high > 72.7


def curve(rows, marked=()):
    return charts.curves(
        rows, list(marked), "x", "y", "line", "x", "y", (1, 1e4), (1, 1e4), {"a": "#000000", "b": "#0072B2"}
    )


def test_curves_are_named_once_at_their_last_point(marks):
    rows = [{"x": x, "y": 100 / x, "line": line} for line in ("a", "b") for x in (10, 1)]
    labels = marks(curve(rows), "text")
    assert [(label["line"], label["x"]) for label in labels] == [("a", 10), ("b", 10)]


def test_names_of_curves_that_end_together_keep_apart(marks):
    rows = [{"x": 10, "y": 50.0, "line": "a"}, {"x": 10, "y": 49.0, "line": "b"}]
    high, low = (label["label_at"] for label in marks(curve(rows), "text"))
    assert high == 50.0 and high / low > 1.5
    assert [point["y"] for point in marks(curve(rows), "line")] == [50.0, 49.0]  # the lines stay where they are


def test_a_break_in_a_curve_is_no_point_at_0(marks):
    rows = [{"x": 1, "y": 5.0, "line": "a"}, {"x": 2, "y": None, "line": "a"}]
    assert [point["x"] for point in marks(curve(rows), "line")] == [1]


def test_points_leave_out_what_is_none_and_differ_in_shape():
    rows = [{"m": "x", "k": "a", "v": 3.0}, {"m": "y", "k": "b", "v": None}]
    spec = charts.points(rows, "v", "m", "k", "n", {"a": "#000000", "b": "#0072B2"})
    assert spec["data"]["values"] == [{"v": 3.0, "m": "x", "k": "a"}]
    assert len(set(spec["encoding"]["shape"]["scale"]["range"])) == 2


def test_long_names_take_lines_and_the_chart_its_height():
    label = wrapped("the same with a batch of sixty-four requests at once")
    assert "\n" in label and label.replace("\n", " ") == "the same with a batch of sixty-four requests at once"
    assert height_of([label]) > height_of(["short"])
    # rows are equally high: a long label between short ones may reach half into theirs
    assert height_of([label] * 3) > height_of(["short", label, "short"]) > height_of(["short"] * 3)
