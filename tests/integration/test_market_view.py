"""Residual mixes that the user supplies make the market view of a scenario modelled, and nothing else of it."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingest.pull import take_files
from ingest.sidecar import discover, find
from tests.integration.project_copy import copy_of_project

PULLED, OPEN = "sd_service_2025_pulled", "sd_service_2025_open"
# invented: g CO2/kWh and lb CO2/MWh
FRANCE, CALIFORNIA, POLAND = 321.5, 500, 801.5
# scenario -> (parent, place of the data centre)
USERS_OWN = {
    "own_france": (PULLED, "FRA"),
    "own_austria": (PULLED, "AUT"),
    "own_california": (PULLED, "USA-CAMX"),
    "own_france_open": (OPEN, "FRA"),
}


def append(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        fields = next(csv.reader(lines))
    with file.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, fields, restval="", lineterminator="\n").writerows(rows)


def add_scenarios(seeds: Path) -> None:
    append(
        seeds / "service_models/scenarios.csv",
        [
            {"scenario_id": name, "model_id": "sd_service", "parent_scenario_id": parent, "title": name}
            | ({"factor_set_id": "open_and_pulled"} if parent == PULLED else {})
            for name, (parent, _) in USERS_OWN.items()
        ],
    )
    append(
        seeds / "service_models/scenario_geographies.csv",
        [
            {
                "scenario_id": name,
                "geography_role": "data_centre",
                "geography_id": place,
                "source_id": "cradle_conventions",
                "locator": "a test",
            }
            for name, (_, place) in USERS_OWN.items()
        ],
    )


def supply(folder: Path, db: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Residual Mixes"
    for row in (
        [None, "Nuclear", "CO2 (gCO2/kWh)"],
        ["FR", 0.5, FRANCE],
        ["AT", "NA", "NA"],
        ["DE", 0.1, 654.25],
        ["PL", 0, POLAND],
    ):
        book.active.append(row)
    book.save(folder / "AIB-2023-residual-mix-results.xlsx")
    (folder / "green-e-2022-data.csv").write_text(f"Subregion,CO2 (lb/MWh)\nCAMX,{CALIFORNIA}\n", encoding="utf-8")
    for name, file in (
        ("aib_residual_mix", "AIB-2023-residual-mix-results.xlsx"),
        ("green_e", "green-e-2022-data.csv"),
    ):
        (sidecar,) = find([name], discover())
        take_files(sidecar, [folder / file], db)


@pytest.fixture(scope="module")
def ask(lend, tmp_path_factory):
    """Ask the marts of one build with both residual mixes and four scenarios of the user's own."""
    project = copy_of_project(tmp_path_factory.mktemp("project"), example=False)
    add_scenarios(project / "seeds")
    database = project / "out" / "cradle.duckdb"
    database.parent.mkdir()
    supply(project / "out", database.with_name("landing.duckdb"))
    lend(project / "target", database)
    env = os.environ | {
        "CRADLE_DB": str(database),
        "DBT_TARGET_PATH": str(project / "target"),
        "DBT_LOG_PATH": str(project / "logs"),
    }
    selected = [
        "-s",
        "+impact_totals",
        "+factor_disagreement",
        "+scenario_comparison",
        "--resource-type",
        "seed",
        "--resource-type",
        "model",
    ]
    run = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "build", *selected],
        cwd=project, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]
    with duckdb.connect(str(database.with_name("cradle.work.duckdb")), read_only=True) as con:
        yield lambda query, *values: con.execute(query, list(values)).fetchall()


def climate(ask, scenario: str, basis: str) -> list[tuple]:
    return ask(
        "select impacts.flow_id, impacts.state, impacts.value, impacts.factor_id, amounts.amount"
        " from marts.impacts left join marts.flow_amounts as amounts using (scenario_id, flow_id)"
        " where scenario_id = ? and electricity_basis = ? and impact_category = 'GWP' order by 1",
        scenario,
        basis,
    )


@pytest.mark.parametrize(
    ("scenario", "factor_id", "kg_per_kwh"),
    [
        ("own_france", "aib_residual_mix:FR:2023", FRANCE / 1000),
        ("own_california", "green_e:CAMX:2022", CALIFORNIA * 0.45359237 / 1000),
    ],
)
def test_the_market_view_of_the_data_centre_is_modelled(ask, scenario, factor_id, kg_per_kwh):
    cells = [cell for cell in climate(ask, scenario, "market") if cell[1] == "modelled"]
    assert len(cells) >= 5
    for _, _, value, chosen, amount in cells:
        assert chosen == factor_id
        assert value == pytest.approx(amount * kg_per_kwh, rel=1e-12)
    location = {cell[0]: cell for cell in climate(ask, scenario, "location")}
    assert all(location[flow][2] != value and location[flow][3] != chosen for flow, _, value, chosen, _ in cells)


@pytest.mark.parametrize("scenario", [PULLED, "own_austria", "own_france_open", OPEN])
def test_without_a_residual_mix_of_the_place_or_a_rule_it_stays_not_modelled(ask, scenario):
    cells = climate(ask, scenario, "market")
    assert cells and {(state, value) for _, state, value, *_ in cells} == {("not_modelled", None)}


def test_neither_basis_borrows_from_the_other(ask):
    rows = ask(
        "select distinct chosen.electricity_basis, factors.electricity_basis, factors.source_id"
        " from marts.factor_selection as chosen inner join marts.factors using (factor_id)"
        " where chosen.electricity_basis != 'not_applicable'"
    )
    assert {(asked, given) for asked, given, _ in rows} == {("location", "location"), ("market", "market")}
    # net emissions of Patterson et al. and of Google are the market view of those studies' own runs
    assert {source for asked, _, source in rows if asked == "market"} - {"patterson_2021", "google_2025_gemini"} == {
        "aib_residual_mix",
        "green_e",
    }


def test_the_two_views_of_the_total_differ_by_the_data_centre(ask):
    totals = dict(
        ask(
            "select electricity_view, value from marts.impact_totals"
            " where scenario_id = 'own_france' and impact_category = 'GWP'"
        )
    )
    parts = {
        basis: ask(
            "select sum(value) from marts.impacts"
            " where scenario_id = 'own_france' and impact_category = 'GWP' and electricity_basis = ?",
            basis,
        )[0][0]
        for basis in ("location", "market")
    }
    assert totals["market"] != totals["location"]
    assert totals["market"] - totals["location"] == pytest.approx(parts["market"] - parts["location"], rel=1e-9)


def test_what_rests_on_a_residual_mix_names_its_licence_and_its_method(ask):
    ((licences,),) = ask(
        "select licence_set from marts.impact_totals"
        " where scenario_id = 'own_france' and impact_category = 'GWP' and electricity_view = 'market'"
    )
    assert "LicenseRef-aib" in licences.split("; ")
    assert ask(
        "select distinct indicator_id, electricity_scope from marts.factors where source_id = 'aib_residual_mix'"
    ) == [("gwp100_co2_only", "combustion_only")]
    assert ask("select factor_id from marts.factors where source_id = 'aib_residual_mix' order by 1") == [
        ("aib_residual_mix:DE:2023",),
        ("aib_residual_mix:FR:2023",),
        ("aib_residual_mix:PL:2023",),
    ]


def test_residual_mixes_are_compared_with_each_other_alone(ask):
    rows = ask(
        "select distinct source_id, electricity_basis from marts.factor_disagreement"
        " where object_group_id = 'electricity' and (electricity_basis = 'market' or source_id = 'aib_residual_mix')"
    )
    assert {basis for _, basis in rows} == {"market"}
    assert {source for source, _ in rows} - {"patterson_2021", "google_2025_gemini"} == {"aib_residual_mix", "green_e"}


def causes(ask, comparison: str) -> dict[tuple[str, str], tuple[float, str]]:
    rows = ask(
        "select contribution_kind, contribution_id, contribution, differs_in from marts.scenario_comparison"
        " where comparison_id = ? and impact_category = 'GWP'",
        comparison,
    )
    return {(kind, name): (contribution, differs_in) for kind, name, contribution, differs_in in rows}


def test_the_other_basis_in_poland_is_a_cause_of_its_own(ask):
    found = causes(ask, "sd_poland_basis")
    location = {
        flow: (value, amount) for flow, _, value, _, amount in climate(ask, "sd_service_poland_pulled", "location")
    }
    market = [cell for cell in climate(ask, "sd_service_poland_pulled", "market") if cell[1] == "modelled"]
    assert len(market) >= 5
    by_hand = sum(amount * POLAND / 1000 - location[flow][0] for flow, _, _, _, amount in market)
    contribution, differs_in = found.pop(("electricity_basis", "location > market"))
    assert contribution == pytest.approx(by_hand, rel=1e-9)
    assert "scope of electricity" in differs_in and "source" in differs_in
    # the users of the service are in no country with a residual mix
    assert found and {kind for kind, _ in found} == {"cell_disappears"}


def test_a_base_without_a_residual_mix_has_cells_that_appear(ask):
    found = causes(ask, "sd_poland_market_pulled")
    assert len(found) >= 5 and {kind for kind, _ in found} == {"cell_appears"}
    assert all(contribution > 0 for contribution, _ in found.values())
