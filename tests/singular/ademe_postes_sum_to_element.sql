-- In the bundle, the Postes of an Elément sum to its total within 1 %, or to the last bits of the numbers.
-- In what a user pulled the same finding makes the factor ineligible and does not stop the build.
with

elements as (
    select * from {{ ref('stg_ademe_base_carbone__elements') }}
),

sources as (
    select * from {{ source('raw', 'sources') }}
),

final as (
    select
        elements.element_id,
        elements.total_kgco2e,
        elements.postes_sum_kgco2e,
        elements.postes_residual_pct
    from elements
    inner join sources on elements.source_id = sources.source_id
    where
        sources.origin = 'bundled'
        and elements.postes_count > 0
        and not coalesce(abs(elements.postes_residual_pct) <= 1, false)
        and not coalesce(abs(elements.postes_sum_kgco2e - elements.total_kgco2e) <= 1e-9, false)
)

select * from final
