with

instances as (
    select * from {{ ref('boaviztapi__cloud_instances') }}
),

accepted as (
    select * from instances
    where not {{ is_rejected('violations') }}
),

final as (
    select
        release_id,
        provider,
        instance_id,
        vcpu,
        instance_memory_gb as memory_gb,
        ssd_storage_gb,
        hdd_storage_gb,
        gpu_units,
        platform,
        spec_source,
        source_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
