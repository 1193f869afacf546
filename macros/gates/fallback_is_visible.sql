{# Grid electricity of places that is, to the last digit, what the source prints for a wider place: the source filled a gap
   and says nothing. Cradle falls back to the wider place itself, and says so in match_kind. Two places may meet it by chance
   (limit 'copies'). #}
{% macro fallback_is_visible(relation, limits, fallbacks, key='factor_id') -%}
{% set gate_id = 'fallback_is_visible' -%}
with

measured as (
    select
        *,
        {{ gate_series(['reference_year']) }} as series
    from {{ relation }}
    where object_class = 'electricity' and value != 0 and geography_id is not null and as_printed is not null
),

copies as (
    select
        places.{{ key }},
        places.geography_id,
        places.value,
        concat(places.amount_unit, '/', places.reference_unit) as value_unit,
        wider_ones.{{ key }} as wider_key,
        wider.wider_geography_id
    from measured as places
    inner join {{ fallbacks }} as wider
        on places.geography_id = wider.geography_id and wider.distance > 0
    inner join measured as wider_ones
        on
            places.series = wider_ones.series
            and wider.wider_geography_id = wider_ones.geography_id
            and places.value = wider_ones.value
),

counted as (
    select
        *,
        count(*) over (partition by wider_key) as copies_of_it
    from copies
),

compared as (
    select counted.*
    from counted
    inner join {{ limits }} as limits on limits.gate_id = '{{ gate_id }}' and limits.subject = 'copies'
    where counted.copies_of_it >= limits.limit_low
    qualify row_number() over (partition by counted.{{ key }} order by counted.wider_geography_id) = 1
)

select
    {{ gate_finding(
        gate_id, key, 'value', 'null', 'null', 'value_unit', "'a value of the place, or none'",
        "concat('the value of ', wider_geography_id, ' to the last digit, as for ', cast(copies_of_it as string), ' places: a default that does not say so')"
    ) | indent(4) }}
from compared
{%- endmacro %}
