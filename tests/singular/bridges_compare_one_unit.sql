-- A scenario or figure that a bridge names gives its quantity, in the unit of the disclosure.
with

bridges as (
    select * from {{ ref('disclosure_bridges') }}
),

disclosures as (
    select * from {{ ref('disclosures') }}
),

bridge as (
    select * from {{ ref('disclosure_bridge') }}
),

impact_categories as (
    select * from {{ ref('impact_categories') }}
)

select
    bridges.bridge_id,
    bridges.quantity,
    disclosed.canonical_unit,
    bridge.step
from bridges
inner join disclosures as disclosed on bridges.disclosure_id = disclosed.disclosure_id
inner join bridge
    on
        bridges.bridge_id = bridge.bridge_id
        and bridges.quantity = bridge.quantity
left join impact_categories on bridges.quantity = impact_categories.impact_category
left join disclosures as modelled on bridges.modelled_disclosure_id = modelled.disclosure_id
left join disclosures as measured on bridges.measured_disclosure_id = measured.disclosure_id
where
    coalesce(impact_categories.unit, 'kWh') != disclosed.canonical_unit
    or coalesce(modelled.canonical_unit, disclosed.canonical_unit) != disclosed.canonical_unit
    or coalesce(measured.canonical_unit, disclosed.canonical_unit) != disclosed.canonical_unit
    or (
        bridge.step = 'modelled'
        and coalesce(bridges.modelled_scenario_id, bridges.modelled_disclosure_id) is not null
        and bridge.value is null
    )
    or (
        bridge.step = 'measured'
        and coalesce(bridges.measured_scenario_id, bridges.measured_disclosure_id) is not null
        and bridge.value is null
    )
