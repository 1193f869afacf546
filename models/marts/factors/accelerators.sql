with

specs as (
    select * from {{ ref('stg_accelerator_specs__specs') }}
),

objects as (
    select * from {{ ref('objects') }}
),

-- one value a quantity: the contract rejects a second one
pivoted as (
    select
        object_id,
        max(case when quantity = 'tdp_w' then value end) as tdp_w,
        max(case when quantity = 'memory_gb' then value end) as memory_gb,
        max(case when quantity = 'die_area_mm2' then value end) as die_area_mm2,
        max(case when quantity = 'process_node' then as_printed end) as process_node,
        max(case when quantity = 'dense_fp16_tflops' then value end) as dense_fp16_tflops,
        {{ distinct_list('source_title') }} as sources_as_stated,
        max(source_id) as source_id,
        max(release_id) as release_id,
        max(file_sha256) as file_sha256
    from specs
    group by object_id
),

final as (
    select
        pivoted.object_id,
        objects.object_group_id,
        objects.title,
        pivoted.tdp_w,
        pivoted.memory_gb,
        pivoted.die_area_mm2,
        pivoted.process_node,
        pivoted.dense_fp16_tflops,
        pivoted.sources_as_stated,
        pivoted.source_id,
        pivoted.release_id,
        pivoted.file_sha256
    from pivoted
    inner join objects on pivoted.object_id = objects.object_id
)

select * from final
