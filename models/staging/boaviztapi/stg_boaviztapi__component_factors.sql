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
    select * from numbers
    where not {{ is_rejected('violations') }}
),

grouped as (
    select
        *,
        case when item = 'electricity' then 'electricity' else 'hardware' end as criteria_group
    from accepted
),

final as (
    select
        grouped.release_id,
        grouped.item,
        grouped.sub_part,
        grouped.variant,
        case
            when grouped.item = 'electricity' then 'use'
            when grouped.item = 'IoT' and grouped.stage_as_printed = 'eol' then 'end_of_life'
            when grouped.item = 'IoT' then 'manufacturing'
            else fields.life_cycle_stage
        end as life_cycle_stage,
        grouped.criterion,
        criteria.indicator_id,
        grouped.factor_field,
        case
            when grouped.item = 'electricity' then 'variable'
            when grouped.item = 'IoT' then 'fix'
            else fields.kind
        end as kind,
        grouped.value * criteria.to_canonical_factor as value,
        criteria.amount_unit,
        case
            when grouped.item = 'electricity' then 'kWh'
            when grouped.item = 'IoT' then 'item'
            else fields.reference_unit
        end as reference_unit,
        grouped.as_printed,
        grouped.unit_as_printed,
        grouped.factor_source,
        grouped.priority,
        grouped.reference_period,
        grouped.source_id,
        grouped.file_sha256,
        grouped.row_number
    from grouped
    left join criteria
        on grouped.criteria_group = criteria.criteria_group and grouped.criterion = criteria.criterion
    left join fields
        on
            grouped.item = fields.item
            and coalesce(grouped.sub_part, '') = coalesce(fields.sub_part, '')
            and grouped.factor_field = fields.factor_field
)

select * from final
