with

efficiencies as (
    select * from {{ ref('datacenters__efficiencies') }}
),

accepted as (
    select *
    from efficiencies
    where not {{ is_rejected('efficiencies.violations') }}
),

final as (
    select
        provider,
        site,
        cast(reference_year as integer) as reference_year,
        case when quantity = 'wue_l_per_kwh' then 'wue' else quantity end as quantity,
        value,
        case quantity when 'pue' then '1' when 'wue_l_per_kwh' then 'L/kWh' end as unit,
        as_printed,
        basis,
        object_boundary,
        geography_id,
        geography_as_stated,
        producer,
        title,
        published_on,
        url,
        locator,
        verification,
        note,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
