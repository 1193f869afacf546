{%- set gases = ['co2_fossil', 'ch4_fossil', 'ch4_biogenic', 'n2o', 'other_gases'] -%}
with

lines as (
    select * from {{ ref('base_ademe_base_carbone__lines') }}
),

unpivoted as (
    {% for gas in gases %}
    select
        '{{ gas }}' as gas_column,
        '{{ gas }}' as gas,
        {{ gas }}_kgco2e as gas_kgco2e,
        line_kind,
        element_id,
        row_number
    from lines
    where {{ gas }}_kgco2e is not null
    union all
    {% endfor %}
    {% for place in range(1, 6) %}
    select
        'extra_gas_{{ place }}' as gas_column,
        -- an amount without a name is as unknown as one that is called "Divers"
        coalesce({{ tidy_text('extra_gas_' ~ place ~ '_code') }}, 'not named') as gas,
        extra_gas_{{ place }}_kgco2e as gas_kgco2e,
        line_kind,
        element_id,
        row_number
    from lines
    where extra_gas_{{ place }}_kgco2e is not null
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

final as (
    select
        row_number,
        gas_column,
        line_kind,
        element_id,
        gas,
        gas_kgco2e
    from unpivoted
)

select * from final
