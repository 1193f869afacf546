{# Factors of a place that holds others, worked out by Cradle and not printed, of which a member breaks another gate: what
   is wrong in the member is in them too. `findings` has the key of each factor that breaks another gate; `fallbacks` lists
   each place with the wider ones. #}
{% macro aggregate_of_sound_members(relation, findings, fallbacks, key='factor_id') -%}
with

measured as (
    select
        *,
        {{ gate_series() }} as series
    from {{ relation }}
    where geography_id is not null
),

wrong as (
    select distinct {{ key }}
    from {{ findings }}
),

wrong_members as (
    select
        measured.series,
        wider.wider_geography_id,
        measured.geography_id
    from measured
    inner join wrong on measured.{{ key }} = wrong.{{ key }}
    inner join {{ fallbacks }} as wider
        on measured.geography_id = wider.geography_id and wider.distance > 0
),

-- of any year: what Cradle works out over members of several years states none
compared as (
    select
        measured.{{ key }},
        count(distinct wrong_members.geography_id) as wrong_members,
        min(wrong_members.geography_id) as first_of_them
    from measured
    inner join wrong_members
        on
            measured.series = wrong_members.series
            and measured.geography_id = wrong_members.wider_geography_id
    where measured.as_printed is null
    group by measured.{{ key }}
)

select
    {{ gate_finding(
        'aggregate_of_sound_members', key, 'wrong_members', 'null', '0', "'1'", "'no member breaks a gate'",
        "concat('it is worked out from members that break a gate: ', cast(wrong_members as string), ', the first is ', first_of_them)"
    ) | indent(4) }}
from compared
{%- endmacro %}
