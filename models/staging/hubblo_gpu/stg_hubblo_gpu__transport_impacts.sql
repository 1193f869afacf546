with

transport_factors as (
    select * from {{ ref('hubblo_gpu__transport_factors') }}
),

categories as (
    select * from {{ ref('hubblo_gpu__categories') }}
),

accepted as (
    select * from transport_factors
    where not {{ is_rejected('violations') }}
),

listed as (
    select
        transport_mode,
        cell.column_name,
        cell.value,
        cell.as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from {{ exploded('accepted', 'cells', 'cell') }}
),

final as (
    select
        listed.transport_mode,
        categories.source_category,
        categories.indicator_id,
        case when listed.value != 0 or categories.is_zero_stated then listed.value end as value,
        listed.as_printed,
        case
            when listed.as_printed is null then 'empty'
            when listed.value is null then 'voided'
            when listed.value = 0 and not categories.is_zero_stated then 'zero_not_modelled'
            else 'stated'
        end as cell_state,
        categories.amount_unit,
        categories.unit_as_printed,
        listed.source_id,
        listed.release_id,
        listed.file_sha256,
        listed.row_number
    from listed
    inner join categories on listed.column_name = concat(categories.source_category, '_per_kg_km')
)

select * from final
