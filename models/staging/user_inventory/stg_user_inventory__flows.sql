with

inventories as (
    select * from {{ ref('user_inventory__flows') }}
),

units as (
    select * from {{ ref('units') }}
),

flow_names as (
    select * from {{ ref('elementary_flow_names') }}
),

elementary_flows as (
    select * from {{ ref('elementary_flows') }}
),

-- several flows share the CAS number of a gas whose carbon has an origin: without a name the origin is not stated
flows_of_cas as (
    select
        cas,
        case
            when count(*) = 1 then min(elementary_flow_id)
            else min(case when origin_of_carbon = 'unspecified' then elementary_flow_id end)
        end as elementary_flow_id
    from elementary_flows
    where cas is not null
    group by cas
),

-- the compartments that have factors
compartments as (
    select distinct compartment from elementary_flows
),

accepted as (
    select * from inventories
    where not {{ is_rejected('violations') }}
),

recognised as (
    select
        accepted.*,
        accepted.mass * units.to_canonical_factor as mass_kg,
        flow_names.elementary_flow_id as named_flow_id,
        named_flows.cas as named_cas,
        flows_of_cas.elementary_flow_id as cas_flow_id
    from accepted
    left join units on accepted.mass_unit = units.unit
    left join flow_names on lower(accepted.flow_name) = flow_names.flow_name
    left join elementary_flows as named_flows on flow_names.elementary_flow_id = named_flows.elementary_flow_id
    left join flows_of_cas on accepted.cas = flows_of_cas.cas
),

matched as (
    select
        *,
        case
            when coalesce(named_cas, cas, 'none') = coalesce(cas, named_cas, 'none')
                then coalesce(named_flow_id, cas_flow_id)
        end as elementary_flow_id
    from recognised
),

final as (
    select
        matched.inventory_id,
        matched.object_name,
        matched.component,
        matched.life_cycle_stage,
        matched.geography_as_stated,
        matched.flow_name,
        matched.cas,
        matched.compartment,
        case when matched.compartment = elementary_flows.compartment then matched.elementary_flow_id end
            as elementary_flow_id,
        -- no GWP total counts an emission to another compartment
        case
            when matched.compartment = elementary_flows.compartment then elementary_flows.gwp_scope
            when elementary_flows.compartment is not null or compartments.compartment is null then 'outside'
        end as gwp_scope,
        case
            when matched.named_flow_id is null and matched.cas_flow_id is null and compartments.compartment is null
                then concat('no factor is for emissions to ', matched.compartment)
            when matched.named_flow_id is null and matched.cas_flow_id is null
                then 'neither its name nor its CAS number is known'
            when matched.elementary_flow_id is null then 'its name and its CAS number mean different substances'
            when matched.compartment != elementary_flows.compartment
                then concat('its factors are for emissions to ', elementary_flows.compartment)
        end as not_recognised_reason,
        matched.mass_as_printed,
        matched.mass_unit,
        matched.mass_kg,
        matched.reference_unit,
        cast(matched.reference_year as integer) as reference_year,
        coalesce(matched.licence_id, 'LicenseRef-not-stated') as licence_id,
        matched.source_as_stated,
        matched.locator,
        matched.source_id,
        matched.release_id,
        matched.file_sha256,
        matched.row_number
    from matched
    left join elementary_flows on matched.elementary_flow_id = elementary_flows.elementary_flow_id
    left join compartments on matched.compartment = compartments.compartment
)

select * from final
