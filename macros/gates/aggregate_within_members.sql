{# Factors of a place that holds others and lie outside of the range of these. `fallbacks` lists each place with the wider
   ones. A member with exactly the value of the aggregate is taken for a copy of it, as sources fill gaps so. One wild member
   would widen the range until anything fits: members that break another gate (`findings`) do not count, and where there are
   enough of them (limit 'trimmed_members') neither do the lowest and the highest. What stands for many places is a mean of
   them and far inside. #}
{% macro aggregate_within_members(relation, limits, fallbacks, findings=none, key='factor_id') -%}
with

measured as (
    select
        *,
        {{ gate_series(['reference_year']) }} as series
    from {{ relation }}
    where geography_id is not null
),

aggregates as (
    select distinct wider_geography_id as geography_id
    from {{ fallbacks }}
    -- a region inside a country (USA-CAMX) makes the country no group of countries
    where distance > 0 and geography_id not like '%-%'
),

members as (
    select
        measured.series,
        measured.geography_id,
        measured.value,
        wider.wider_geography_id
    from measured
    inner join {{ fallbacks }} as wider
        on measured.geography_id = wider.geography_id and wider.distance > 0
    left join aggregates on measured.geography_id = aggregates.geography_id
    where
        aggregates.geography_id is null
{%- if findings is not none %}
        and measured.{{ key }} not in (select wrong.{{ key }} from {{ findings }} as wrong)
{%- endif %}
),

placed as (
    select
        measured.{{ key }},
        measured.value,
        concat(measured.amount_unit, '/', measured.reference_unit) as value_unit,
        members.value as member_value,
        members.geography_id as member_id,
        row_number() over (partition by measured.{{ key }} order by members.value) as from_below,
        row_number() over (partition by measured.{{ key }} order by members.value desc) as from_above
    from measured
    inner join members
        on
            measured.series = members.series
            and measured.geography_id = members.wider_geography_id
            and measured.value != members.value
),

ranges as (
    select
        {{ key }},
        value,
        value_unit,
        count(distinct member_id) as members_compared,
        min(member_value) as lowest,
        max(member_value) as highest,
        min(case when from_below > 1 then member_value end) as second_lowest,
        max(case when from_above > 1 then member_value end) as second_highest
    from placed
    group by {{ key }}, value, value_unit
),

compared as (
    select
        ranges.{{ key }},
        ranges.value,
        ranges.value_unit,
        ranges.members_compared,
        case when trimmed.limit_low is null then ranges.lowest else ranges.second_lowest end as lowest,
        case when trimmed.limit_low is null then ranges.highest else ranges.second_highest end as highest,
        case when trimmed.limit_low is null then '' else 'second ' end as which_one
    from ranges
    inner join {{ limits }} as enough
        on enough.gate_id = 'aggregate_within_members' and enough.subject = 'members'
    left join {{ limits }} as trimmed
        on
            trimmed.gate_id = 'aggregate_within_members'
            and trimmed.subject = 'trimmed_members'
            and ranges.members_compared >= trimmed.limit_low
    where ranges.members_compared >= enough.limit_low
)

select
    {{ gate_finding(
        'aggregate_within_members', key, 'value', 'lowest', 'highest', 'value_unit',
        "concat('between the ', which_one, 'lowest and the ', which_one, 'highest of its ', cast(members_compared as string), ' members')",
        "'its value for a wider place is outside of the range of the places in it'"
    ) | indent(4) }}
from compared
where
    -- sums of floating-point numbers differ in the last digits
    value < lowest - 1e-9 * abs(lowest)
    or value > highest + 1e-9 * abs(highest)
{%- endmacro %}
