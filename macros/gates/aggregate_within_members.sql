{# Factors of a place that holds others and lie outside of the range of these. `fallbacks` lists each place with the wider
   ones. A member with exactly the value of the aggregate is taken for a copy of it, as sources fill gaps so. #}
{% macro aggregate_within_members(relation, limits, fallbacks, key='factor_id') -%}
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
    where distance > 0
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
    where aggregates.geography_id is null
),

compared as (
    select
        measured.{{ key }},
        measured.value,
        concat(measured.amount_unit, '/', measured.reference_unit) as value_unit,
        min(members.value) as lowest,
        max(members.value) as highest,
        count(distinct members.geography_id) as members_compared
    from measured
    inner join members
        on
            measured.series = members.series
            and measured.geography_id = members.wider_geography_id
            and measured.value != members.value
    group by measured.{{ key }}, measured.value, measured.amount_unit, measured.reference_unit
)

select
    {{ gate_finding(
        'aggregate_within_members', 'compared.' ~ key, 'compared.value', 'compared.lowest', 'compared.highest',
        'compared.value_unit',
        "concat('between the lowest and the highest of its ', cast(compared.members_compared as string), ' members')",
        "'its value for a wider place is outside of the range of the places in it'"
    ) | indent(4) }}
from compared
inner join {{ limits }} as limits
    on limits.gate_id = 'aggregate_within_members' and limits.subject = 'members'
where
    compared.members_compared >= limits.limit_low
    -- sums of floating-point numbers differ in the last digits
    and (
        compared.value < compared.lowest - 1e-9 * abs(compared.lowest)
        or compared.value > compared.highest + 1e-9 * abs(compared.highest)
    )
{%- endmacro %}
