with

numbers as (
    select * from {{ ref('boaviztapi__component_factors') }}
),

fields as (
    select * from {{ ref('boaviztapi__factor_fields') }}
),

criteria as (
    select * from {{ ref('boaviztapi__criteria') }}
),

accepted as (
    select
        *,
        case when item = 'electricity' then 'electricity' else 'hardware' end as criteria_group
    from numbers
    where not {{ is_rejected('violations') }}
),

final as (
    select
        accepted.release_id,
        accepted.item,
        accepted.sub_part,
        accepted.variant,
        case
            when accepted.item = 'electricity' then 'use'
            when accepted.item = 'IoT' and accepted.stage_as_printed = 'eol' then 'end_of_life'
            when accepted.item = 'IoT' then 'manufacturing'
            else fields.life_cycle_stage
        end as life_cycle_stage,
        accepted.criterion,
        criteria.indicator_id,
        accepted.factor_field,
        case
            when accepted.item = 'electricity' then 'variable'
            when accepted.item = 'IoT' then 'fix'
            else fields.kind
        end as kind,
        accepted.value * criteria.to_canonical_factor as value,
        criteria.amount_unit,
        case
            when accepted.item = 'electricity' then 'kWh'
            when accepted.item = 'IoT' then 'item'
            else fields.reference_unit
        end as reference_unit,
        accepted.as_printed,
        accepted.unit_as_printed,
        accepted.factor_source,
        accepted.priority,
        accepted.reference_period,
        accepted.source_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join criteria
        on accepted.criteria_group = criteria.criteria_group and accepted.criterion = criteria.criterion
    left join fields
        on
            accepted.item = fields.item
            and coalesce(accepted.sub_part, '') = coalesce(fields.sub_part, '')
            and accepted.factor_field = fields.factor_field
)

select * from final
