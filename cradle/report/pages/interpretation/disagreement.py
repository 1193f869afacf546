"""Where sources disagree about the same thing."""

from typing import Any

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.wording import called
from cradle.report.quantities import written

_CATEGORIES = {"GWP": "Climate change", "ADPe": "Metals and minerals", "PE": "Primary energy", "WC": "Water"}
_PLACES = 12
_TIMES = " \u00d7 "


def page(marts: Marts) -> Page:
    """Published values of the same family of things beside each other, by impact category."""
    sections = [_things(marts, category) for category in _CATEGORIES]
    sections += [_electricity(marts, category) for category in _CATEGORIES]
    return Page(
        "disagreement",
        "Where do sources disagree?",
        "Interpretation",
        "Every value of one family of things beside the others, as its source has it or computed here from what the"
        " source publishes. Nobody averages them: a study selects one, and its boundary says what it counts. Values"
        " differ because things do, because boundaries do, and because somebody is wrong; the table has the boundary of"
        " each, and why a value is not compared.",
        [section for section in sections if section],
        short="Where sources disagree",
    )


_COLUMNS = """
    object_group_id, geography_id, reference_unit, source_id, object_id, value, amount_unit, ratio_to_lowest,
    spread_ratio, stages_covered, electricity_scope, reference_year, object_boundary, is_eligible, ineligible_reason,
    derivations, used_by_factor_sets, why_used, value_id, licence_id, compared_licence_set
"""


def _things(marts: Marts, category: str) -> Section | None:
    rows = marts.rows(
        f"""
        select {_COLUMNS}
        from marts.factor_disagreement
        where impact_category = ? and compared_stage = 'embodied_total' and value > 0
        qualify count(distinct source_id) filter (is_eligible)
            over (partition by object_group_id, geography_id, electricity_basis, reference_unit) > 1
        order by spread_ratio desc nulls last, object_group_id, reference_unit, geography_id, value, source_id, value_id
        """,
        category,
    )
    if not rows:
        return None
    drawn = _drawn(rows)
    return Section(
        f"things-{category}",
        f"{_CATEGORIES[category]} of making one thing",
        _in_words(drawn),
        rows,
        f"marts.factor_disagreement, {category}, all embodied stages that a source has",
        _strips(category, drawn),
        "Strips by family of things, widest spread first. Under each: a line for every source with a mark for each of"
        " its values, on a logarithmic axis. The grey band spans the values that are compared.",
    )


def _electricity(marts: Marts, category: str) -> Section | None:
    rows = marts.rows(
        f"""
        with compared as (
            select {_COLUMNS},
                -- two versions of one source do not disagree as two sources do
                count(distinct coalesce(producer, source_id)) filter (is_eligible)
                    over (partition by geography_id, electricity_basis, reference_unit) as sources
            from marts.factor_disagreement
            left join (select source_id, producer from marts.sources) using (source_id)
            where impact_category = ? and compared_stage = 'use' and object_group_id = 'electricity'
                and electricity_basis = 'location' and geography_id is not null and value > 0
        ),

        places as (
            select geography_id
            from compared
            where sources > 1
            group by geography_id
            order by max(sources) desc, max(spread_ratio) desc, geography_id
            limit {_PLACES}
        )

        select * exclude (sources)
        from compared
        inner join places using (geography_id)
        order by spread_ratio desc nulls last, geography_id, reference_unit, value, source_id, value_id
        """,
        category,
    )
    if not rows:
        return None
    drawn = _drawn(rows)
    places = len({row["geography_id"] for row in rows})
    return Section(
        f"electricity-{category}",
        f"{_CATEGORIES[category]} of a kilowatt-hour",
        f"The {places} places with the most sources, then the widest spread. {_in_words(drawn)}"
        if places > 1
        else _in_words(drawn),
        rows,
        f"marts.factor_disagreement, {category}, electricity by location",
        _strips(category, drawn),
        "Strips by place, widest spread first. Under each: a line for every source with a mark for each of its values,"
        " on a logarithmic axis. Years and scopes differ: the table says which.",
    )


def _drawn(rows: list[Row]) -> list[Row]:
    return [
        {**row, "group": _group(row), "line": row["source_id"].replace("_", " "), "kind": _kind(row)} for row in rows
    ]


def _strips(category: str, drawn: list[Row]) -> dict[str, Any]:
    title = f"{category} in {_units(drawn)}"
    return charts.strips(drawn, "group", "line", "value", title, kind="kind", compared="is_eligible")


def _kind(row: Row) -> str:
    if not row["is_eligible"]:
        return "not compared"
    return "as the source has it" if row["derivations"] is None else "computed here"


def _group(row: Row) -> str:
    thing = called(row["object_group_id"]) if row["geography_id"] is None else f"Electricity, {row['geography_id']}"
    unit = "" if row["reference_unit"] in ("item", "node", "kWh") else f", a {row['reference_unit']}"
    ratio = "" if row["spread_ratio"] is None else f"{_TIMES}{row['spread_ratio']:.3g}"
    return f"{thing}{unit}{ratio}"


def _units(rows: list[Row]) -> str:
    return " or ".join(dict.fromkeys(row["amount_unit"] for row in rows))


def _in_words(rows: list[Row]) -> str:
    """The widest spread: of one scope first, as combustion beside a life cycle is no disagreement about one thing."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    compared = {group: [row for row in mine if row["is_eligible"]] for group, mine in groups.items()}
    across = _widest(compared)
    within = _widest(
        {
            f"{group}{_TIMES}{scope}": [row for row in mine if row["electricity_scope"] == scope]
            for group, mine in compared.items()
            for scope in {row["electricity_scope"] for row in mine}
            if len({row["source_id"] for row in mine if row["electricity_scope"] == scope}) > 1
        }
    )
    said = f"{len(groups)} with two sources or more."
    if within == across:
        return f"{said} Furthest apart: {across}"
    other = (
        f"{across[:-1]}, of different scopes or of one that is not stated, which is no disagreement about one thing."
    )
    return (
        f"{said} Furthest apart by one scope: {within} Across scopes: {other}"
        if within
        else (f"{said} Furthest apart: {other}")
    )


def _widest(groups: dict[str, list[Row]]) -> str:
    """The group whose highest value is the most times its lowest, in words; nothing where there is no group."""
    ends = []
    for group, mine in groups.items():
        low, high = (pick(mine, key=lambda row: (row["value"], row["value_id"])) for pick in (min, max))
        ends.append((high["value"] / low["value"], group.split(_TIMES)[0], low, high))
    if not ends:
        return ""
    ratio, what, low, high = max(ends, key=lambda end: end[:2])
    return (
        f"{what}, from {written(low['value'])} ({low['source_id']}) to {written(high['value'])} {high['amount_unit']}"
        f" ({high['source_id']}), {written(ratio)} times."
    )
