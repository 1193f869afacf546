with

aliases as (
    select * from {{ ref('ecologits__aliases') }}
),

accepted as (
    select * from aliases
    where not {{ is_rejected('violations') }}
),

final as (
    select
        provider,
        model_alias,
        model_name,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
