with

summaries as (
    select * from {{ ref('stg_nvidia_pcf__summaries') }}
),

-- the stage of materials holds the kilograms of the components once more
parts as (
    select
        *,
        case when name = 'inbound_transport' then 'upstream_transport' else name end as component
    from summaries
    where name != 'materials_and_components'
),

baseboards as (
    select
        concat('nvidia_pcf:', object_id, ':', component) as factor_id,
        object_id,
        product as object_name,
        component,
        level = 'total' as is_total,
        value,
        as_printed,
        case when how_read like '%percent%' then '% of the total' else 'kgCO2e' end as unit_as_printed,
        case
            when level = 'total'
                then concat(
                    'One baseboard with ', coalesce(cast(accelerators_count as string), 'its'), ' accelerators,',
                    ' switches, circuit board and heat sinks, cradle to gate; no host, no use, no end of life'
                )
            else concat(replace(component, '_', ' '), ' of one baseboard, cradle to gate')
        end as object_boundary,
        locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from parts
),

accelerators as (
    select
        concat('nvidia_pcf:', accelerator_object_id, ':', component) as factor_id,
        accelerator_object_id as object_id,
        concat('One of ', accelerators_count, ' accelerators of ', product) as object_name,
        component,
        true as is_total,
        value / accelerators_count as value,
        cast(null as string) as as_printed,
        'kgCO2e' as unit_as_printed,
        concat(
            'One accelerator with its share of the baseboard (switches, circuit board, heat sinks): the total of the',
            ' baseboard divided by ', accelerators_count, '; cradle to gate; no host, no use, no end of life'
        ) as object_boundary,
        locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from parts
    where level = 'total' and accelerators_count is not null
),

unioned as (
    select * from baseboards
    union all
    select * from accelerators
),

final as (
    select
        factor_id,
        source_id,
        object_id,
        object_name,
        component,
        is_total,
        'gwp100_unstated' as indicator_id,
        'manufacturing' as life_cycle_stage,
        'manufacturing' as stages_covered,
        cast(null as string) as geography_id,
        cast(null as string) as geography_as_stated,
        'not_applicable' as electricity_basis,
        cast(null as string) as electricity_scope,
        value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        'kgCO2e' as amount_unit,
        'item' as reference_unit,
        as_printed,
        unit_as_printed,
        cast(null as string) as unit_qualifier,
        -- the summaries give a date of publication and no year of their data
        cast(null as integer) as reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        object_boundary,
        false as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        cast(null as string) as ineligible_reason,
        case when as_printed is null then 'share_of_baseboard' end as derivation,
        cast(null as string) as licence_id,
        locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from unioned
)

select * from final
