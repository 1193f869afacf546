with

grid as (
    select * from {{ ref('impacts_by_part_stage_category') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

summarised as (
    select * from {{ ref('int_uncertainty__summarise') }}
    where result_level = 'total' and service_part = 'all' and life_cycle_stage = 'all'
),

licences_of_results as (
    select * from {{ ref('int_impacts__license') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

cells as (
    select
        grid.*,
        views.electricity_view,
        case
            when grid.flows_modelled < grid.flows_expected then concat(grid.service_part, ' ', grid.life_cycle_stage)
        end as cell_not_complete
    from grid
    inner join views on grid.electricity_basis in (views.electricity_view, 'not_applicable')
),

summed as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        unit,
        sum(flows_expected) as flows_expected,
        sum(flows_modelled) as flows_modelled,
        {{ ordered_sum('value') }} as value,
        {{ distinct_list('cell_not_complete') }} as cells_not_complete
    from cells
    group by scenario_id, impact_category, electricity_view, unit
),

methods as (
    select
        impacts.scenario_id,
        impacts.impact_category,
        views.electricity_view,
        count(distinct impacts.summing_method) as methods,
        {{ distinct_list('licences_of_results.licence_id') }} as licence_set
    from impacts
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    inner join licences_of_results
        on
            impacts.scenario_id = licences_of_results.scenario_id
            and impacts.flow_id = licences_of_results.flow_id
            and impacts.selection_id = licences_of_results.selection_id
    where impacts.state = 'modelled'
    group by impacts.scenario_id, impacts.impact_category, views.electricity_view
),

qualities as (
    select
        impacts.scenario_id,
        impacts.impact_category,
        views.electricity_view,
        {{ mean_by_size('impacts.reliability_score', 'impacts.value') }} as reliability_score_mean,
        max(impacts.reliability_score) as reliability_score_worst,
        {{ mean_by_size('impacts.completeness_score', 'impacts.value') }} as completeness_score_mean,
        max(impacts.completeness_score) as completeness_score_worst,
        {{ mean_by_size('impacts.time_score', 'impacts.value') }} as time_score_mean,
        max(impacts.time_score) as time_score_worst,
        {{ mean_by_size('impacts.geography_score', 'impacts.value') }} as geography_score_mean,
        max(impacts.geography_score) as geography_score_worst,
        {{ mean_by_size('impacts.technology_score', 'impacts.value') }} as technology_score_mean,
        max(impacts.technology_score) as technology_score_worst,
        max(impacts.amount_quality_score) as amount_quality_score_worst
    from impacts
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    where impacts.state = 'modelled'
    group by impacts.scenario_id, impacts.impact_category, views.electricity_view
),

final as (
    select
        summed.scenario_id,
        summed.impact_category,
        summed.electricity_view,
        case
            when summed.flows_modelled = 0 then 'none'
            when summed.flows_modelled = summed.flows_expected then 'complete'
            else 'partial'
        end as completeness,
        cast(summed.flows_modelled as integer) as flows_modelled,
        cast(summed.flows_expected as integer) as flows_expected,
        cast(summed.flows_modelled as double) / nullif(summed.flows_expected, 0) as modelled_flow_share,
        summed.value,
        case when summed.value is not null then summarised.value_low end as value_low,
        case when summed.value is not null then summarised.value_high end as value_high,
        summed.value is not null and coalesce(summarised.is_ranged, false) as is_ranged,
        case when summed.value is not null then summarised.range_basis end as range_basis,
        summed.unit,
        coalesce(methods.methods, 0) > 1 as is_method_mixed,
        summed.cells_not_complete,
        methods.licence_set,
        qualities.reliability_score_mean,
        qualities.reliability_score_worst,
        qualities.completeness_score_mean,
        qualities.completeness_score_worst,
        qualities.time_score_mean,
        qualities.time_score_worst,
        qualities.geography_score_mean,
        qualities.geography_score_worst,
        qualities.technology_score_mean,
        qualities.technology_score_worst,
        qualities.amount_quality_score_worst
    from summed
    left join methods
        on
            summed.scenario_id = methods.scenario_id
            and summed.impact_category = methods.impact_category
            and summed.electricity_view = methods.electricity_view
    left join qualities
        on
            summed.scenario_id = qualities.scenario_id
            and summed.impact_category = qualities.impact_category
            and summed.electricity_view = qualities.electricity_view
    left join summarised
        on
            summed.scenario_id = summarised.scenario_id
            and summed.impact_category = summarised.impact_category
            and summed.electricity_view = summarised.electricity_basis
)

select * from final
