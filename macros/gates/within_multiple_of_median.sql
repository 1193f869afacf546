{# Grid electricity further from the median over the countries of its source and indicator than its category may be.
   Combustion alone has no low end, for hydropower is next to zero there, and a high one of its own (limit 'combustion_only'),
   for its median is lower. Zeros are the matter of no_silent_zero. #}
{% macro within_multiple_of_median(relation, limits, fallbacks, key='factor_id') -%}
with

measured as (
    select
        *,
        {{ gate_series() }} as series
    from {{ relation }}
    where object_class = 'electricity' and is_total and value != 0 and geography_id is not null
),

limited as (
    {{ gate_limited('measured', limits, 'within_multiple_of_median', key) | indent(4) }}
),

aggregates as (
    select distinct wider_geography_id as geography_id
    from {{ fallbacks }}
    -- a region inside a country (USA-CAMX) makes the country no group of countries
    where distance > 0 and geography_id not like '%-%'
),

-- a country with many years counts once
countries as (
    select
        measured.series,
        measured.geography_id,
        median(measured.value) as value
    from measured
    left join aggregates on measured.geography_id = aggregates.geography_id
    where measured.value > 0 and aggregates.geography_id is null
    group by measured.series, measured.geography_id
),

medians as (
    select
        countries.series,
        median(countries.value) as middle,
        count(*) as countries_compared
    from countries
    group by countries.series
),

compared as (
    select
        limited.{{ key }},
        limited.value,
        concat(limited.amount_unit, '/', limited.reference_unit) as value_unit,
        case
            when coalesce(limited.electricity_scope, 'not stated') != 'combustion_only'
                then medians.middle * limited.limit_low
        end as lowest,
        medians.middle * coalesce(of_scope.limit_high, limited.limit_high) as highest,
        medians.countries_compared
    from limited
    inner join medians on limited.series = medians.series
    left join {{ limits }} as of_scope
        on
            of_scope.gate_id = 'within_multiple_of_median'
            and limited.electricity_scope = of_scope.subject
            and limited.impact_category = of_scope.impact_category
    inner join {{ limits }} as enough
        on enough.gate_id = 'within_multiple_of_median' and enough.subject = 'countries'
    where medians.countries_compared >= enough.limit_low
)

select
    {{ gate_finding(
        'within_multiple_of_median', key, 'value', 'lowest', 'highest', 'value_unit',
        "concat('within a multiple of the median of ', cast(countries_compared as string), ' countries')",
        "'too far from the median over the countries of its source'"
    ) | indent(4) }}
from compared
where value < lowest or value > highest
{%- endmacro %}
