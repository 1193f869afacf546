"""What a failed test of dbt means, in the words of the seeds and with the rows that it is about."""

from typing import TYPE_CHECKING, Any

from cradle.study.dbt_steps import Failure
from cradle.study.findings import Finding, Places, near

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
TERMS = """
select parameter_name, exponent, unit from intermediate.int_flows__evaluate_terms
where scenario_id = ? and flow_id = ? order by parameter_name
"""


def findings_of(failure: Failure, places: Places, con: "duckdb.DuckDBPyConnection") -> list[Finding]:
    """One finding for each row that a test found, or one for a node that did not run."""
    if not failure.rows:
        return [_not_run(failure)]
    if failure.test == "units_of_terms_give_the_unit_of_their_flow":
        return _units_of_flows(failure, places, con)
    if failure.test in ("stated_parameters_are_used", "flow_terms_name_known_parameters"):
        return [_unknown_parameter(failure, row, places) for row in failure.rows]
    if failure.kind == "sound_columns":
        return [finding for row in failure.rows for finding in _unsound(failure, row, places)]
    if failure.kind in BY_KIND:
        return [BY_KIND[failure.kind](failure, row, places) for row in failure.rows]
    return [_row(failure, row, places) for row in failure.rows]


def _not_run(failure: Failure) -> Finding:
    return Finding("stops", f"{failure.test} cannot be made", expected=failure.rule, got=failure.message)


def _row(failure: Failure, row: Row, places: Places) -> Finding:
    """Any other test: its rule as its file says it, and the row."""
    return Finding(
        "stops",
        failure.test.replace("_", " "),
        places.of_row(row, failure.seed),
        expected=failure.rule,
        got=", ".join(f"{name} {value}" for name, value in row.items() if value is not None)[:400],
    )


def _not_known(failure: Failure, row: Row, places: Places) -> Finding:
    value, wanted = str(row["from_field"]), failure.arguments
    to = str(wanted.get("to", "")).removeprefix("ref('").removesuffix("')")
    seed = places.seeds.get(to)
    known = [other.cells.get(str(wanted.get("field")), "") for other in seed.rows] if seed else []
    help_text = {
        "units": "take a unit of seeds/vocabulary/units.csv, or add yours there and to unit_dimensions.csv",
        "sources": "add the source to seeds/factors/study_sources.csv, or take one that is there",
        "study_sources": "add the source to seeds/factors/study_sources.csv, or take one that is there",
    }
    return Finding(
        "stops",
        f"{failure.column} {value!r} is not known",
        places.of_any_cell(failure.column, value, failure.seed),
        expected=f"a {wanted.get('field')} of {to}" + (f", {hint}" if (hint := near(value, known)) else ""),
        got=value,
        todo=help_text.get(to, ""),
    )


def _not_accepted(failure: Failure, row: Row, places: Places) -> Finding:
    value = "" if row["value_field"] is None else str(row["value_field"])
    return Finding(
        "stops",
        f"{failure.column} is {value!r}",
        places.of_any_cell(failure.column, value, failure.seed),
        expected=", ".join(map(str, failure.arguments.get("values", []))),
        got=value,
    )


def _empty(failure: Failure, row: Row, places: Places) -> Finding:
    return Finding(
        "stops",
        f"{failure.column} of {failure.seed} is empty",
        places.of_any_cell(failure.column, "", failure.seed) if failure.seed in places.seeds else places.of_row(row),
        expected="a value in every row",
        todo=f"fill in the cell of column {failure.column}",
    )


def _twice(failure: Failure, row: Row, places: Places) -> Finding:
    value = str(row.get("unique_field", ""))
    return Finding(
        "stops",
        f"{failure.column} {value!r} stands more than once",
        places.of_any_cell(failure.column, value, failure.seed),
        expected="each once",
        todo=f"take out the rows that were pasted twice, or give each a {failure.column} of its own",
    )


def _unsound(failure: Failure, row: Row, places: Places) -> list[Finding]:
    """What one row of the test of all columns says (tests/generic/sound_columns.sql), for each column that it names."""
    kind, found, told = str(row["check_name"]), row["value_found"], []
    for column in str(row["column_name"]).split():
        accepted = failure.arguments.get("accepted_values", {}).get(column, [])
        one = failure._replace(kind=kind, column=column, arguments={"values": accepted})
        if kind in BY_KIND:
            told.append(BY_KIND[kind](one, row | {"value_field": found, "unique_field": found}, places))
        else:
            told.append(_row(one._replace(test=f"{column} of {failure.seed} is not {kind}"), {column: found}, places))
    return told


BY_KIND = {"relationships": _not_known, "accepted_values": _not_accepted, "not_null": _empty, "unique": _twice}


def _unknown_parameter(failure: Failure, row: Row, places: Places) -> Finding:
    model, name = str(row["model_id"]), str(row["parameter_name"])
    stated, asked = places.of_parameter(model, name), places.names_of(model)
    known = asked["asked"] if failure.test == "stated_parameters_are_used" else asked["given"]
    what = (
        "is stated and nothing takes it"
        if failure.test == "stated_parameters_are_used"
        else "is asked for and nobody states it"
    )
    return Finding(
        "stops",
        f"parameter {name} of model {model} {what}",
        stated,
        expected=near(name, sorted(known - {name})),
        got=name,
        todo="mend the spelling, or take the row out",
    )


def _units_of_flows(failure: Failure, places: Places, con: "duckdb.DuckDBPyConnection") -> list[Finding]:
    found = []
    for scenario, flow in dict.fromkeys((str(row["scenario_id"]), str(row["flow_id"])) for row in failure.rows):
        terms = con.execute(TERMS, [scenario, flow]).fetchall()
        unit = con.execute("select unit from seeds.flows where flow_id = ?", [flow]).fetchone()
        product = " x ".join(
            f"{name} [{of}]" + (f"^{exponent:g}" if exponent != 1 else "") for name, exponent, of in terms
        )
        where = [place for name, _, _ in terms for place in places.stated(scenario, name)]
        found.append(
            Finding(
                "stops",
                f"the units of {flow} do not multiply to its own in {scenario}",
                where + places.of_cell("flows", "flow_id", flow),
                expected=unit[0] if unit else "",
                got=product,
                todo="give each parameter the unit that its number is in",
            )
        )
    return found
