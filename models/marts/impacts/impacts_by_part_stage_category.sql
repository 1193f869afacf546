with

cells as (
    select * from {{ ref('int_impacts__list_cells') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

impact_categories as (
    select * from {{ ref('impact_categories') }}
),

state_rules as (
    select * from {{ ref('state_rules') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

summarised as (
    select * from {{ ref('int_uncertainty__summarise') }}
    where result_level = 'cell'
),

licences_of_results as (
    select * from {{ ref('int_impacts__license') }}
),

licence_sets as (
    select
        impacts.scenario_id,
        impacts.service_part,
        impacts.life_cycle_stage,
        impacts.impact_category,
        impacts.electricity_basis,
        {{ distinct_list('licences_of_results.licence_id') }} as licence_set
    from impacts
    inner join licences_of_results
        on
            impacts.scenario_id = licences_of_results.scenario_id
            and impacts.flow_id = licences_of_results.flow_id
            and impacts.selection_id = licences_of_results.selection_id
    group by
        impacts.scenario_id,
        impacts.service_part,
        impacts.life_cycle_stage,
        impacts.impact_category,
        impacts.electricity_basis
),

summed as (
    select
        scenario_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        count(case when state in ('modelled', 'not_modelled', 'withheld') then 1 end) as flows_expected,
        count(case when state = 'modelled' then 1 end) as flows_modelled,
        count(case when state = 'included_elsewhere' then 1 end) as flows_included_elsewhere,
        count(case when state = 'below_cutoff' then 1 end) as flows_below_cutoff,
        count(distinct summing_method) as methods,
        {{ distinct_list("case when state = 'not_modelled' then state_reason end") }} as flow_reasons,
        {{ distinct_list("case when state = 'included_elsewhere' then state_reason end") }} as elsewhere_reasons,
        {{ distinct_list('indicator_id') }} as indicator_set,
        {{ ordered_sum('value') }} as value
    from impacts
    group by
        scenario_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis
),

-- apart from the sums, as few of all rows are modelled
qualities as (
    select
        scenario_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        {{ mean_by_size('reliability_score', 'value') }} as reliability_score_mean,
        max(reliability_score) as reliability_score_worst,
        {{ mean_by_size('completeness_score', 'value') }} as completeness_score_mean,
        max(completeness_score) as completeness_score_worst,
        {{ mean_by_size('time_score', 'value') }} as time_score_mean,
        max(time_score) as time_score_worst,
        {{ mean_by_size('geography_score', 'value') }} as geography_score_mean,
        max(geography_score) as geography_score_worst,
        {{ mean_by_size('technology_score', 'value') }} as technology_score_mean,
        max(technology_score) as technology_score_worst,
        max(amount_quality_score) as amount_quality_score_worst
    from impacts
    where state = 'modelled'
    group by
        scenario_id,
        service_part,
        life_cycle_stage,
        impact_category,
        electricity_basis
),

filled as (
    select
        cells.*,
        impact_categories.unit,
        cast(coalesce(summed.flows_expected, 0) as integer) as flows_expected,
        cast(coalesce(summed.flows_modelled, 0) as integer) as flows_modelled,
        coalesce(summed.flows_included_elsewhere, 0) as flows_included_elsewhere,
        coalesce(summed.flows_below_cutoff, 0) as flows_below_cutoff,
        coalesce(summed.methods, 0) > 1 as is_method_mixed,
        summed.indicator_set,
        summed.flow_reasons,
        summed.elsewhere_reasons,
        summed.value,
        -- ends of a sum are no sums of ends: a range belongs to its own level
        case when summed.value is not null then summarised.value_low end as value_low,
        case when summed.value is not null then summarised.value_high end as value_high,
        summed.value is not null and coalesce(summarised.is_ranged, false) as is_ranged,
        case when summed.value is not null then summarised.range_basis end as range_basis,
        licence_sets.licence_set,
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
        qualities.amount_quality_score_worst,
        state_rules.state as rule_state,
        state_rules.reason as rule_reason
    from cells
    inner join scenarios on cells.scenario_id = scenarios.scenario_id
    inner join impact_categories on cells.impact_category = impact_categories.impact_category
    left join summed
        on
            cells.scenario_id = summed.scenario_id
            and cells.service_part = summed.service_part
            and cells.life_cycle_stage = summed.life_cycle_stage
            and cells.impact_category = summed.impact_category
            and cells.electricity_basis = summed.electricity_basis
    left join summarised
        on
            cells.scenario_id = summarised.scenario_id
            and cells.service_part = summarised.service_part
            and cells.life_cycle_stage = summarised.life_cycle_stage
            and cells.impact_category = summarised.impact_category
            and cells.electricity_basis = summarised.electricity_basis
    left join licence_sets
        on
            cells.scenario_id = licence_sets.scenario_id
            and cells.service_part = licence_sets.service_part
            and cells.life_cycle_stage = licence_sets.life_cycle_stage
            and cells.impact_category = licence_sets.impact_category
            and cells.electricity_basis = licence_sets.electricity_basis
    left join qualities
        on
            cells.scenario_id = qualities.scenario_id
            and cells.service_part = qualities.service_part
            and cells.life_cycle_stage = qualities.life_cycle_stage
            and cells.impact_category = qualities.impact_category
            and cells.electricity_basis = qualities.electricity_basis
    left join state_rules
        on
            state_rules.flow_id is null
            and (state_rules.model_id is null or scenarios.model_id = state_rules.model_id)
            and (state_rules.service_part is null or cells.service_part = state_rules.service_part)
            and (state_rules.life_cycle_stage is null or cells.life_cycle_stage = state_rules.life_cycle_stage)
            and (state_rules.impact_category is null or cells.impact_category = state_rules.impact_category)
),

final as (
    select
        scenario_id,
        service_part,
        life_cycle_stage,
        phase,
        impact_category,
        electricity_basis,
        case
            when flows_modelled > 0 then 'modelled'
            when flows_included_elsewhere > 0 and flows_expected = 0 then 'included_elsewhere'
            when rule_state is not null then rule_state
            when flows_below_cutoff > 0 and flows_expected = 0 then 'below_cutoff'
            else 'not_modelled'
        end as state,
        case
            when flows_modelled > 0 then null
            when flows_included_elsewhere > 0 and flows_expected = 0 then elsewhere_reasons
            when rule_reason is not null then rule_reason
            when flows_below_cutoff > 0 and flows_expected = 0 then 'every flow is below the cut-off'
            when flows_expected = 0 then 'the model has no flow here'
            else flow_reasons
        end as state_reason,
        case
            when flows_modelled = 0 then 'none'
            when flows_modelled = flows_expected then 'complete'
            else 'partial'
        end as completeness,
        flows_modelled,
        flows_expected,
        value,
        value_low,
        value_high,
        is_ranged,
        range_basis,
        unit,
        indicator_set,
        is_method_mixed,
        licence_set,
        reliability_score_mean,
        reliability_score_worst,
        completeness_score_mean,
        completeness_score_worst,
        time_score_mean,
        time_score_worst,
        geography_score_mean,
        geography_score_worst,
        technology_score_mean,
        technology_score_worst,
        amount_quality_score_worst
    from filled
)

select * from final
