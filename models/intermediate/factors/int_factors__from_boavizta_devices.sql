with

footprints as (
    select
        *,
        concat('boavizta_devices:', device_key) as device_id,
        concat_ws(
            '; ',
            coalesce(object_group, device_subcategory),
            case when lifetime_years is not null then concat('lifetime ', cast(lifetime_years as string), ' years') end,
            case when use_location is not null then concat('used in ', use_location) end
        ) as boundary
    from {{ ref('stg_boavizta_devices__footprints') }}
),

manufacturing as (
    select
        *,
        'manufacturing' as life_cycle_stage,
        gwp_manufacturing_ratio as ratio
    from footprints
    where is_split
),

transport as (
    select
        *,
        'transport' as life_cycle_stage,
        gwp_transport_ratio as ratio
    from footprints
    where is_split
),

in_use as (
    select
        *,
        'use' as life_cycle_stage,
        gwp_use_ratio as ratio
    from footprints
    where is_split
),

end_of_life as (
    select
        *,
        'end_of_life' as life_cycle_stage,
        gwp_eol_ratio as ratio
    from footprints
    where is_split
),

-- from cradle to grave in one number: no stage can be told from it
whole_lives as (
    select
        *,
        'embodied_unsplit' as life_cycle_stage,
        cast(1 as double) as ratio
    from footprints
    where not is_split
),

unioned as (
    select * from manufacturing
    union all
    select * from transport
    union all
    select * from in_use
    union all
    select * from end_of_life
    union all
    select * from whole_lives
),

final as (
    select
        case
            when life_cycle_stage = 'embodied_unsplit' then concat(device_id, ':whole_life')
            else concat(device_id, ':', life_cycle_stage)
        end as factor_id,
        source_id,
        device_id as object_id,
        concat_ws(' ', manufacturer, name) as object_name,
        'total' as component,
        true as is_total,
        'gwp100_unstated' as indicator_id,
        life_cycle_stage,
        case
            when life_cycle_stage = 'embodied_unsplit' then 'manufacturing;transport;use;end_of_life'
            else life_cycle_stage
        end as stages_covered,
        cast(null as string) as geography_id,
        cast(null as string) as geography_as_stated,
        'not_applicable' as electricity_basis,
        cast(null as string) as electricity_scope,
        gwp_total * ratio as value,
        -- the margin is stated for the whole life and for no stage; 0 stands where a report states none
        case
            when life_cycle_stage = 'embodied_unsplit' and gwp_error_ratio > 0
                then gwp_total - gwp_total * gwp_error_ratio
        end as value_low,
        case
            when life_cycle_stage = 'embodied_unsplit' and gwp_error_ratio > 0
                then gwp_total + gwp_total * gwp_error_ratio
        end as value_high,
        case
            when life_cycle_stage = 'embodied_unsplit' and gwp_error_ratio > 0
                then 'error margin of the report as a ratio of the total'
        end as range_kind,
        'kgCO2e' as amount_unit,
        'item' as reference_unit,
        case when life_cycle_stage = 'embodied_unsplit' then gwp_total_as_printed end as as_printed,
        'kgCO2eq' as unit_as_printed,
        cast(null as string) as unit_qualifier,
        report_year as reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        boundary as object_boundary,
        life_cycle_stage in ('use', 'embodied_unsplit') as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        case
            when life_cycle_stage = 'embodied_unsplit' then 'covers the use stage too'
            when life_cycle_stage = 'use'
                then 'the whole lifetime in one number, with the electricity mix of the report inside'
            when not is_latest_edition then 'a later edition of the same report is there'
            when ratio = 0 then 'its ratio is printed as 0: rounded, and no measured zero'
        end as ineligible_reason,
        case when as_printed is null then 'share_of_total' end as derivation,
        cast(null as string) as licence_id,
        report_urls as locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from unioned
)

select * from final
