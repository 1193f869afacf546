with

paybacks as (
    select * from {{ ref('paybacks') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

totals as (
    select * from {{ ref('impact_totals') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

cells as (
    select
        impacts.scenario_id,
        split_part(impacts.flow_id, '.', 2) as flow_key,
        impacts.phase,
        impacts.object_id,
        impacts.life_cycle_stage,
        impacts.impact_category,
        views.electricity_view,
        impacts.amount,
        impacts.value,
        impacts.licence_set,
        impacts.object_id = 'electricity' and impacts.phase = 'operational' as is_electricity
    from impacts
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
    where impacts.state in ('modelled', 'not_modelled', 'withheld')
),

asked as (
    select
        paybacks.*,
        old_totals.impact_category,
        old_totals.electricity_view,
        old_totals.unit,
        items.value as items,
        lifetimes.value as hardware_lifetime_years,
        volumes.value as volume_per_year,
        uses.value as uses,
        concat_ws(
            '; ',
            old_totals.licence_set,
            new_totals.licence_set,
            items.licence_set,
            lifetimes.licence_set,
            volumes.licence_set,
            uses.licence_set
        ) as licence_sets
    from paybacks
    inner join totals as old_totals on paybacks.old_scenario_id = old_totals.scenario_id
    inner join totals as new_totals
        on
            paybacks.new_scenario_id = new_totals.scenario_id
            and old_totals.impact_category = new_totals.impact_category
            and old_totals.electricity_view = new_totals.electricity_view
    left join parameter_values as items
        on
            paybacks.new_scenario_id = items.scenario_id
            and paybacks.items_parameter = items.parameter_name
    left join parameter_values as lifetimes
        on
            paybacks.new_scenario_id = lifetimes.scenario_id
            and paybacks.lifetime_parameter = lifetimes.parameter_name
    left join parameter_values as uses
        on
            paybacks.new_scenario_id = uses.scenario_id
            and paybacks.functional_units_parameter = uses.parameter_name
    left join parameter_values as volumes
        on
            paybacks.new_scenario_id = volumes.scenario_id
            and paybacks.volume_per_year_parameter = volumes.parameter_name
),

-- one item of the new hardware, whole and not by its time
made as (
    select
        paybacks.payback_id,
        impacts.impact_category,
        {{ ordered_sum('impacts.factor_value') }} as making_of_one
    from paybacks
    inner join impacts
        on
            paybacks.new_scenario_id = impacts.scenario_id
            and paybacks.new_flow_id = impacts.flow_id
    where impacts.state = 'modelled' and impacts.phase = 'embodied'
    group by paybacks.payback_id, impacts.impact_category
),

old_cells as (
    select
        paybacks.payback_id,
        cells.*
    from paybacks
    inner join cells on paybacks.old_scenario_id = cells.scenario_id
    where paybacks.saving_phase = 'all' or cells.phase = paybacks.saving_phase
),

new_cells as (
    select
        paybacks.payback_id,
        cells.*
    from paybacks
    inner join cells on paybacks.new_scenario_id = cells.scenario_id
    where paybacks.saving_phase = 'all' or cells.phase = paybacks.saving_phase
),

-- what only one side models is no saving
saved as (
    select
        coalesce(old_cells.payback_id, new_cells.payback_id) as payback_id,
        coalesce(old_cells.impact_category, new_cells.impact_category) as impact_category,
        coalesce(old_cells.electricity_view, new_cells.electricity_view) as electricity_view,
        coalesce(old_cells.is_electricity, new_cells.is_electricity) as is_electricity,
        old_cells.value - new_cells.value as saving,
        old_cells.amount - new_cells.amount as amount_saved,
        case
            when coalesce(old_cells.is_electricity, new_cells.is_electricity)
                then concat_ws('; ', old_cells.licence_set, new_cells.licence_set)
        end as electricity_licences,
        (old_cells.value is null) != (new_cells.value is null) as is_modelled_once,
        -- what would be saved or lost if anybody modelled it
        old_cells.value is null and new_cells.value is null and old_cells.amount != new_cells.amount as is_unknown
    from old_cells
    full join new_cells
        on
            old_cells.payback_id = new_cells.payback_id
            and old_cells.impact_category = new_cells.impact_category
            and old_cells.electricity_view = new_cells.electricity_view
            and old_cells.flow_key = new_cells.flow_key
            and old_cells.object_id = new_cells.object_id
            and old_cells.life_cycle_stage = new_cells.life_cycle_stage
),

added_up as (
    select
        payback_id,
        impact_category,
        electricity_view,
        case
            when not bool_or(is_modelled_once) and not bool_or(coalesce(is_unknown and is_electricity, false))
                then {{ ordered_sum('saving') }}
        end as saving,
        {{ ordered_sum('case when is_electricity then saving end') }} as saving_of_electricity,
        {{ ordered_sum('case when not is_electricity then saving end') }} as saving_of_the_rest,
        {{ ordered_sum('case when is_electricity then amount_saved end') }} as electricity_saved,
        {{ distinct_list('electricity_licences') }} as electricity_licences,
        bool_or(is_modelled_once) as is_unequal,
        bool_or(is_modelled_once and not is_electricity) as is_rest_unequal
    from saved
    group by payback_id, impact_category, electricity_view
),

-- volume, life and electricity stand in the row even where nothing is modelled: their licences do too
named as (
    select
        asked.payback_id,
        asked.impact_category,
        asked.electricity_view,
        {{ split_list("concat_ws('; ', asked.licence_sets, added_up.electricity_licences)") }} as licences
    from asked
    left join added_up
        on
            asked.payback_id = added_up.payback_id
            and asked.impact_category = added_up.impact_category
            and asked.electricity_view = added_up.electricity_view
),

licence_sets as (
    select
        payback_id,
        impact_category,
        electricity_view,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('named', 'licences', 'licence_id') }}
    where licence_id != ''
    group by payback_id, impact_category, electricity_view
),

per_use as (
    select
        asked.payback_id,
        asked.question,
        asked.old_scenario_id,
        asked.new_scenario_id,
        asked.impact_category,
        asked.electricity_view,
        asked.unit,
        asked.hardware_lifetime_years,
        asked.volume_per_year,
        asked.note,
        -- a row that names no hardware says that none is made
        case when asked.new_flow_id is null then 0 else asked.items * made.making_of_one end as making,
        added_up.saving / nullif(asked.uses, 0) as saving_per_use,
        added_up.saving_of_the_rest / nullif(asked.uses, 0) as saving_of_the_rest_per_use,
        added_up.electricity_saved / nullif(asked.uses, 0) as electricity_saved_per_use_kwh,
        added_up.saving_of_electricity / nullif(added_up.electricity_saved, 0) as electricity_intensity,
        coalesce(added_up.is_unequal, false) as is_unequal,
        coalesce(added_up.is_rest_unequal, false) as is_rest_unequal
    from asked
    left join made
        on
            asked.payback_id = made.payback_id
            and asked.impact_category = made.impact_category
    left join added_up
        on
            asked.payback_id = added_up.payback_id
            and asked.impact_category = added_up.impact_category
            and asked.electricity_view = added_up.electricity_view
),

judged as (
    select
        *,
        case
            when making is null or saving_per_use is null then 'not_modelled'
            when saving_per_use <= 0 then 'never_pays_back'
            when making = 0 then 'pays_back_at_once'
            else 'pays_back'
        end as outcome,
        case
            when making is null then 'what it takes to make the hardware is not modelled'
            when is_unequal then 'a part of what is saved is modelled on one side alone'
            when saving_per_use is null then 'what is saved is not modelled'
            when saving_per_use < 0 then 'the new one costs more in each use'
            when saving_per_use = 0 then 'nothing is saved'
            when making = 0 then 'nothing is made'
        end as outcome_reason
    from per_use
),

solved as (
    select
        *,
        case when outcome in ('pays_back', 'pays_back_at_once') then making / saving_per_use end as payback_uses,
        -- of making / (volume x life) = electricity saved x intensity + rest of the saving
        case
            when electricity_saved_per_use_kwh > 0 and making > 0 and not is_rest_unequal
                then (
                    making / nullif(volume_per_year * hardware_lifetime_years, 0)
                    - coalesce(saving_of_the_rest_per_use, 0)
                ) / electricity_saved_per_use_kwh
        end as break_even_intensity
    from judged
),

final as (
    select
        solved.payback_id,
        solved.question,
        solved.old_scenario_id,
        solved.new_scenario_id,
        solved.impact_category,
        solved.electricity_view,
        solved.unit,
        solved.making,
        solved.saving_per_use,
        solved.payback_uses,
        solved.volume_per_year,
        solved.saving_per_use * solved.volume_per_year as saving_per_year,
        solved.payback_uses / nullif(solved.volume_per_year, 0) as payback_years,
        solved.hardware_lifetime_years,
        solved.payback_uses / nullif(solved.volume_per_year, 0) <= solved.hardware_lifetime_years
            as is_paid_back_in_life,
        solved.outcome,
        solved.outcome_reason,
        solved.electricity_saved_per_use_kwh,
        solved.electricity_intensity,
        solved.break_even_intensity,
        solved.note,
        licence_sets.licence_set
    from solved
    left join licence_sets
        on
            solved.payback_id = licence_sets.payback_id
            and solved.impact_category = licence_sets.impact_category
            and solved.electricity_view = licence_sets.electricity_view
)

select * from final
