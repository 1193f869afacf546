with

landed as (
    select * from {{ ref('boaviztapi__archetype_fields') }}
),

accepted as (
    select * from landed
    where not {{ is_rejected('violations') }}
),

-- words and numbers share the column: a number is what is written as one
final as (
    select
        release_id,
        archetype_kind,
        archetype_id,
        archetype_field,
        field_value,
        try_cast(field_value as double) as field_number,
        field_value_min,
        field_value_max,
        source_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
