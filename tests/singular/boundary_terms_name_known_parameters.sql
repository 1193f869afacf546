-- A parameter that carries energy over a boundary is one that its model has: a misspelt one would count as no overhead.
with

boundary_terms as (
    select * from {{ ref('boundary_terms') }}
),

names as (
    select * from {{ ref('int_parameters__list_names') }}
),

final as (
    select
        boundary_terms.model_id,
        boundary_terms.parameter_name
    from boundary_terms
    left join names
        on
            boundary_terms.model_id = names.model_id
            and boundary_terms.parameter_name = names.parameter_name
    where not coalesce(names.has_value, false)
)

select * from final
