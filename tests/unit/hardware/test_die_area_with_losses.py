"""Area of wafer that a die costs: by hand, against areas that BoaviztAPI and Hubblo print, and its properties."""

import math

import duckdb
import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cradle.paths import PROJECT_ROOT

BOAVIZTA = {"kerf_mm": 0.2, "wafer_diameter_mm": 300, "defects_per_cm2": 0.1, "yield_model": "square_root"}
HUBBLO = {"kerf_mm": None, "wafer_diameter_mm": None, "defects_per_cm2": 0.1, "yield_model": "square_root"}
MURPHY = HUBBLO | {"yield_model": "murphy"}
NO_LOSS = {"kerf_mm": None, "wafer_diameter_mm": None, "defects_per_cm2": None, "yield_model": "none"}

macros = jinja2.Environment().from_string(
    (PROJECT_ROOT / "macros" / "die_area_with_losses.sql").read_text(encoding="utf-8")
)
SQL = macros.module.die_area_with_losses("die_mm2")
QUERY = (
    f"select {SQL} from (select ?::double as die_mm2, ?::double as kerf_mm, ?::double as wafer_diameter_mm, "
    "?::double as defects_per_cm2, ? as yield_model)"
)


def area(die_mm2, kerf_mm, wafer_diameter_mm, defects_per_cm2, yield_model):
    given = [die_mm2, kerf_mm, wafer_diameter_mm, defects_per_cm2, yield_model]
    with duckdb.connect() as con:
        return con.execute(QUERY, given).fetchone()[0]


def test_hand_calculation():
    """400 mm2, cut of 1 mm: 441; exp(-sqrt(0.441)) = 0.514748 are good: 856.73. On a wafer of 200 mm: 56.3254 dies."""
    seeds = area(400, 1, None, 0.1, "square_root")
    assert seeds == pytest.approx(441 / 0.514748, rel=1e-5)
    murphy = area(400, 0, 200, 0.1, "murphy")
    assert murphy == pytest.approx(31415.93 / 56.32540 / 0.6793055, rel=1e-6)


@pytest.mark.parametrize(
    ("die_mm2", "printed"),
    # GTX 1080 Ti, A4500 and A10, P100, A100, H100: effective areas of BoaviztAPI 2.5.0
    [(471, 1208.49), (628, 1861.68), (610, 1780.2), (826, 2876.29), (814, 2808.45)],
)
def test_areas_that_boaviztapi_prints(die_mm2, printed):
    assert area(die_mm2, **BOAVIZTA) == pytest.approx(printed, abs=0.005)


def test_area_behind_the_row_of_the_h100():
    """85.5 and 59.8 kg at 0.0426 and 0.184 kg per mm2 of the row Average: 2007 and 325 mm2, within their print."""
    assert area(814, **HUBBLO) == pytest.approx(85.5 / 0.0426, rel=0.002)
    assert area(15.5 * 80 / 6, **HUBBLO) == pytest.approx(59.8 / 0.184, rel=0.004)


@pytest.mark.parametrize(("die_mm2", "printed"), [(471, 740.57), (754, 1528.87)])
def test_murphy_gives_the_older_areas_of_the_study(die_mm2, printed):
    assert area(die_mm2, **MURPHY) == pytest.approx(printed, rel=1e-4)


@pytest.mark.parametrize("model", [BOAVIZTA, HUBBLO, MURPHY, NO_LOSS])
def test_nothing_costs_nothing(model):
    assert area(0, **model) == 0


def test_a_die_larger_than_its_wafer_has_no_area():
    assert area(150**2, **BOAVIZTA) is None
    assert area(1e9, **BOAVIZTA) is None


@settings(deadline=None, max_examples=40)
@given(die=st.floats(0.01, 5000), more=st.floats(1.001, 2))
@pytest.mark.parametrize("model", [BOAVIZTA, HUBBLO, MURPHY, NO_LOSS], ids=["boavizta", "hubblo", "murphy", "none"])
def test_losses_only_add_and_grow_with_the_die(model, die, more):
    small, large = area(die, **model), area(die * more, **model)
    assert small >= die or math.isclose(small, die)
    assert large > small


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 1200))
def test_less_is_lost_by_murphy_than_by_seeds_on_dies_below_the_reticle(die):
    assert area(die, **MURPHY) <= area(die, **HUBBLO) * (1 + 1e-12)
