with

factor_disagreement as (
    select * from {{ ref('factor_disagreement') }}
    where is_eligible and values_compared > 1
),

final as (
    select
        concat_ws(
            '|',
            object_group_id,
            compared_stage,
            impact_category,
            electricity_basis,
            coalesce(geography_id, 'no place'),
            reference_unit
        ) as disagreement_id,
        object_group_id,
        compared_stage,
        impact_category,
        electricity_basis,
        geography_id,
        values_compared,
        lowest,
        highest,
        amount_unit,
        reference_unit,
        spread_ratio,
        {{ distinct_list('case when value = lowest then source_id end') }} as lowest_source_ids,
        {{ distinct_list('case when value = highest then source_id end') }} as highest_source_ids,
        {{ distinct_list('source_id') }} as compared_source_ids,
        compared_scope_set,
        {{ distinct_list('licence_id') }} as licence_set
    from factor_disagreement
    group by
        object_group_id,
        compared_stage,
        impact_category,
        electricity_basis,
        geography_id,
        values_compared,
        lowest,
        highest,
        amount_unit,
        reference_unit,
        spread_ratio,
        compared_scope_set
)

select * from final
