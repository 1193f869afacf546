with

models as (
    select * from {{ ref('ecologits__models') }}
),

accepted as (
    select * from models
    where not {{ is_rejected('violations') }}
),

final as (
    select
        provider,
        model_name,
        architecture_type,
        parameters_total_min,
        parameters_total_max,
        -- a dense model uses all of its parameters for every token
        case when architecture_type = 'dense' then parameters_total_min else parameters_active_min end
            as parameters_active_min,
        case when architecture_type = 'dense' then parameters_total_max else parameters_active_max end
            as parameters_active_max,
        coalesce(warnings, '') like '%model-arch-not-released%' as is_architecture_estimated,
        coalesce(warnings, '') like '%model-arch-multimodal%' as is_multimodal,
        tps,
        ttft,
        sources,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
