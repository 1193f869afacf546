with

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
),

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

modelled as (
    select * from {{ ref('int_sensitivity__list_cells') }}
),

flow_sources as (
    select * from {{ ref('int_flows__cite') }}
),

sources as (
    select * from {{ ref('sources') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

counts as (
    select 'part' as counted_for
    union all
    select 'all' as counted_for
),

parts_with_flows as (
    select distinct
        scenario_id,
        service_part
    from flow_amounts
),

-- each cell counts for its part and for the whole; a part without a flow of the model for the whole alone
parts as (
    select distinct
        grid.scenario_id,
        grid.service_part,
        case counts.counted_for when 'part' then grid.service_part else 'all' end as counted_part
    from grid
    cross join counts
    left join parts_with_flows
        on
            grid.scenario_id = parts_with_flows.scenario_id
            and grid.service_part = parts_with_flows.service_part
    where counts.counted_for = 'all' or parts_with_flows.service_part is not null
),

-- in a view a part and stage is one cell, though water is used there both with electricity and without
cells as (
    select
        grid.scenario_id,
        grid.service_part,
        grid.life_cycle_stage,
        grid.impact_category,
        views.electricity_view,
        case
            when count(case when grid.state = 'modelled' then 1 end) > 0 then 'modelled'
            when count(case when grid.state = 'withheld' then 1 end) > 0 then 'withheld'
            when count(case when grid.state = 'not_modelled' then 1 end) > 0 then 'not_modelled'
            when count(case when grid.state = 'below_cutoff' then 1 end) > 0 then 'below_cutoff'
            when count(case when grid.state = 'included_elsewhere' then 1 end) > 0 then 'included_elsewhere'
            else max(grid.state)
        end as state,
        sum(grid.flows_modelled) as flows_modelled,
        sum(grid.flows_expected) as flows_expected
    from grid
    inner join views on grid.electricity_basis in (views.electricity_view, 'not_applicable')
    group by
        grid.scenario_id,
        grid.service_part,
        grid.life_cycle_stage,
        grid.impact_category,
        views.electricity_view
),

cells_by_state as (
    select
        cells.scenario_id,
        cells.impact_category,
        cells.electricity_view,
        parts.counted_part,
        count(case when cells.state = 'modelled' then 1 end) as cells_modelled,
        count(case when cells.state = 'not_modelled' then 1 end) as cells_not_modelled,
        count(case when cells.state = 'not_applicable' then 1 end) as cells_not_applicable,
        count(case when cells.state = 'below_cutoff' then 1 end) as cells_below_cutoff,
        count(case when cells.state = 'included_elsewhere' then 1 end) as cells_included_elsewhere,
        count(case when cells.state = 'withheld' then 1 end) as cells_withheld,
        count(*) as cells_listed,
        sum(cells.flows_modelled) as flows_modelled,
        sum(cells.flows_expected) as flows_expected
    from cells
    inner join parts
        on
            cells.scenario_id = parts.scenario_id
            and cells.service_part = parts.service_part
    group by cells.scenario_id, cells.impact_category, cells.electricity_view, parts.counted_part
),

covered_flows as (
    select distinct
        scenario_id,
        impact_category,
        electricity_view,
        flow_id
    from modelled
),

-- amounts of one unit add up; of electricity the kWh, of things the kg
amounts as (
    select
        flow_amounts.scenario_id,
        flow_amounts.flow_id,
        parts.counted_part,
        flow_amounts.amount_unit,
        flow_amounts.amount
    from flow_amounts
    inner join parts
        on
            flow_amounts.scenario_id = parts.scenario_id
            and flow_amounts.service_part = parts.service_part
    where flow_amounts.amount_unit in ('kWh', 'kg')
),

amounts_of_all as (
    select
        scenario_id,
        counted_part,
        amount_unit,
        {{ ordered_sum('amount') }} as amount
    from amounts
    group by scenario_id, counted_part, amount_unit
),

amounts_of_covered as (
    select
        covered_flows.scenario_id,
        covered_flows.impact_category,
        covered_flows.electricity_view,
        amounts.counted_part,
        amounts.amount_unit,
        {{ ordered_sum('amounts.amount') }} as amount
    from covered_flows
    inner join amounts
        on
            covered_flows.scenario_id = amounts.scenario_id
            and covered_flows.flow_id = amounts.flow_id
    group by
        covered_flows.scenario_id,
        covered_flows.impact_category,
        covered_flows.electricity_view,
        amounts.counted_part,
        amounts.amount_unit
),

amounts_not_known as (
    select
        scenario_id,
        counted_part,
        count(*) as flows_without_amount
    from amounts
    where amount is null
    group by scenario_id, counted_part
),

licence_sets as (
    select
        flow_sources.scenario_id,
        {{ distinct_list('coalesce(flow_sources.licence_id, sources.licence_id)') }} as licence_set
    from flow_sources
    inner join sources on flow_sources.source_id = sources.source_id
    group by flow_sources.scenario_id
),

final as (
    select
        cells_by_state.scenario_id,
        cells_by_state.impact_category,
        cells_by_state.electricity_view,
        cells_by_state.counted_part,
        cast(cells_by_state.cells_modelled as integer) as cells_modelled,
        cast(cells_by_state.cells_not_modelled as integer) as cells_not_modelled,
        cast(cells_by_state.cells_not_applicable as integer) as cells_not_applicable,
        cast(cells_by_state.cells_below_cutoff as integer) as cells_below_cutoff,
        cast(cells_by_state.cells_included_elsewhere as integer) as cells_included_elsewhere,
        cast(cells_by_state.cells_withheld as integer) as cells_withheld,
        cast(cells_by_state.cells_listed as integer) as cells_listed,
        cast(cells_by_state.flows_modelled as integer) as flows_modelled,
        cast(cells_by_state.flows_expected as integer) as flows_expected,
        cast(cells_by_state.flows_modelled as double) / nullif(cells_by_state.flows_expected, 0) as modelled_flow_share,
        case when energy.amount > 0 then coalesce(covered_energy.amount, 0) / energy.amount end as energy_covered_share,
        case when mass.amount > 0 then coalesce(covered_mass.amount, 0) / mass.amount end as mass_covered_share,
        cast(coalesce(amounts_not_known.flows_without_amount, 0) as integer) as flows_without_amount,
        licence_sets.licence_set
    from cells_by_state
    left join amounts_of_all as energy
        on
            cells_by_state.scenario_id = energy.scenario_id
            and cells_by_state.counted_part = energy.counted_part
            and energy.amount_unit = 'kWh'
    left join amounts_of_all as mass
        on
            cells_by_state.scenario_id = mass.scenario_id
            and cells_by_state.counted_part = mass.counted_part
            and mass.amount_unit = 'kg'
    left join amounts_of_covered as covered_energy
        on
            cells_by_state.scenario_id = covered_energy.scenario_id
            and cells_by_state.impact_category = covered_energy.impact_category
            and cells_by_state.electricity_view = covered_energy.electricity_view
            and cells_by_state.counted_part = covered_energy.counted_part
            and covered_energy.amount_unit = 'kWh'
    left join amounts_of_covered as covered_mass
        on
            cells_by_state.scenario_id = covered_mass.scenario_id
            and cells_by_state.impact_category = covered_mass.impact_category
            and cells_by_state.electricity_view = covered_mass.electricity_view
            and cells_by_state.counted_part = covered_mass.counted_part
            and covered_mass.amount_unit = 'kg'
    left join amounts_not_known
        on
            cells_by_state.scenario_id = amounts_not_known.scenario_id
            and cells_by_state.counted_part = amounts_not_known.counted_part
    left join licence_sets on cells_by_state.scenario_id = licence_sets.scenario_id
)

select * from final
