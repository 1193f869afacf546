with

flows as (
    select * from {{ ref('stg_user_inventory__flows') }}
),

characterisation_factors as (
    select * from {{ ref('characterisation_factors') }}
),

indicators as (
    select * from {{ ref('indicators') }}
    where method in ('IPCC GWP20', 'IPCC GWP100') and method_version in ('AR5', 'AR6')
),

final as (
    select
        flows.inventory_id,
        flows.row_number,
        indicators.indicator_id,
        indicators.impact_category,
        flows.object_name,
        flows.component,
        flows.life_cycle_stage,
        flows.geography_as_stated,
        flows.reference_year,
        flows.flow_name,
        flows.cas,
        flows.compartment,
        flows.elementary_flow_id,
        flows.mass_as_printed,
        flows.mass_unit,
        flows.mass_kg,
        characterisation_factors.value as characterisation_factor,
        flows.mass_kg * characterisation_factors.value as value,
        indicators.unit as amount_unit,
        flows.reference_unit,
        characterisation_factors.value is null and coalesce(flows.gwp_scope, 'inside') = 'inside' as is_gap,
        case
            when characterisation_factors.value is null
                then coalesce(
                    flows.not_recognised_reason,
                    case when flows.gwp_scope = 'outside' then 'no GWP total counts it' end,
                    concat('no potential in ', indicators.method_version)
                )
        end as not_characterised_reason,
        flows.licence_id,
        flows.source_as_stated,
        flows.locator,
        flows.source_id,
        flows.release_id,
        flows.file_sha256
    from flows
    cross join indicators
    left join characterisation_factors
        on
            flows.elementary_flow_id = characterisation_factors.elementary_flow_id
            and indicators.indicator_id = characterisation_factors.indicator_id
)

select * from final
