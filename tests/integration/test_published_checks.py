"""Every check that others recomputed from public text is a row of published_results, with the same value."""

import csv
from math import floor, log10

import pytest

from cradle.paths import PROJECT_ROOT

CASES = PROJECT_ROOT.parent / "shared/cases/recompute_residuals.csv"
STUDIES = {  # where Cradle's study has another name
    "luccioni_2023_bloom": "luccioni_2023",
    "jay_sd_repo": "jay_sd_repository",
    "jay_2023": "jay_2023_meters",
}
INSIDE, INSIDE_OR_WITHIN_1_PERCENT = 122, 154
if CASES.is_file():
    with CASES.open(encoding="utf-8", newline="") as lines:
        CHECKS = [row for row in csv.DictReader(lines) if row["kind"] == "recompute"]
else:
    CHECKS = []


@pytest.fixture(scope="module")
def results(bundled) -> dict[tuple[str, str], dict]:
    found = bundled.sql("from marts.published_results where kind in ('recompute', 'own_arithmetic')")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return {(row["study_id"], row["quantity"]): row for row in rows}


def result_of(results: dict, check: dict[str, str]) -> dict:
    return results[STUDIES.get(check["study_id"], check["study_id"]), check["check"]]


def last_digit(check: dict[str, str]) -> float:
    """The last of six significant digits, or six decimals of the means of raw logs: the file prints as many."""
    digit = 10 ** (floor(log10(abs(float(check["computed"])))) - 5)
    return max(digit, 1e-6) if check["check"].endswith("kWh/1000") else digit


pytestmark = pytest.mark.skipif(not CHECKS, reason=f"{CASES} is not there: the checks of the case studies")


def test_there_are_175_of_them_and_none_has_the_name_of_another():
    assert len(CHECKS) == 175
    names = {(row["study_id"], row["check"]) for row in CHECKS}
    assert len(names) == 175


@pytest.mark.parametrize("check", CHECKS, ids=lambda row: f"{row['study_id']}: {row['check']}")
def test_the_check_is_a_row_with_the_same_value(results, check):
    row = result_of(results, check)
    scale = row["printed"] / float(check["printed"])  # 1e9 inferences are requests here
    assert log10(scale) == pytest.approx(round(log10(scale)), abs=1e-9)
    known = float(check["computed"])
    assert row["computed"] / scale == pytest.approx(known, abs=last_digit(check))
    assert row["inside_print_rounding"] == (check["within_print_rounding"] == "yes")
    # the file computes it from the digits that it prints
    rounding = 100 * last_digit(check) / 2 / abs(float(check["printed"])) if check["check"].endswith("kWh/1000") else 0
    assert row["residual_pct"] == pytest.approx(float(check["residual_pct"]), abs=0.0051 + rounding)


def test_as_many_as_were_known_come_out(results):
    rows = [result_of(results, check) for check in CHECKS]
    assert sum(row["inside_print_rounding"] for row in rows) >= INSIDE
    assert (
        sum(row["inside_print_rounding"] or abs(row["residual_pct"]) < 1 for row in rows) >= INSIDE_OR_WITHIN_1_PERCENT
    )


def test_what_does_not_come_out_says_why(results):
    assert not [key for key, row in results.items() if not row["inside_print_rounding"] and not row["note"]]


def test_every_printed_value_says_its_boundary_and_the_grade_of_its_source(bundled):
    rows = bundled.sql(
        "select published_value_id from marts.published_results"
        " where published_boundary is null or source_grade is null"
    ).fetchall()
    assert not rows


BOUNDARIES = {
    ("morrison_2025", "T2 total MWh"): "All final training runs",
    ("morrison_2025", "grand total GWP"): "Manufacturing, development and final training",
    ("morrison_2025", "manufacturing GWP"): "Manufacturing",
    ("morrison_2025", "T4 Qwen2.5 7B, inf water"): "2,400 prompts",
    ("morrison_2025", "T4 Qwen2.5 7B, 8 req/s water"): "2,400 prompts",
    ("llama_cards", "Llama 3.1 total"): "All training runs",
    ("llama_cards", "Llama 3.1 GPU hours"): "GPU hours",
    ("luccioni_2024_power_hungry", "total energy"): "All 6,513 runs of the study by CodeCarbon, no PUE; the computed",
    ("ecologits_0_9_3", "case A water per documentation"): "One request: water of the site by the energy of the IT",
    ("ecologits_0_9_3", "case A water as coded in 0.9.3"): "One request: water of the site and of the electricity by",
}


@pytest.mark.parametrize("printed", BOUNDARIES, ids=" ".join)
def test_a_boundary_is_that_of_the_figure_and_not_of_its_study(results, printed):
    assert results[printed]["published_boundary"].startswith(BOUNDARIES[printed])


def test_what_no_text_prints_does_not_count_as_reproduced(bundled):
    rows = bundled.sql(
        "select quantity from marts.published_results where kind = 'recompute' and locator like 'not printed%'"
    ).fetchall()
    assert not rows
    ours = bundled.sql("select count(*) from marts.published_results where kind = 'own_arithmetic'").fetchall()
    assert ours == [(2,)]
