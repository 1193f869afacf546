with

result_changes as (
    select * from {{ ref('result_changes') }}
),

final as (
    select
        old_export_name,
        new_export_name,
        changed_on,
        scenario_id,
        impact_category,
        electricity_view,
        value_before,
        value_after,
        value_after - value_before as total_change,
        unit,
        cause_kind,
        cause_id,
        cause,
        part_of_change,
        licence_set
    from result_changes
)

select * from final
