with

cells as (
    select * from {{ ref('stg_reference_tables__cells') }}
),

tables as (
    select * from {{ source('raw', 'reference_tables__tables') }}
),

stated as (
    select
        *,
        life_cycle_stage = 'use' and object_id = 'electricity' as is_electricity
    from cells
    where value_per_reference_unit is not null
),

final as (
    select
        concat_ws(':', stated.source_id, cast(stated.row_number as string), stated.file_column) as factor_id,
        stated.source_id,
        coalesce(stated.object_id, concat(stated.source_id, ':', stated.item)) as object_id,
        concat_ws(', ', stated.item, nullif(stated.item_description, stated.item)) as object_name,
        'total' as component,
        true as is_total,
        stated.indicator_id,
        stated.life_cycle_stage,
        stated.stages_covered,
        stated.geography_id,
        stated.geography_as_stated,
        case when stated.is_electricity then 'location' else 'not_applicable' end as electricity_basis,
        stated.electricity_scope,
        stated.value_per_reference_unit as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        stated.amount_unit,
        stated.reference_unit,
        stated.value_as_printed as as_printed,
        concat(
            coalesce(stated.amount_unit_as_stated, stated.amount_unit),
            ' per ',
            coalesce(stated.reference_unit_as_stated, concat(stated.reference_unit, ' (the table leaves it blank)'))
        ) as unit_as_printed,
        cast(null as string) as unit_qualifier,
        stated.reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        coalesce(
            stated.object_boundary, concat_ws(', ', stated.level, stated.tier, stated.item_category, stated.source_text)
        ) as object_boundary,
        stated.includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        nullif(
            concat_ws(
                '; ',
                stated.rule_reason,
                case
                    when stated.alias_of is not null
                        then concat('the same values stand under the name ', stated.alias_of, ': counted once')
                end,
                case
                    when stated.geography_id is null and stated.geography_as_stated is not null and not stated.is_proxy
                        then 'its place is not in the vocabulary of geographies'
                end,
                case
                    when stated.value_per_reference_unit < 0
                        then 'a credit: avoided burdens are outside of the boundary'
                end
            ),
            ''
        ) as ineligible_reason,
        cast(null as string) as derivation,
        coalesce(stated.licence_id, tables.licence_id) as licence_id,
        concat_ws(', ', concat('row ', stated.row_number), stated.file_column, stated.rules_applied) as locator,
        stated.release_id,
        cast(null as string) as file_path,
        stated.file_sha256,
        stated.row_number
    from stated
    inner join tables on stated.source_id = tables.source_id
)

select * from final
