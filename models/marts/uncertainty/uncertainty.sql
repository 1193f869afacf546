with

summarised as (
    select * from {{ ref('int_uncertainty__summarise') }}
),

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
),

impacts as (
    select * from {{ ref('impacts') }}
    where state = 'modelled'
),

licences_of_results as (
    select * from {{ ref('int_impacts__license') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

groupings as (
    select
        true as over_parts,
        true as over_stages
    union all
    select
        true as over_parts,
        false as over_stages
    union all
    select
        false as over_parts,
        true as over_stages
    union all
    select
        false as over_parts,
        false as over_stages
),

cells as (
    select
        grid.*,
        views.electricity_view,
        case when groupings.over_parts then 'all' else grid.service_part end as group_part,
        case when groupings.over_stages then 'all' else grid.life_cycle_stage end as group_stage
    from grid
    inner join views on grid.electricity_basis in (views.electricity_view, 'not_applicable')
    cross join groupings
),

summed as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        group_part,
        group_stage,
        unit,
        sum(flows_expected) as flows_expected,
        sum(flows_modelled) as flows_modelled,
        {{ ordered_sum('value') }} as value,
        -- a cell of a view may be added up from two bases, as cooling water of a site and water of its grid
        group_part = 'all'
        or group_stage = 'all'
        or count(distinct case when value is not null then electricity_basis end) > 1 as is_added_up,
        max(case when value is not null then electricity_basis end) as only_basis
    from cells
    group by scenario_id, impact_category, electricity_view, group_part, group_stage, unit
),

licences as (
    select
        impacts.scenario_id,
        impacts.impact_category,
        views.electricity_view,
        case when groupings.over_parts then 'all' else impacts.service_part end as group_part,
        case when groupings.over_stages then 'all' else impacts.life_cycle_stage end as group_stage,
        {{ distinct_list('licences_of_results.licence_id') }} as licence_set
    from impacts
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    cross join groupings
    inner join licences_of_results
        on
            impacts.scenario_id = licences_of_results.scenario_id
            and impacts.flow_id = licences_of_results.flow_id
            and impacts.selection_id = licences_of_results.selection_id
    group by impacts.scenario_id, impacts.impact_category, views.electricity_view, group_part, group_stage
),

final as (
    select
        summed.scenario_id,
        summed.impact_category,
        summed.electricity_view,
        summed.group_part as service_part,
        summed.group_stage as life_cycle_stage,
        summed.value,
        summarised.median,
        summarised.value_low,
        summarised.value_high,
        summarised.mean,
        summarised.standard_deviation,
        summarised.exact_mean,
        summarised.exact_variance,
        summarised.is_ranged,
        summarised.range_basis,
        cast({{ var('monte_carlo_draws') }} as integer) as draws_made,
        '{{ var('monte_carlo_seed') }}' as draw_seed,
        summed.unit,
        case when summed.flows_modelled = summed.flows_expected then 'complete' else 'partial' end as completeness,
        cast(summed.flows_modelled as integer) as flows_modelled,
        cast(summed.flows_expected as integer) as flows_expected,
        licences.licence_set
    from summed
    inner join summarised
        on
            summed.scenario_id = summarised.scenario_id
            and summed.impact_category = summarised.impact_category
            and summed.group_part = summarised.service_part
            and summed.group_stage = summarised.life_cycle_stage
            and case when summed.is_added_up then 'total' else 'cell' end = summarised.result_level
            and case when summed.is_added_up then summed.electricity_view else summed.only_basis end
            = summarised.electricity_basis
    left join licences
        on
            summed.scenario_id = licences.scenario_id
            and summed.impact_category = licences.impact_category
            and summed.electricity_view = licences.electricity_view
            and summed.group_part = licences.group_part
            and summed.group_stage = licences.group_stage
    -- what is not modelled has no uncertainty that could be stated
    where summed.value is not null
)

select * from final
