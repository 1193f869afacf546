"""The tables and columns of an export that a comparison reads."""

NEEDED: dict[str, tuple[str, ...]] = {
    "impacts": (
        "scenario_id",
        "flow_id",
        "life_cycle_stage",
        "impact_category",
        "electricity_basis",
        "state",
        "state_reason",
        "amount",
        "factor_value",
        "value",
        "unit",
        "selection_id",
        "factor_id",
    ),
    "impact_totals": (
        "scenario_id",
        "impact_category",
        "electricity_view",
        "completeness",
        "value",
        "unit",
        "licence_set",
    ),
    "parameter_values": ("scenario_id", "parameter_name", "parameter_id", "value", "unit", "method", "source_id"),
    "flow_amounts": ("scenario_id", "model_id", "flow_id"),
    "flow_amount_terms": ("scenario_id", "flow_id", "parameter_name", "exponent", "value"),
    "factor_selection": (
        "selection_id",
        "factor_set_id",
        "object_id",
        "component",
        "geography_id",
        "reference_year",
        "reason",
    ),
    "factors": (
        "factor_id",
        "source_id",
        "value",
        "is_eligible",
        "ineligible_reason",
        "locator",
        "release_id",
        "file_sha256",
    ),
    "sources": ("source_id", "version", "release_id", "file_sha256"),
    "published_results": ("published_value_id", "computed"),
}

# Where an older export lacks one of these, the comparison goes less deep: the columns and types to stand in.
OPTIONAL: dict[str, dict[str, str]] = {
    "correction_checks": {
        "correction_id": "varchar",
        "source_id": "varchar",
        "record_key": "varchar",
        "field": "varchar",
        "action": "varchar",
        "corrected_as": "varchar",
        "status": "varchar",
        "is_guard_met": "boolean",
    },
    "parameter_inputs": {
        "model_id": "varchar",
        "parameter_name": "varchar",
        "input_name": "varchar",
        "method": "varchar",
        "constant": "double",
        "weight": "double",
    },
}

# What tells the rows of a table apart: a row that comes twice would be added twice.
KEYS: dict[str, tuple[str, ...]] = {
    "impacts": ("scenario_id", "flow_id", "life_cycle_stage", "impact_category", "electricity_basis"),
    "impact_totals": ("scenario_id", "impact_category", "electricity_view"),
    "parameter_values": ("scenario_id", "parameter_name"),
    "flow_amounts": ("scenario_id", "flow_id"),
    "flow_amount_terms": ("scenario_id", "flow_id", "parameter_name"),
    "factor_selection": ("selection_id",),
    "factors": ("factor_id",),
    "sources": ("source_id",),
    "published_results": ("published_value_id",),
    "correction_checks": ("correction_id",),
    "parameter_inputs": ("model_id", "parameter_name", "input_name"),
}
