{%- set fuels = [
    'coal', 'gas', 'oil', 'nuclear', 'hydroelectricity', 'solar', 'wind', 'biofuel', 'other_renewable_exc_biofuel'
] -%}

with

mixes as (
    select * from {{ ref('stg_codecarbon__energy_mixes') }}
),

generation as (
    {% for fuel in fuels %}
    select
        iso_code,
        '{{ fuel }}' as fuel,
        {{ fuel }}_twh as generation_twh,
        {{ fuel }}_twh / nullif(total_twh, 0) as generation_share,
        source_id,
        release_id,
        file_sha256,
        row_number
    from mixes
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

final as (
    select
        iso_code,
        fuel,
        generation_twh,
        generation_share,
        source_id,
        release_id,
        file_sha256,
        row_number
    from generation
)

select * from final
