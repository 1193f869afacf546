"""Which seeds hold the rows of a study, and which of their columns say whose they are: one line a seed."""

from typing import NamedTuple


class Table(NamedTuple):
    """A seed of which a study has rows.

    `owner` is the column that says whose row it is. Of the rows of a scenario and its parents the nearest is copied
    for each value of `nearest_by`, where the model asks for it (`asked_for`: a parameter or a role); of two seeds that
    give the same the nearer one counts. `ids` are
    columns with ids that begin with the owner's and get the new one in its place; `note` takes the mark of a copy.
    """

    path: str
    owner: str
    nearest_by: str = ""
    asked_for: str = ""
    ids: tuple[str, ...] = ()
    note: str = ""


SOURCES = Table("factors/study_sources.csv", "source_id")
SCENARIOS = Table("service_models/scenarios.csv", "scenario_id")
FUNCTIONAL_UNITS = Table("service_models/functional_units.csv", "functional_unit_id")
PARAMETERS = Table(
    "service_models/parameters.csv",
    "scenario_id",
    nearest_by="parameter_name",
    asked_for="parameter",
    ids=("parameter_id", "uncertainty_id"),
    note="note",
)

# a seed that a scenario has rows in: copied by every `cradle study new`
PLACES = Table("service_models/scenario_geographies.csv", "scenario_id", nearest_by="geography_role", asked_for="role")
MEASUREMENTS = Table(
    "service_models/parameter_measurements.csv",
    "scenario_id",
    nearest_by="parameter_name",
    asked_for="parameter",
    note="note",
)
OF_SCENARIOS = (PARAMETERS, PLACES, MEASUREMENTS)
# a seed that a model has rows in: copied with --own-model
FLOWS = Table("service_models/flows.csv", "model_id", ids=("flow_id",))
FLOW_TERMS = Table("service_models/flow_terms.csv", "flow_id")
DERIVED_INPUTS = Table("service_models/derived_parameter_inputs.csv", "model_id")
DERIVED = Table("service_models/derived_parameters.csv", "model_id")
OF_MODELS = (
    Table("service_models/service_models.csv", "model_id"),
    FLOWS,
    FLOW_TERMS,
    DERIVED,
    DERIVED_INPUTS,
    Table("service_models/boundary_terms.csv", "model_id"),
    Table("vocabulary/state_rules.csv", "model_id", ids=("rule_id", "flow_id")),
)
# what a user may add by hand for a study of theirs: taken out with it, never copied
ADDED_BY_HAND = (
    Table("factors/factor_set_rules.csv", "source_id"),
    Table("factors/study_factors.csv", "source_id"),
    Table("published/published_values.csv", "scenario_id"),
    Table("published/standing_residuals.csv", "published_value_id"),
    Table("published/model_card_links.csv", "scenario_id"),
    Table("published/model_facts.csv", "scenario_pattern"),
    Table("requests/request_cases.csv", "scenario_id"),
    Table("amortisation/amortisations.csv", "inference_scenario_id"),
    Table("amortisation/amortisation_roles.csv", "amortisation_id"),
    Table("allocation/allocation_pools.csv", "scenario_id"),
    Table("allocation/allocation_keys.csv", "pool_id"),
    Table("quality/parameter_quality.csv", "model_id"),
    Table("quality/stand_in_places.csv", "scenario_id"),
    Table("comparisons/comparisons.csv", "other_scenario_id"),
    Table("comparisons/paybacks.csv", "new_scenario_id"),
    Table("releases/result_changes.csv", "scenario_id"),
)

# the source goes first: what it marks can be removed, also where a writer was killed half way
ALL = (SOURCES, SCENARIOS, FUNCTIONAL_UNITS, *OF_SCENARIOS, *OF_MODELS)

OWN_SOURCE = "own_study__"  # a source of this name marks a study as the user's
COPIED = "Copied from "  # how the note of a row begins that nobody has looked at since
