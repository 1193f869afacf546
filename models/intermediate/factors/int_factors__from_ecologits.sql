with

mixes as (
    select * from {{ ref('stg_ecologits__electricity_mixes') }}
),

hardware as (
    select * from {{ ref('stg_ecologits__hardware') }}
),

fields as (
    select * from {{ ref('ecologits__fields') }}
),

hardware_parts as (
    select * from {{ ref('ecologits__hardware_parts') }}
),

active_corrections as (
    select * from {{ ref('corrections') }}
    where source_id = 'ecologits' and status = 'active'
),

printed as (
    {% for field in ['gwp', 'adpe', 'pe', 'wue'] %}
    select
        'electricity_mixes' as entity,
        place_code as record_key,
        '{{ field }}' as field,
        {{ field }} as value,
        {{ field }}_as_printed as as_printed,
        {{ 'false' if field == 'gwp' else 'is_world_' ~ field }} as is_world_value,
        geography_id,
        release_id,
        file_sha256,
        row_number
    from mixes
    union all
    {% endfor %}
    {% for field in [
        'server_gwp', 'server_adpe', 'server_pe', 'accelerator_gwp', 'accelerator_adpe', 'accelerator_pe'
    ] %}
    select
        'hardware' as entity,
        configuration as record_key,
        '{{ field }}' as field,
        {{ field }} as value,
        {{ field }}_as_printed as as_printed,
        false as is_world_value,
        cast(null as string) as geography_id,
        release_id,
        file_sha256,
        row_number
    from hardware
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

-- a correction holds while its record still says what it was written for
guarded as (
    select active_corrections.*
    from active_corrections
    inner join printed
        on
            active_corrections.entity = printed.entity
            and active_corrections.record_key = printed.record_key
            and active_corrections.field = printed.field
            and active_corrections.expected_sha256 = {{ text_sha256('printed.as_printed') }}
),

relabels as (
    select
        entity,
        field,
        max(corrected_as) as indicator_id
    from guarded
    where action = 'relabel_field'
    group by entity, field
),

exclusions as (
    select
        entity,
        record_key,
        field,
        min(concat('excluded by correction ', correction_id, ': ', reason)) as exclusion_reason
    from guarded
    where action = 'exclude'
    group by entity, record_key, field
),

described as (
    select
        printed.*,
        fields.part,
        coalesce(relabels.indicator_id, fields.indicator_id) as indicator_id,
        fields.amount_unit,
        fields.reference_unit,
        fields.unit_as_printed,
        fields.licence_id,
        fields.electricity_scope,
        fields.includes_infrastructure,
        fields.reference_year,
        printed.entity = 'electricity_mixes' as is_electricity,
        coalesce(fields.object_boundary, hardware_parts.object_boundary) as object_boundary,
        coalesce(
            hardware_parts.object_id,
            case
                when printed.entity = 'hardware' then concat('ecologits:', printed.record_key, '.', fields.part)
                else 'electricity'
            end
        ) as object_id,
        coalesce(
            hardware_parts.object_name,
            case
                when printed.entity = 'hardware' then concat_ws(', ', printed.record_key, fields.part)
                else 'Electricity mix'
            end
        ) as object_name,
        case when printed.entity = 'electricity_mixes' then 'use' else hardware_parts.life_cycle_stage end
            as life_cycle_stage,
        case when printed.entity = 'electricity_mixes' then 'use' else hardware_parts.stages_covered end
            as stages_covered,
        case
            when exclusions.exclusion_reason is not null then exclusions.exclusion_reason
            when fields.is_mislabelled and relabels.indicator_id is null
                then concat('the column ', printed.field, ' is no primary energy: no active correction says what it is')
            when printed.is_world_value then 'the value of the world stands in for that of the place'
            when printed.entity = 'electricity_mixes' and printed.geography_id is null
                then 'its place is not in the vocabulary of geographies'
            when printed.field = 'gwp' and printed.value = 0
                then 'printed as 0: over its life cycle no electricity is free of emissions'
            when printed.entity = 'hardware' and hardware_parts.configuration is null
                then 'its configuration is not in ecologits__hardware_parts: its boundary is not known'
            else hardware_parts.ineligible_reason
        end as ineligible_reason
    from printed
    inner join fields on printed.entity = fields.entity and printed.field = fields.field
    left join hardware_parts
        on
            printed.entity = 'hardware'
            and printed.record_key = hardware_parts.configuration
            and fields.part = hardware_parts.part
    left join relabels on printed.entity = relabels.entity and printed.field = relabels.field
    left join exclusions
        on
            printed.entity = exclusions.entity
            and printed.record_key = exclusions.record_key
            and printed.field = exclusions.field
    where printed.value is not null
),

final as (
    select
        concat('ecologits:', entity, ':', record_key, ':', field) as factor_id,
        'ecologits' as source_id,
        object_id,
        object_name,
        'total' as component,
        true as is_total,
        indicator_id,
        life_cycle_stage,
        stages_covered,
        geography_id,
        case when is_electricity then record_key end as geography_as_stated,
        case when is_electricity then 'location' else 'not_applicable' end as electricity_basis,
        electricity_scope,
        value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        amount_unit,
        reference_unit,
        as_printed,
        unit_as_printed,
        cast(null as string) as unit_qualifier,
        reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        object_boundary,
        false as includes_use_electricity,
        includes_infrastructure,
        'valid' as status,
        ineligible_reason,
        cast(null as string) as derivation,
        licence_id,
        concat(
            case when is_electricity then 'electricity_mixes.json: ' else 'video_models.json: ' end,
            record_key, ', ', field
        ) as locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from described
)

select * from final
