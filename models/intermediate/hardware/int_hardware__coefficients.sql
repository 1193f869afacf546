{#- what a term may take its coefficient from -#}
{%- set coefficient_sources = ['hubblo_gpu', 'studies'] -%}
with

terms as (
    select * from {{ ref('bottom_up_terms') }}
),

boavizta_factors as (
    select * from {{ ref('stg_boaviztapi__component_factors') }}
),

units as (
    select * from {{ ref('units') }}
),

{% for source in coefficient_sources %}
from_{{ source }} as (
    select * from {{ ref('int_factors__from_' ~ source) }}
),

{% endfor %}
-- of several releases the newest counts; a lone 0 stands for 'not modelled', but for waste, which arises once
boavizta_release as (
    select max(release_id) as release_id
    from boavizta_factors
),

published as (
    select
        concat(
            'boaviztapi:',
            concat_ws('.', boavizta_factors.item, boavizta_factors.sub_part, boavizta_factors.criterion)
        ) as factor_id,
        boavizta_factors.source_id,
        concat('boaviztapi:', boavizta_factors.item) as object_id,
        concat_ws('.', boavizta_factors.sub_part, boavizta_factors.variant, boavizta_factors.factor_field) as component,
        boavizta_factors.indicator_id,
        boavizta_factors.value / units.to_canonical_factor as value,
        boavizta_factors.amount_unit,
        cast(null as string) as licence_id
    from boavizta_factors
    inner join boavizta_release on boavizta_factors.release_id = boavizta_release.release_id
    inner join units on boavizta_factors.reference_unit = units.unit
    where
        boavizta_factors.indicator_id is not null
        and (boavizta_factors.value != 0 or boavizta_factors.indicator_id = 'e_waste_mass')
    union all
    {% for source in coefficient_sources %}
    select
        factor_id,
        source_id,
        object_id,
        component,
        indicator_id,
        value,
        amount_unit,
        licence_id
    from from_{{ source }}
    where status = 'valid'
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- a coefficient per area with losses is no factor to choose, but this is what it is for: its own reason does not count
final as (
    select
        terms.formulation_id,
        terms.component,
        published.factor_id,
        published.source_id,
        published.indicator_id,
        published.value,
        published.amount_unit,
        published.licence_id
    from terms
    inner join published
        on
            terms.coefficient_source_id = published.source_id
            and terms.coefficient_object_id = published.object_id
            and terms.coefficient_component = published.component
)

select * from final
