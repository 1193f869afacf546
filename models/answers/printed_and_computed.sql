with

published_results as (
    select * from {{ ref('published_results') }}
),

final as (
    select
        published_value_id,
        study_id,
        scenario_id,
        quantity,
        kind,
        as_printed,
        print_relation,
        printed,
        computed,
        unit,
        residual_pct,
        case
            when computed is null then 'not_computed'
            when kind != 'recompute' then 'compared_only'
            when inside_print_rounding then 'inside_print_rounding'
            when abs(residual_pct) < 1 then 'within_1_percent'
            else 'differs'
        end as agreement,
        published_boundary,
        source_id,
        locator,
        note,
        licence_set
    from published_results
)

select * from final
