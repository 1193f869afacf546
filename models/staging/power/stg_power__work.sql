with

work as (
    select * from {{ ref('power__work') }}
),

accepted as (
    select * from work
    where not {{ is_rejected('violations') }}
),

final as (
    select
        file_name,
        run_id,
        work_unit,
        quantity as work_amount,
        quantity_per_s as work_per_s,
        window_name,
        task,
        stated_in,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
