"""Whatever the numbers are, the parts add up to the change, and turn their sign when the two exports are exchanged."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = ("it_energy", "pue", "cards", "lifetime", "lost")
# zero, signs and what differs by little are where a logarithm breaks
NUMBERS = st.one_of(
    st.sampled_from([0.0, -1.0, 1.0, 1.0 + 1e-9, 1e6]),
    st.floats(1e-3, 1e3),
    st.floats(-1e3, -1e-3),
)
POINT = st.fixed_dictionaries({**dict.fromkeys(NAMES, NUMBERS), "lifetime": st.floats(0.5, 20)})


def stated(points, side):
    rows = ", ".join(
        f"('s{i}', '{name}', cast({pair[side][name]!r} as double), '1')"
        for i, pair in enumerate(points)
        for name in NAMES
    )
    scenarios = ", ".join(f"('s{i}', 'FRA', 2022)" for i in range(len(points)))
    return (
        "delete from given.scenarios; delete from given.parameters;"
        f"insert into given.scenarios values {scenarios}; insert into given.parameters values {rows}"
    )


def parts(found, turn=1):
    return {
        (row["scenario_id"], row["impact_category"], row["electricity_view"], cause["cause_kind"], cause["cause_id"]): (
            turn * cause["part"],
            max(abs(row["before"]), abs(row["after"])),
        )
        for row in found.moved
        for cause in row["causes"]
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=st.lists(st.tuples(POINT, POINT), min_size=1, max_size=12))
def test_parts_add_up_and_turn_their_sign(compared, points):
    there = compared(stated(points, 1), before=stated(points, 0))
    back = compared(stated(points, 0), before=stated(points, 1))
    for row in there.moved:
        scale = max(abs(row["before"]), abs(row["after"]))
        assert sum(c["part"] for c in row["causes"]) == pytest.approx(row["change"], rel=1e-9, abs=2e-9 * scale)
        assert {c["cause_kind"] for c in row["causes"]} <= {"parameter", "derivation"}
    turned = parts(back, -1)
    for key, (part, scale) in parts(there).items():
        assert turned.get(key, (0.0, 0.0))[0] == pytest.approx(part, rel=1e-6, abs=1e-8 * scale), key
