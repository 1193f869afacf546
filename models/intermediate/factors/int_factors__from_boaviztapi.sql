{%- set base_impacts = "LicenseRef-ademe-base-impacts" -%}
with

mixes as (
    select * from {{ ref('stg_boaviztapi__electricity_mixes') }}
),

device_factors as (
    select * from {{ ref('stg_boaviztapi__device_factors') }}
),

component_factors as (
    select * from {{ ref('stg_boaviztapi__component_factors') }}
),

devices as (
    select * from {{ ref('boaviztapi__devices') }}
),

places as (
    select distinct
        place_code,
        geography_id
    from mixes
),

sources as (
    select * from {{ source('raw', 'sources') }}
),

-- both releases may be landed: the other one than the sidecar's is the older
current_release as (
    select
        source_id,
        version
    from sources
    where concat(', ', release_id, ', ') like concat('%, ', version, ', %')
),

electricity as (
    select
        concat('electricity:', place_code, ':', criterion, ':', priority_key) as record_key,
        'electricity' as object_id,
        'Electricity mix' as object_name,
        indicator_id,
        'use' as life_cycle_stage,
        'use' as stages_covered,
        geography_id,
        place_code as geography_as_stated,
        value,
        amount_unit,
        'kWh' as reference_unit,
        as_printed,
        unit_as_printed,
        reference_period,
        concat(
            'Electricity mix of BoaviztAPI from: ', factor_source,
            '; whether grid losses and upstream are inside is not stated'
        ) as object_boundary,
        case
            when not is_selected
                then concat('priority ', cast(priority as string), ': the source takes a number of a higher priority')
        end as outranked_reason,
        case
            when ineligible_reason is not null then ineligible_reason
            when geography_id is null then 'its place is not in the vocabulary of geographies'
        end as own_reason,
        case
            when factor_source like '%Base IMPACTS%' or criterion = 'pe' then '{{ base_impacts }}'
        end as licence_id,
        concat('electrical_mix.csv: ', criterion, ', ', factor_source, ', ', place_code) as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from mixes
    where value is not null and indicator_id is not null
),

-- the water of electricity stands in factors.yml alone; the rest of its block is made from the table of mixes
water as (
    select
        concat('electricity:', component_factors.sub_part, ':', component_factors.criterion) as record_key,
        'electricity' as object_id,
        'Electricity mix' as object_name,
        component_factors.indicator_id,
        'use' as life_cycle_stage,
        'use' as stages_covered,
        places.geography_id,
        component_factors.sub_part as geography_as_stated,
        component_factors.value,
        component_factors.amount_unit,
        'kWh' as reference_unit,
        component_factors.as_printed,
        component_factors.unit_as_printed,
        component_factors.reference_period,
        concat('Water that generating the electricity consumes, from: ', component_factors.factor_source)
            as object_boundary,
        cast(null as string) as outranked_reason,
        case when places.geography_id is null then 'its place is not in the vocabulary of geographies' end
            as own_reason,
        cast(null as string) as licence_id,
        concat('factors.yml: electricity, ', component_factors.sub_part, ', ', component_factors.criterion) as locator,
        component_factors.source_id,
        component_factors.release_id,
        component_factors.file_sha256,
        component_factors.row_number
    from component_factors
    left join places on component_factors.sub_part = places.place_code
    where
        component_factors.item = 'electricity'
        and component_factors.criterion = 'wu'
        and component_factors.value is not null
),

-- devices that only factors.yml has, beside those of the table
things as (
    select
        device_kind,
        device,
        variant,
        life_cycle_stage,
        criterion,
        indicator_id,
        value,
        amount_unit,
        as_printed,
        unit_as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from device_factors
    union all
    select
        'fix' as device_kind,
        item as device,
        variant,
        life_cycle_stage,
        criterion,
        indicator_id,
        value,
        amount_unit,
        as_printed,
        unit_as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from component_factors
    where item in ('VR_HEADSET', 'VR_CONTROLLER')
),

named_things as (
    select
        things.*,
        devices.object_id,
        devices.object_name,
        concat_ws('.', things.device, things.variant) as thing_id,
        max(case when things.indicator_id = 'gwp100_unstated' then things.value end) over (
            partition by
                things.release_id,
                things.device_kind,
                things.device,
                things.variant,
                things.life_cycle_stage
        ) as whole_gwp
    from things
    left join devices
        on
            things.device_kind != 'block'
            and things.device = devices.device
            and coalesce(things.variant, '') = coalesce(devices.variant, '')
),

hardware as (
    select
        concat(device_kind, ':', thing_id, ':', life_cycle_stage, ':', criterion) as record_key,
        coalesce(object_id, concat('boaviztapi:', device_kind, '.', thing_id)) as object_id,
        coalesce(object_name, concat('Block of a connected device: ', device, ', ', variant)) as object_name,
        indicator_id,
        life_cycle_stage,
        case
            when life_cycle_stage = 'embodied_unsplit' then 'manufacturing;transport;end_of_life'
            else life_cycle_stage
        end as stages_covered,
        cast(null as string) as geography_id,
        cast(null as string) as geography_as_stated,
        value,
        amount_unit,
        'item' as reference_unit,
        as_printed,
        unit_as_printed,
        cast(null as string) as reference_period,
        case device_kind
            when 'device' then 'Whole device without its use, with credits of its end of life; Base IMPACTS'
            when 'block' then 'One block of a connected device (Pirson and Bol 2021), as BoaviztAPI prints it'
            else 'Whole device without its use (CEPIR 2022), as BoaviztAPI prints it'
        end as object_boundary,
        cast(null as string) as outranked_reason,
        case
            when device_kind = 'device' and object_name is null then 'its device is not in boaviztapi__devices'
            -- 2.5.0 prints 430 kg of fossil origin for the headset with LCD, which has 45.9 kg in all
            when indicator_id = 'ef_unstated_gwp_fossil' and value > 1.1 * whole_gwp
                then 'its fossil part is more than its whole climate change'
        end as own_reason,
        case when device_kind = 'device' then '{{ base_impacts }}' end as licence_id,
        concat(
            case device_kind
                when 'device' then 'ademe_base_impacts_negaoctet.csv: '
                when 'block' then 'iot_factors_tide.csv: '
                else 'factors.yml: '
            end,
            concat_ws(', ', device, variant, criterion)
        ) as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from named_things
    where value is not null and indicator_id is not null
),

listed as (
    select * from electricity
    union all
    select * from water
    union all
    select * from hardware
),

final as (
    select
        concat(listed.source_id, ':', listed.release_id, ':', listed.record_key) as factor_id,
        listed.source_id,
        listed.object_id,
        listed.object_name,
        'total' as component,
        true as is_total,
        listed.indicator_id,
        listed.life_cycle_stage,
        listed.stages_covered,
        listed.geography_id,
        listed.geography_as_stated,
        case when listed.object_id = 'electricity' then 'location' else 'not_applicable' end as electricity_basis,
        cast(null as string) as electricity_scope,
        listed.value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        listed.amount_unit,
        listed.reference_unit,
        listed.as_printed,
        listed.unit_as_printed,
        cast(null as string) as unit_qualifier,
        {{ year_in('listed.reference_period', '^([0-9]{4})([.]0)?$') }} as reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        listed.object_boundary,
        false as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        case
            when current_release.version != listed.release_id or listed.outranked_reason is not null then 'archived'
            else 'valid'
        end as status,
        case
            when current_release.version != listed.release_id
                then concat('superseded by release ', current_release.version)
            else coalesce(listed.outranked_reason, listed.own_reason)
        end as ineligible_reason,
        cast(null as string) as derivation,
        listed.licence_id,
        listed.locator,
        listed.release_id,
        cast(null as string) as file_path,
        listed.file_sha256,
        listed.row_number
    from listed
    left join current_release on listed.source_id = current_release.source_id
)

select * from final
