with

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
),

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

state_rules as (
    select * from {{ ref('state_rules') }}
),

summarised as (
    select * from {{ ref('int_uncertainty__summarise') }}
    where result_level = 'flow'
),

licences_of_results as (
    select * from {{ ref('int_impacts__license') }}
),

scored_inputs as (
    select * from {{ ref('int_quality__score_inputs') }}
    where input_kind = 'factor'
),

scored_amounts as (
    select * from {{ ref('int_quality__score_amounts') }}
),

worst_of_amounts as (
    select
        scenario_id,
        flow_id,
        max(worst_score) as worst_score
    from scored_amounts
    group by scenario_id, flow_id
),

licence_sets as (
    select
        scenario_id,
        flow_id,
        selection_id,
        {{ distinct_list('licence_id') }} as licence_set
    from licences_of_results
    group by scenario_id, flow_id, selection_id
),

with_states as (
    select
        multiplied.*,
        flow_amounts.service_part,
        flow_amounts.equipment,
        flow_amounts.amount_unit,
        flow_amounts.licence_set as licences_of_amount,
        case
            when state_rules.state = 'below_cutoff' and multiplied.amount = 0 then 'below_cutoff'
            when multiplied.value is not null then 'modelled'
            when
                concat(';', multiplied.stages_in_lump, ';')
                like concat('%;', multiplied.life_cycle_stage, ';%')
                then 'included_elsewhere'
            when state_rules.state != 'below_cutoff' then state_rules.state
            else 'not_modelled'
        end as state,
        case
            when state_rules.state = 'below_cutoff' and multiplied.amount = 0 then state_rules.reason
            when multiplied.value is not null then multiplied.selection_reason
            when
                concat(';', multiplied.stages_in_lump, ';')
                like concat('%;', multiplied.life_cycle_stage, ';%')
                then 'in the lump of stage embodied_unsplit of the same flow'
            when state_rules.state != 'below_cutoff' then state_rules.reason
            when multiplied.amount is null then 'a parameter of its amount has no value'
            else multiplied.selection_reason
        end as state_reason
    from multiplied
    inner join flow_amounts
        on
            multiplied.scenario_id = flow_amounts.scenario_id
            and multiplied.flow_id = flow_amounts.flow_id
    left join state_rules
        on
            (state_rules.model_id is null or flow_amounts.model_id = state_rules.model_id)
            and (state_rules.flow_id is null or multiplied.flow_id = state_rules.flow_id)
            and (state_rules.service_part is null or flow_amounts.service_part = state_rules.service_part)
            and (state_rules.life_cycle_stage is null or multiplied.life_cycle_stage = state_rules.life_cycle_stage)
            and (state_rules.impact_category is null or multiplied.impact_category = state_rules.impact_category)
),

final as (
    select
        with_states.scenario_id,
        with_states.flow_id,
        with_states.service_part,
        with_states.equipment,
        with_states.object_id,
        with_states.component,
        with_states.life_cycle_stage,
        with_states.phase,
        with_states.impact_category,
        with_states.indicator_id,
        -- an undisclosed method is the same method only within one source
        case
            when with_states.state = 'modelled'
                then coalesce(
                    indicators.summing_group,
                    concat(with_states.indicator_id, ' of ', with_states.factor_source_id)
                )
        end as summing_method,
        with_states.electricity_basis,
        with_states.state,
        with_states.state_reason,
        case when with_states.state = 'modelled' then 'complete' else 'none' end as completeness,
        with_states.amount,
        with_states.amount_unit,
        with_states.factor_value,
        case when with_states.state = 'modelled' then with_states.value end as value,
        case when with_states.state = 'modelled' then summarised.value_low end as value_low,
        case when with_states.state = 'modelled' then summarised.value_high end as value_high,
        with_states.state = 'modelled' and coalesce(summarised.is_ranged, false) as is_ranged,
        case when with_states.state = 'modelled' then summarised.range_basis end as range_basis,
        with_states.category_unit as unit,
        with_states.selection_id,
        with_states.factor_id,
        with_states.factor_source_id,
        -- an amount without a factor is still somebody's figure
        case
            when with_states.state = 'modelled' or with_states.amount is not null
                then coalesce(licence_sets.licence_set, with_states.licences_of_amount)
        end as licence_set,
        case when with_states.state = 'modelled' then scored_inputs.reliability_score end as reliability_score,
        case when with_states.state = 'modelled' then scored_inputs.completeness_score end as completeness_score,
        case when with_states.state = 'modelled' then scored_inputs.time_score end as time_score,
        case when with_states.state = 'modelled' then scored_inputs.geography_score end as geography_score,
        case when with_states.state = 'modelled' then scored_inputs.technology_score end as technology_score,
        case when with_states.state = 'modelled' then worst_of_amounts.worst_score end as amount_quality_score
    from with_states
    left join indicators on with_states.indicator_id = indicators.indicator_id
    left join summarised
        on
            with_states.scenario_id = summarised.scenario_id
            and with_states.flow_id = summarised.flow_id
            and with_states.life_cycle_stage = summarised.life_cycle_stage
            and with_states.impact_category = summarised.impact_category
            and with_states.electricity_basis = summarised.electricity_basis
    left join licence_sets
        on
            with_states.scenario_id = licence_sets.scenario_id
            and with_states.flow_id = licence_sets.flow_id
            and with_states.selection_id = licence_sets.selection_id
    left join scored_inputs
        on
            with_states.scenario_id = scored_inputs.scenario_id
            and with_states.selection_id = scored_inputs.selection_id
    left join worst_of_amounts
        on
            with_states.scenario_id = worst_of_amounts.scenario_id
            and with_states.flow_id = worst_of_amounts.flow_id
)

select * from final
