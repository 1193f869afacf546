with

work as (
    select * from {{ ref('power__work') }}
),

final as (
    select
        file_name,
        run_id,
        work_unit,
        quantity as work_amount,
        quantity_per_s as work_per_s,
        stated_in,
        source_id,
        release_id,
        file_sha256,
        row_number
    from work
    where not {{ is_rejected('violations') }}
)

select * from final
