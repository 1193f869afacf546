"""Errors in what peers publish of models and units, as small models in Cradle's seeds: seed -> rows to add.

Each error stands beside its sound neighbour. Figures are those of EcoLogits 0.9.3 (7.3 billion parameters, 200 tokens,
PUE 1.26), of the SCI for AI and the eShop case of the Green Software Foundation, and of the sample of BoAmps. What the
eShop case multiplies its energy with is taken so that its printed total follows from 0.023 kWh.
"""

SCENARIO = "peers"
SOURCE = {"source_id": "morand_2024_mlca", "locator": "invented"}


def _stated(name: str, value: str, unit: str) -> dict[str, str]:
    return {
        **{"parameter_id": f"peers.{name}", "scenario_id": SCENARIO, "parameter_name": name, "value": value},
        **{"unit": unit, "kind": "published", "as_printed": value, **SOURCE},
    }


def _derived(name: str, unit: str, method: str = "product", constant: str = "") -> dict[str, str]:
    constant = constant or ("1" if method == "product" else "0")
    return {
        **{"model_id": SCENARIO, "parameter_name": name, "method": method, "constant": constant, "unit": unit},
        **{"description": name, **SOURCE},
    }


def _inputs(name: str, **weights: int) -> list[dict[str, str]]:
    return [
        {"model_id": SCENARIO, "parameter_name": name, "input_name": given, "weight": str(weight)}
        for given, weight in weights.items()
    ]


def _printed(key: str, of: str, as_printed: str, step: str, unit: str) -> dict[str, str]:
    return {
        **{"published_value_id": key, "study_id": SCENARIO, "case_id": SCENARIO, "scenario_id": SCENARIO},
        **{"quantity": key, "as_printed": as_printed, "print_step": step, "print_relation": "=", "unit": unit},
        **{"measure": "parameter", "parameter_name": of, "electricity_view": "location", "kind": "recompute", **SOURCE},
    }


def _flow(name: str) -> dict[str, str]:
    return {
        **{"flow_id": f"peers.{name}", "model_id": SCENARIO, "service_part": "inference", "equipment": "server"},
        **{"object_id": "cooling_water", "component": "total", "stage_rule": "use", "scales_with": "functional_unit"},
        **{"unit": "L", "flow_title": name, **SOURCE},
    }


def _terms(flow: str, *names: str) -> list[dict[str, str]]:
    return [{"flow_id": f"peers.{flow}", "parameter_name": name, "exponent": "1"} for name in names]


SEEDS: dict[str, list[dict[str, str]]] = {
    "vocabulary/units.csv": [{"unit": "peers_g/kWh", "canonical_unit": "peers_kg/kWh", "to_canonical_factor": "0.001"}],
    "vocabulary/unit_dimensions.csv": [
        {"canonical_unit": "peers_kg/kWh", "base_unit": base, "exponent": exponent}
        for base, exponent in (("kgCO2e", "1"), ("kW", "-1"), ("h", "-1"))
    ],
    "service_models/service_models.csv": [{"model_id": SCENARIO, "title": SCENARIO, "source_id": SOURCE["source_id"]}],
    "service_models/scenarios.csv": [
        {
            **{"scenario_id": SCENARIO, "model_id": SCENARIO, "factor_set_id": "open_default", "title": SCENARIO},
            **{"functional_unit_id": "bloom_176b_training", "period_start": "2022-03-11", "period_end": "2022-07-06"},
            **{"period_source_id": "bigscience_2022_bloom"},
        }
    ],
    "service_models/parameters.csv": [
        _stated("sci_ai_training", "6500", "kgCO2e"),
        _stated("sci_ai_mega_tokens", "50000", "1"),
        _stated("sci_ai_service", "75000", "kgCO2e"),
        _stated("sci_ai_mega_requests", "2500", "1"),
        _stated("eshop_energy", "0.023", "kWh"),
        _stated("eshop_energy_shown_next", "0.02394", "kWh"),
        _stated("eshop_intensity", "949", "peers_g/kWh"),
        _stated("eshop_embodied", "4.351", "gCO2e"),
        _stated("it_energy", "1.2192408901928525e-05", "kWh"),
        _stated("pue", "1.26", "1"),
        _stated("wue", "0.37", "L/kWh"),
        _stated("water_of_the_mix", "5.04", "L/kWh"),
        _stated("first_token", "0.5", "s"),
        _stated("tokens", "200", "step"),
        _stated("time_per_token", "0.0195", "s/step"),
        _stated("boamps_power_consumption", "0.00267074", "kWh"),
        _stated("boamps_duration", "19.0939", "s"),
        _stated("cpus_per_node", "30", "item/node"),
    ],
    "service_models/derived_parameters.csv": [
        _derived("sci_ai_per_mega_token", "kgCO2e"),
        _derived("sci_ai_per_mega_request", "kgCO2e"),
        _derived("eshop_use", "kgCO2e"),
        _derived("eshop_total", "kgCO2e", "sum"),
        _derived("eshop_use_shown_next", "kgCO2e"),
        _derived("eshop_total_shown_next", "kgCO2e", "sum"),
        _derived("facility_energy", "kWh"),
        _derived("water_off_site", "L/kWh"),
        _derived("water_of_it_energy", "L/kWh", "sum"),
        _derived("water_by_the_documents", "L"),
        _derived("water_by_the_code", "L"),
        _derived("generation", "h"),
        _derived("generation_as_documented", "h"),
        _derived("boamps_power", "kW"),
        _derived("boamps_energy_as_labelled", "kWh"),
    ],
    "service_models/derived_parameter_inputs.csv": [
        *_inputs("sci_ai_per_mega_token", sci_ai_training=1, sci_ai_mega_tokens=-1),
        *_inputs("sci_ai_per_mega_request", sci_ai_service=1, sci_ai_mega_requests=-1),
        *_inputs("eshop_use", eshop_energy=1, eshop_intensity=1),
        *_inputs("eshop_total", eshop_use=1, eshop_embodied=1),
        *_inputs("eshop_use_shown_next", eshop_energy_shown_next=1, eshop_intensity=1),
        *_inputs("eshop_total_shown_next", eshop_use_shown_next=1, eshop_embodied=1),
        *_inputs("facility_energy", it_energy=1, pue=1),
        *_inputs("water_off_site", pue=1, water_of_the_mix=1),
        *_inputs("water_of_it_energy", wue=1, water_off_site=1),
        *_inputs("water_by_the_documents", it_energy=1, water_of_it_energy=1),
        *_inputs("water_by_the_code", facility_energy=1, water_of_it_energy=1),
        *_inputs("generation", tokens=1, time_per_token=1),
        *_inputs("generation_as_documented", tokens=1, time_per_token=-1),
        *_inputs("boamps_power", boamps_power_consumption=1, boamps_duration=-1),
        *_inputs("boamps_energy_as_labelled", boamps_power_consumption=1, boamps_duration=1),
    ],
    "service_models/boundary_terms.csv": [
        {
            **{"model_id": SCENARIO, "parameter_name": "pue", "from_boundary": "IT", "to_boundary": "facility"},
            **{"boundary_rule": "whole", "reason": "invented"},
        },
        {
            **{"model_id": SCENARIO, "parameter_name": "wue", "from_boundary": "IT", "to_boundary": "IT"},
            **{"boundary_rule": "per_it_energy", "reason": "invented"},
        },
    ],
    "service_models/flows.csv": [_flow("water_by_the_documents"), _flow("water_by_the_code")],
    "service_models/flow_terms.csv": [
        *_terms("water_by_the_documents", "it_energy", "wue"),
        *_terms("water_by_the_code", "facility_energy", "wue"),
    ],
    "published/published_values.csv": [
        _printed("130 g per million tokens", "sci_ai_per_mega_token", "130", "1", "gCO2e"),
        _printed("0.13 g per million tokens", "sci_ai_per_mega_token", "0.13", "0.01", "gCO2e"),
        _printed("30,000 g per million requests", "sci_ai_per_mega_request", "30000", "1", "gCO2e"),
        _printed("3,000 g per million requests", "sci_ai_per_mega_request", "3000", "1", "gCO2e"),
        _printed("30 g per million requests", "sci_ai_per_mega_request", "30", "1", "gCO2e"),
        _printed("26.178 g with 0.023 kWh", "eshop_total", "26.178", "0.001", "gCO2e"),
        _printed("26.178 g with 0.02394 kWh", "eshop_total_shown_next", "26.178", "0.001", "gCO2e"),
        _printed("8.19e-5 L by the documents", "water_by_the_documents", "8.193786478452e-05", "1e-17", "L"),
        _printed("8.19e-5 L by the code", "water_by_the_code", "8.193786478452e-05", "1e-17", "L"),
    ],
}
