"""Stable Diffusion as a service: known energies, amounts written out a second time, a grid without silent zeros."""

import csv

import duckdb
import pytest

from cradle.paths import PROJECT_ROOT

BASE = "sd_service_2025_open"


@pytest.fixture(scope="module")
def ask(built_warehouse):
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        yield lambda query, *values: con.execute(query, list(values)).fetchall()


@pytest.fixture(scope="module")
def p() -> dict[str, float]:
    """The parameters of the base scenario as printed in the seed."""
    with (PROJECT_ROOT / "seeds/service_models/parameters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["parameter_name"]: float(row["value"]) for row in rows if row["scenario_id"] == BASE}


@pytest.fixture(scope="module")
def amounts(ask) -> dict[tuple[str, str], float]:
    """(scenario, flow without its model) -> amount."""
    rows = ask("select scenario_id, replace(flow_id, 'sd_service.', ''), amount from marts.flow_amounts")
    return {(scenario, flow): amount for scenario, flow, amount in rows}


@pytest.mark.parametrize(
    ("scenario", "it_mwh"),
    # Berthelot et al. 2025, Eq. 1 and 2 with the steps of all versions, of those in Table 2, and a third of all
    [(BASE, 102.2), ("sd_service_2025_table2", 61.7), ("sd_service_2025_amortised", 102.2 / 3)],
)
def test_training_takes_the_known_energy(amounts, p, scenario, it_mwh):
    assert amounts[scenario, "training_electricity"] / p["pue"] / 1000 == pytest.approx(it_mwh, abs=0.05)


def test_inference_takes_the_measured_energy_of_150_million_images(amounts, p):
    parts = [amounts[BASE, f"inference_{part}_electricity"] for part in ("gpu", "host")]
    assert sum(parts) / p["pue"] == pytest.approx(150e6 * 1.38e-3, rel=1e-12)
    eighth = amounts["sd_service_2025_host_eighth", "inference_host_electricity"]
    assert eighth == pytest.approx(parts[1] / 8, rel=1e-12)


def test_amounts_follow_the_equations_written_out_by_hand(amounts, p):
    life = p["server_lifetime"] * p["hours_per_year"]
    steps = {v: p[f"v1_{v}_steps_512"] for v in range(1, 6)}
    per_node = p["slope_256"] * p["v1_1_steps_256"] + p["intercept_256"]
    per_node += sum(p["slope_512"] * n + p["intercept_512"] for n in steps.values())
    power_kw = p["slope_256"] / (p["step_duration_256"] / 3600)
    training = p["training_nodes"] * per_node / power_kw / life / p["training_active_utilisation"]
    images = p["visits"] * p["requests_per_visit"] * p["images_per_request"]
    inference = images * p["image_duration"] / 3600 / life / p["inference_active_utilisation"]
    gigabytes = p["visits"] * (
        p["page_weight"] * 1024e-9 + p["requests_per_visit"] * p["images_per_request"] * p["image_file_size"] / 1000
    )
    hours = p["visits"] * p["visit_duration"] / 60
    laptop_hours = hours * p["computer_visit_share"] * p["laptop_share"]
    expected = {
        "training_gpu": training * p["gpus_per_node"],
        "training_mainboard": training,
        "training_memory_die": training * p["memory_per_node"] / p["memory_density"],
        "training_cooling_water": p["training_nodes"] * per_node * p["wue"],
        "inference_gpu": inference,
        "inference_ssd_die": inference * p["ssd_per_node"] / p["ssd_density"],
        "inference_power_supply": inference * p["psu_per_node"] * p["psu_mass"],
        "inference_cooling_water": images * p["node_energy_per_image"] * p["wue"],
        "web_electricity": p["web_servers"] * p["web_vcpus_per_server"] * p["vcpu_power"] / 1000 * 8760 * p["pue"],
        "web_mainboard": p["web_servers"] / p["server_lifetime"],
        "storage_electricity": p["training_set_size"] * p["storage_copies"] * p["drive_power"] / 1000 * 8760 * p["pue"],
        "storage_drives": p["training_set_size"] * 1000 * p["storage_copies"] / p["server_lifetime"],
        "fixed_network_electricity": gigabytes * (1 - p["mobile_network_share"]) * p["fixed_network_intensity"],
        "mobile_network": gigabytes * p["mobile_network_share"],
        "laptop_electricity": laptop_hours * p["laptop_power"] / 1000,
        "laptop": laptop_hours / p["laptop_lifetime"] / p["laptop_use_per_year"],
        "smartphone": hours * p["smartphone_visit_share"] / p["smartphone_lifetime"] / p["smartphone_use_per_year"],
        "monitor": hours
        * p["computer_visit_share"]
        * (1 - p["laptop_share"])
        / p["monitor_lifetime"]
        / p["monitor_use_per_year"],
    }
    assert {flow: amounts[BASE, flow] for flow in expected} == pytest.approx(expected, rel=1e-9)


def test_the_total_is_the_sum_of_amounts_times_selected_factors(ask):
    (by_hand,) = ask(
        """
        select sum(flow_amounts.amount * factors.value)
        from marts.flow_amounts
        inner join marts.impacts using (scenario_id, flow_id)
        inner join marts.factors using (factor_id)
        where scenario_id = ? and impacts.impact_category = 'GWP' and impacts.electricity_basis != 'market'
        """,
        BASE,
    )[0]
    (total,) = ask(
        "select value from marts.impact_totals"
        " where scenario_id = ? and impact_category = 'GWP' and electricity_view = 'location'",
        BASE,
    )[0]
    assert total == pytest.approx(by_hand, rel=1e-12)


def test_the_grid_has_six_parts_each_with_a_value_or_a_reason(ask):
    rows = ask(
        "select service_part, impact_category, state, value, state_reason"
        " from marts.impacts_by_part_stage_category where scenario_id = ?",
        BASE,
    )
    with_values = {
        category: {r[0] for r in rows if r[1] == category and r[2] == "modelled"} for category in ("GWP", "PE")
    }
    six = {"end_user_terminals", "networks", "web_hosting", "inference", "training", "data_storage"}
    assert with_values == {"GWP": six, "PE": six}
    assert not [r for r in rows if r[3] == 0]
    assert not [r for r in rows if (r[2] == "modelled") != (r[3] is not None) or (r[3] is None and not r[4])]


def test_primary_energy_of_the_data_centre_is_complete_from_the_bundle(ask):
    rows = ask(
        "select distinct completeness from marts.impacts_by_part_stage_category"
        " where scenario_id = ? and impact_category = 'PE' and electricity_basis = 'location' and flows_expected > 0"
        " and service_part in ('training', 'inference', 'web_hosting', 'data_storage')",
        BASE,
    )
    assert rows == [("complete",)]


def test_the_market_view_never_borrows_the_location_factor(ask):
    rows = ask(
        "select distinct state from marts.impacts where scenario_id = ? and electricity_basis = 'market'",
        BASE,
    )
    assert rows == [("not_modelled",)]


def test_the_open_scenario_may_be_passed_on_without_conditions(ask):
    ((sets,),) = ask("select string_agg(licence_set, '; ') from marts.impact_totals where scenario_id = ?", BASE)
    assert set(sets.split("; ")) == {"CC-BY-4.0", "LicenseRef-published-figures", "etalab-2.0"}
