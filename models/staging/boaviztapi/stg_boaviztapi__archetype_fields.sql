with

landed as (
    select * from {{ ref('boaviztapi__archetype_fields') }}
),

-- words and numbers share the column: a number is what is written as one
final as (
    select
        landed.release_id,
        landed.archetype_kind,
        landed.archetype_id,
        landed.archetype_field,
        landed.field_value,
        try_cast(landed.field_value as double) as field_number,
        landed.field_value_min,
        landed.field_value_max,
        landed.source_id,
        landed.file_sha256,
        landed.row_number
    from landed
    where not {{ is_rejected('landed.violations') }}
)

select * from final
