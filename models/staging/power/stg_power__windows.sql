with

windows as (
    select * from {{ ref('power__windows') }}
),

accepted as (
    select * from windows
    where not {{ is_rejected('violations') }}
),

final as (
    select
        file_name,
        window_name,
        begin_us,
        end_us,
        begin_row,
        end_row,
        rule,
        stated_value,
        stated_unit,
        stated_in,
        run_id,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
