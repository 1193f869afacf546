with

potentials as (
    select * from {{ ref('ipcc_gwp__potentials') }}
),

accepted as (
    select * from potentials
    where not {{ is_rejected('violations') }}
),

final as (
    select
        assessment_report,
        substance_name,
        formula,
        gwp_parameter,
        cas,
        acronym,
        gwp_value,
        gwp_value_as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
