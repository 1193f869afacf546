with

characterised as (
    select * from {{ ref('characterised_inventories') }}
),

-- what the contract keeps out of staging is not in the sum
kept_out as (
    select * from {{ ref('user_inventory__flows') }}
    where {{ is_rejected('violations') }}
),

rejected as (
    select
        inventory_id,
        count(*) as rows_rejected
    from kept_out
    group by inventory_id
),

indicators as (
    select * from {{ ref('indicators') }}
),

units as (
    select * from {{ ref('units') }}
),

objects as (
    select * from {{ ref('objects') }}
),

geographies as (
    select * from {{ ref('geographies') }}
),

described as (
    select
        *,
        case
            when not_characterised_reason is not null
                then concat(coalesce(flow_name, cas), ' (', not_characterised_reason, ')')
        end as not_characterised
    from characterised
),

-- the contract sees to it that all rows of an inventory describe one thing
summed as (
    select
        inventory_id,
        indicator_id,
        min(object_name) as object_name,
        min(component) as component,
        min(life_cycle_stage) as life_cycle_stage,
        min(geography_as_stated) as geography_as_stated,
        min(reference_year) as reference_year,
        min(amount_unit) as amount_unit,
        min(reference_unit) as reference_unit,
        {{ ordered_sum('value') }} as value,
        count(*) as flows_listed,
        count(value) as flows_characterised,
        count(case when is_gap then 1 end) as gaps,
        {{ distinct_list('not_characterised') }} as not_characterised,
        {{ distinct_list('source_as_stated') }} as source_as_stated,
        min(licence_id) as licence_id,
        min(source_id) as source_id,
        min(release_id) as release_id,
        min(file_sha256) as file_sha256,
        min(row_number) as row_number
    from described
    group by inventory_id, indicator_id
),

final as (
    select
        concat('user_inventory:', summed.inventory_id, ':', summed.indicator_id) as factor_id,
        summed.source_id,
        coalesce(objects.object_id, concat('user_inventory:', summed.inventory_id)) as object_id,
        summed.object_name,
        summed.component,
        summed.component = 'total' as is_total,
        summed.indicator_id,
        summed.life_cycle_stage,
        case when summed.life_cycle_stage != 'embodied_unsplit' then summed.life_cycle_stage end as stages_covered,
        geographies.geography_id,
        summed.geography_as_stated,
        case when objects.object_class = 'electricity' then 'location' else 'not_applicable' end as electricity_basis,
        cast(null as string) as electricity_scope,
        summed.value / units.to_canonical_factor as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        summed.amount_unit,
        units.canonical_unit as reference_unit,
        cast(null as string) as as_printed,
        cast(null as string) as unit_as_printed,
        cast(null as string) as unit_qualifier,
        summed.reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        concat(
            cast(summed.flows_characterised as string),
            ' of ',
            cast(summed.flows_listed as string),
            ' flows characterised',
            case
                when summed.not_characterised is not null
                    then concat('; not characterised: ', summed.not_characterised)
                else ''
            end
        ) as object_boundary,
        cast(null as boolean) as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        case
            when rejected.rows_rejected > 0
                then concat(
                    cast(rejected.rows_rejected as string), ' rows of the inventory are rejected: see marts.quarantine'
                )
            when summed.gaps > 0 then concat('not all flows are characterised: ', summed.not_characterised)
            -- two eligible values of one category would compete, and sums over stages would take both
            when indicators.method_version != 'AR6' then 'the same flows by AR6 are the ones to choose'
        end as ineligible_reason,
        concat('characterised: masses of flows times the potentials of ', summed.indicator_id, ' (ipcc_gwp), summed')
            as derivation,
        summed.licence_id,
        concat_ws('; ', concat('inventory ', summed.inventory_id), summed.source_as_stated) as locator,
        summed.release_id,
        cast(null as string) as file_path,
        summed.file_sha256,
        summed.row_number
    from summed
    inner join units on summed.reference_unit = units.unit
    inner join indicators on summed.indicator_id = indicators.indicator_id
    left join objects on summed.object_name = objects.object_id
    left join geographies on summed.geography_as_stated = geographies.geography_id
    left join rejected on summed.inventory_id = rejected.inventory_id
    -- an inventory of which nothing is characterised has no value: its flows stand in characterised_inventories
    where summed.flows_characterised > 0
)

select * from final
