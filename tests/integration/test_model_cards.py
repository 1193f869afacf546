"""Model cards, disclosures and bridges of a whole build: known answers, and what one moved input does to them."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from cradle.card import write
from tests.integration.project_copy import copy_of_project


def card_of(con: duckdb.DuckDBPyConnection, scenario: str) -> dict[str, tuple[str, float | None, str | None]]:
    """Answer -> (state, number, unit)."""
    rows = con.execute(
        "select answer_item, state, value, unit from marts.model_cards where scenario_id = ?", [scenario]
    ).fetchall()
    return {item: (state, value, unit) for item, state, value, unit in rows}


def test_every_scenario_that_spends_electricity_on_a_training_has_both_cards(bundled):
    trainings = {
        scenario
        for (scenario,) in bundled.execute(
            "select distinct scenario_id from marts.flow_amounts where service_part = 'training'"
            " and object_id = 'electricity'"
        ).fetchall()
    }
    counted = dict(
        bundled.execute("select scenario_id, count(distinct field_no) from marts.model_cards group by all").fetchall()
    )
    hours = {"luccioni_2023_bloom_gpu_hour", "luccioni_2023_bloom_server_hour", "gcp_g2_host_hour"}
    assert counted == dict.fromkeys(trainings - hours, 11)


@pytest.mark.parametrize(
    ("scenario", "item", "expected"),
    [
        # Luccioni et al. 2023: 1,082,990 hours x 0.4 kW x 57 g; 24.69 + 14.63 + 11.2 t
        ("luccioni_2023_bloom", "accelerator_time", ("stated", 1082990, "item*h")),
        # 118 days, 5 hours and 41 minutes of its Table 1
        ("luccioni_2023_bloom", "duration", ("stated", 118 * 24 + 5 + 41 / 60, "h")),
        ("luccioni_2023_bloom", "accelerator_power", ("stated", 400, "W/item")),
        ("luccioni_2023_bloom", "energy", ("computed", 1082990 * 0.4, "kWh")),
        ("luccioni_2023_bloom", "intensity_location", ("computed", 57, "gCO2e/kWh")),
        ("luccioni_2023_bloom", "use_location", ("computed", 1082990 * 0.4 * 0.057, "kgCO2e")),
        ("luccioni_2023_bloom", "total_location", ("computed", 50532.450877, "kgCO2e")),
        ("luccioni_2023_bloom", "use_market", ("not_stated", None, None)),
        # 914 kWh x 394 g for 230,768 requests
        ("luccioni_2023_bloom", "inference_use_location", ("computed", 914 * 394 / 230768, "gCO2e")),
        # Strubell et al. 2019: 1,415.78 W x 12 h x 1.58
        ("strubell_2019_transformer_base", "mean_site_power", ("computed", 1415.78 * 1.58, "W")),
        ("strubell_2019_transformer_base", "run_power", ("stated", 1415.78, "W")),
        # Patterson et al. 2021: gross 429 g and net, both by the energy of the run
        ("patterson_2021_gpt_3_printed_energy", "use_market", ("computed", 1287e3 * 0.429, "kgCO2e")),
        ("patterson_2021_gpt_3_printed_energy", "intensity_market", ("computed", 429, "gCO2e/kWh")),
        # Meta: 0 t market-based as printed, the place is not stated
        ("llama_3_1_405b", "use_market", ("stated", 0, "kgCO2e")),
        ("llama_3_1_405b", "location", ("not_stated", None, None)),
        # Morrison et al. 2025: 157 MWh, 0.332 kg; 269,000 hours and 196 MWh of development for the group
        ("morrison_2025_olmo_2_7b", "use_location", ("computed", 157e3 * 0.332, "kgCO2e")),
        ("morrison_2025_olmo_2_7b", "experiments_accelerator_time", ("stated", 269000, "item*h")),
        ("morrison_2025_olmo_2_7b", "experiments_use_location", ("computed", 196e3 * 0.332, "kgCO2e")),
        ("morrison_2025_olmo_2_7b", "idle_location", ("not_applicable", None, None)),
        ("sd_service_2025_open", "idle_location", ("not_applicable", None, None)),
    ],
)
def test_known_answers(bundled, scenario, item, expected):
    state, value, unit = card_of(bundled, scenario)[item]
    assert (state, unit) == (expected[0], expected[2])
    assert value == (pytest.approx(expected[1], rel=1e-9) if expected[1] else expected[1])


def test_a_card_whose_intensity_is_solved_from_its_emissions_says_so(bundled):
    silent = bundled.sql(
        "select scenario_id from marts.model_cards"
        " where scenario_id like 'llama%' and answer_item = 'comment' and answer not like '%back-solved%'"
    ).fetchall()
    assert not silent


@pytest.mark.parametrize(
    ("scenario", "overhead"),
    [
        ("luccioni_2023_bloom", "no overhead of the site is in it (a factor of 1)"),
        ("llama_3_1_8b", "no overhead of the site is in it (a factor of 1)"),
        ("patterson_2021_gpt_3", "overhead of the site in it: a factor of 1.1"),
    ],
)
def test_the_electricity_of_a_card_says_its_overhead(bundled, scenario, overhead):
    (answer,) = bundled.execute(
        "select answer from marts.model_cards where scenario_id = ? and answer_item = 'energy'", [scenario]
    ).fetchone()
    assert answer.endswith(overhead)


def test_the_card_of_a_part_agrees_with_the_impacts_of_its_scenario(bundled):
    wrong = bundled.execute("""
        select c.scenario_id, c.value, i.value
        from marts.model_cards as c
        inner join (
            select scenario_id, sum(value) as value from marts.impacts
            where impact_category = 'GWP' and service_part = 'training' and phase = 'operational'
            and electricity_basis in ('location', 'not_applicable') group by all
        ) as i using (scenario_id)
        where c.answer_item = 'use_location' and abs(c.value - i.value) > 1e-9 * i.value
    """).fetchall()
    assert wrong == []


def test_a_card_as_markdown_has_all_questions(built_warehouse):
    text = write(built_warehouse, "luccioni_2023_bloom", "extended")
    assert [line.split(".")[0] for line in text.splitlines() if line.startswith("## ")] == [
        f"## {number}" for number in range(1, 12)
    ]
    assert "**24,692.2 kgCO2e**" in text and "None" not in text


@pytest.mark.parametrize(
    ("disclosure", "value", "unit", "per"),
    [
        # 2.85 mg, 0.1125 mL and 0.4 micrograms a token; 0.3218 mL a query
        ("mistral_large_2_answer_gwp", 2.85e-6, "kgCO2e", "token"),
        ("mistral_large_2_answer_water", 0.1125e-3, "L", "token"),
        ("mistral_large_2_answer_adpe", 0.4e-9, "kgSbe", "token"),
        ("chatgpt_query_water", 0.3218e-3, "L", "request"),
        ("gemini_prompt_energy", 0.24e-3, "kWh", "request"),
        ("mistral_large_2_life_gwp", 20.4e6, "kgCO2e", "item"),
        ("mistral_large_2_life_water", 281e6, "L", "item"),
    ],
)
def test_derived_figures_of_disclosures(bundled, disclosure, value, unit, per):
    found = bundled.execute(
        "select value_per_functional_unit, canonical_unit, canonical_functional_unit from marts.disclosures"
        " where disclosure_id = ?",
        [disclosure],
    ).fetchone()
    assert found == (pytest.approx(value, rel=2e-4), unit, per)


def test_later_versions_replace_earlier_ones(bundled):
    found = bundled.execute(
        "select disclosure_id, version, as_printed, replaced_by_disclosure_id from marts.disclosures"
        " where source_id = 'jegham_2025' order by all"
    ).fetchall()
    assert found == [
        ("jegham_gpt_4o_short_v2", "v2", "0.43", "jegham_gpt_4o_short_v6"),
        ("jegham_gpt_4o_short_v6", "v6", "0.42", None),
        ("jegham_long_prompt_v2", "v2", "33", "jegham_long_prompt_v6"),
        ("jegham_long_prompt_v6", "v6", "29", None),
    ]


@pytest.mark.parametrize(
    ("bridge", "quantity", "step", "ratio"),
    [
        # 28x, 18x and 94x of what EcoLogits prints with two digits: 0.041 g, 2.5 mL, 0.0017 mg
        ("mistral_large_2", "GWP", "disclosed", 1.14 / 0.0411337700293301),
        ("mistral_large_2", "WC", "disclosed", 45 / 2.5065764077623893),
        ("mistral_large_2", "ADPe", "disclosed", 0.16 / 0.0016675654026016382),
        ("mistral_large_2", "GWP", "difference", 1 / (0.855 + 0.11)),
        ("mistral_large_2", "WC", "difference", 1 / (0.91 + 0.05)),
        ("mistral_large_2", "ADPe", "difference", 1 / (0.29 + 0.61)),
        ("chatgpt_query", "electricity", "disclosed", 0.34 / 0.42),
    ],
)
def test_ratios_to_the_model(bundled, bridge, quantity, step, ratio):
    found = bundled.execute(
        "select distinct ratio_to_modelled from marts.disclosure_bridge"
        " where bridge_id = ? and quantity = ? and step = ?",
        [bridge, quantity, step],
    ).fetchall()
    assert found == [(pytest.approx(ratio, rel=1e-9),)]


def test_the_prompt_of_gemini_is_bridged_from_its_narrow_boundary_and_not_modelled(bundled):
    found = bundled.execute(
        "select step, factor, value from marts.disclosure_bridge"
        " where bridge_id = 'gemini_prompt' and quantity = 'electricity' order by step_no"
    ).fetchall()
    factors = [1.4, 0.2 / 0.14, 0.22 / 0.2, 0.24 / 0.22]
    assert [row[0] for row in found] == ["modelled", "measured", *["difference"] * 4, "unexplained", "disclosed"]
    assert found[0][2] is None and found[1][2] == pytest.approx(1e-4)
    assert [row[1] for row in found[2:6]] == pytest.approx(factors)
    assert found[6][1] == pytest.approx(1)


@pytest.fixture(scope="module")
def moved(lend, tmp_path_factory) -> duckdb.DuckDBPyConnection:
    """The work file of a project with two inputs moved by 1 %: hours of BLOOM's cards, Mistral's grams an answer."""
    project = copy_of_project(tmp_path_factory.mktemp("moved_card"), example=False)
    _move(project / "seeds/service_models/parameters.csv", "luccioni_2023_bloom.accelerator_hours", "value")
    _move(project / "seeds/published/disclosed_figures.csv", "mistral_large_2_answer_gwp", "as_printed")
    database = project / "out" / "cradle.duckdb"
    lend(project / "target", database)
    env = os.environ | {
        "CRADLE_DB": str(database),
        "DBT_TARGET_PATH": str(project / "target"),
        "DBT_LOG_PATH": str(project / "logs"),
    }
    wanted = ["+model_cards", "+disclosure_bridge"]
    kinds = ["--resource-type", "seed", "--resource-type", "model"]
    run = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "build", "-s", *wanted, *kinds],
        cwd=project, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]
    with duckdb.connect(str(database.with_name("cradle.work.duckdb")), read_only=True) as con:
        yield con


def _move(path: Path, key: str, column: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [row for row in rows if next(iter(row.values())) == key]
    assert len(found) == 1
    found[0][column] = repr(float(found[0][column]) * 1.01)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_one_per_cent_more_hours_move_the_card_as_predicted(bundled, moved):
    before, after = card_of(bundled, "luccioni_2023_bloom"), card_of(moved, "luccioni_2023_bloom")
    # idle nodes, hardware and electricity all follow the hours; the intensity, the power and other runs do not
    grows = {
        "accelerator_time", "energy", "idle_energy", "use_location", "idle_location", "embodied", "total_location",
    }  # fmt: skip
    for item, (state, value, unit) in before.items():
        assert (state, unit) == (after[item][0], after[item][2]), item
        if value is not None:
            assert after[item][1] == pytest.approx(value * (1.01 if item in grows else 1), rel=1e-12), item
    other = "morrison_2025_olmo_2_7b"
    assert card_of(bundled, other) == card_of(moved, other)


def test_one_per_cent_more_disclosed_moves_the_rest_that_is_unexplained(bundled, moved):
    query = (
        "select step_no, factor, value from marts.disclosure_bridge"
        " where bridge_id = 'mistral_large_2' and quantity = 'GWP' order by step_no"
    )
    for (number, factor, value), (_, factor_after, value_after) in zip(
        bundled.execute(query).fetchall(), moved.execute(query).fetchall(), strict=True
    ):
        by = 1.01 if number >= 1000 else 1
        assert value_after == (value if value is None else pytest.approx(value * by, rel=1e-12))
        assert factor_after == (factor if factor is None else pytest.approx(factor * by, rel=1e-12))
