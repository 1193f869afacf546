with

amortisations as (
    select * from {{ ref('amortisations') }}
),

amortisation_roles as (
    select * from {{ ref('amortisation_roles') }}
),

cells as (
    select * from {{ ref('impacts_by_part_stage_category') }}
),

published_values as (
    select * from {{ ref('published_values') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

impact_categories as (
    select * from {{ ref('impact_categories') }}
),

units as (
    select * from {{ ref('units') }}
),

sources as (
    select * from {{ ref('sources') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

roles as (
    select 'inference' as role
    union all
    select 'training' as role
    union all
    select 'experimentation' as role
),

phases as (
    select 'operational' as phase
    union all
    select 'embodied' as phase
),

alternatives as (
    select 'by_inferences' as alternative
    union all
    select 'by_years' as alternative
    union all
    select 'training_as_embodied' as alternative
),

services as (
    select
        amortisations.amortisation_id,
        amortisations.request_rate_per_s,
        case when amortisations.request_rate_per_s is not null then sources.licence_id end as licence_id_of_rate,
        delivered.value as functional_units,
        delivered.unit as per_unit,
        delivered.licence_set as licence_set_of_units,
        volumes.value as volume_per_year,
        volumes.licence_set as licence_set_of_volume
    from amortisations
    left join sources on amortisations.source_id = sources.source_id
    left join parameter_values as delivered
        on
            amortisations.inference_scenario_id = delivered.scenario_id
            and amortisations.functional_units_parameter = delivered.parameter_name
    left join parameter_values as volumes
        on
            amortisations.inference_scenario_id = volumes.scenario_id
            and amortisations.volume_per_year_parameter = volumes.parameter_name
),

-- what the numbers rest on, of the service and of each of its costs
notes as (
    select
        amortisation_id,
        note
    from amortisations
    union all
    select
        amortisation_id,
        note
    from amortisation_roles
),

listed_notes as (
    select
        amortisation_id,
        {{ distinct_list('note') }} as cost_notes
    from notes
    group by amortisation_id
),

-- several parts may be named, separated by semicolons
costs_of_scenarios as (
    select
        amortisation_roles.amortisation_id,
        amortisation_roles.role,
        cells.phase,
        cells.impact_category,
        views.electricity_view,
        cells.flows_expected,
        cells.flows_modelled,
        cells.value,
        cells.licence_set
    from amortisation_roles
    inner join cells
        on
            amortisation_roles.cost_scenario_id = cells.scenario_id
            and (amortisation_roles.phase is null or amortisation_roles.phase = cells.phase)
            and (
                amortisation_roles.service_part is null
                or concat(';', amortisation_roles.service_part, ';') like concat('%;', cells.service_part, ';%')
            )
    inner join views on cells.electricity_basis in (views.electricity_view, 'not_applicable')
    where cells.flows_expected > 0
),

printed_costs as (
    select
        amortisation_roles.amortisation_id,
        amortisation_roles.role,
        amortisation_roles.phase,
        published_values.impact_category,
        published_values.electricity_view,
        1 as flows_expected,
        1 as flows_modelled,
        cast(published_values.as_printed as double) * units.to_canonical_factor as value,
        sources.licence_id as licence_set
    from amortisation_roles
    inner join published_values on amortisation_roles.cost_published_value_id = published_values.published_value_id
    inner join units on published_values.unit = units.unit
    inner join sources on published_values.source_id = sources.source_id
),

costs as (
    select * from costs_of_scenarios
    union all
    select * from printed_costs
),

-- each amortisation has each of the six, so that one that nobody models is seen
terms as (
    select
        services.amortisation_id,
        roles.role,
        phases.phase,
        impact_categories.impact_category,
        views.electricity_view,
        {{ ordered_sum('costs.value') }} as cost,
        coalesce(sum(costs.flows_expected), 0) as flows_expected,
        coalesce(sum(costs.flows_modelled), 0) as flows_modelled,
        {{ distinct_list('costs.licence_set') }} as licence_sets
    from services
    cross join roles
    cross join phases
    cross join impact_categories
    cross join views
    left join costs
        on
            services.amortisation_id = costs.amortisation_id
            and roles.role = costs.role
            and phases.phase = costs.phase
            and impact_categories.impact_category = costs.impact_category
            and views.electricity_view = costs.electricity_view
    where impact_categories.is_in_results
    group by
        services.amortisation_id,
        roles.role,
        phases.phase,
        impact_categories.impact_category,
        views.electricity_view
),

added_up as (
    select
        amortisation_id,
        impact_category,
        electricity_view,
        {{ ordered_sum("case when role = 'inference' then cost end") }} as marginal_cost,
        {{ ordered_sum("case when role = 'inference' and phase = 'operational' then cost end") }}
            as marginal_operational,
        {{ ordered_sum("case when role = 'inference' and phase = 'embodied' then cost end") }} as marginal_embodied,
        {{ ordered_sum("case when role = 'training' and phase = 'operational' then cost end") }}
            as training_operational,
        {{ ordered_sum("case when role = 'training' and phase = 'embodied' then cost end") }} as training_embodied,
        {{ ordered_sum("case when role = 'experimentation' and phase = 'operational' then cost end") }}
            as experimentation_operational,
        {{ ordered_sum("case when role = 'experimentation' and phase = 'embodied' then cost end") }}
            as experimentation_embodied,
        {{ ordered_sum("case when role != 'inference' then cost end") }} as fixed_cost,
        {{ ordered_sum("case when role != 'inference' and phase = 'operational' then cost end") }}
            as fixed_operational,
        {{ ordered_sum("case when role != 'inference' and phase = 'embodied' then cost end") }} as fixed_embodied,
        sum(flows_modelled) as flows_modelled,
        {{ distinct_list("case when flows_modelled = 0 then concat(role, ' ', phase) end") }} as terms_missing,
        {{ distinct_list(
            "case when flows_modelled between 1 and flows_expected - 1 then concat(role, ' ', phase) end"
        ) }} as terms_partial,
        {{ distinct_list('licence_sets') }} as licence_sets
    from terms
    group by amortisation_id, impact_category, electricity_view
),

per_functional_unit as (
    select
        added_up.amortisation_id,
        added_up.impact_category,
        added_up.electricity_view,
        impact_categories.unit,
        services.per_unit,
        services.request_rate_per_s,
        services.volume_per_year,
        added_up.marginal_cost / nullif(services.functional_units, 0) as marginal_cost,
        added_up.marginal_operational / nullif(services.functional_units, 0) as marginal_operational,
        added_up.marginal_embodied / nullif(services.functional_units, 0) as marginal_embodied,
        added_up.fixed_cost,
        added_up.training_operational,
        added_up.training_embodied,
        added_up.experimentation_operational,
        added_up.experimentation_embodied,
        added_up.fixed_operational,
        added_up.fixed_embodied,
        case
            when added_up.flows_modelled = 0 then 'none'
            when added_up.terms_missing is null and added_up.terms_partial is null then 'complete'
            else 'partial'
        end as completeness,
        added_up.terms_missing,
        added_up.terms_partial,
        {{ split_list("concat_ws(
            '; ',
            added_up.licence_sets,
            services.licence_id_of_rate,
            services.licence_set_of_units,
            services.licence_set_of_volume
        )") }} as licences
    from added_up
    inner join services on added_up.amortisation_id = services.amortisation_id
    inner join impact_categories on added_up.impact_category = impact_categories.impact_category
),

licence_sets as (
    select
        amortisation_id,
        impact_category,
        electricity_view,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('per_functional_unit', 'licences', 'licence_id') }}
    where licence_id != ''
    group by amortisation_id, impact_category, electricity_view
),

break_evens as (
    select
        *,
        -- without a marginal cost it would be too high by any amount; without one before use it is too low, as
        -- terms_missing says
        case
            when marginal_operational is not null and marginal_embodied is not null
                then fixed_cost / nullif(marginal_cost, 0)
        end as break_even_inferences,
        training_operational / nullif(marginal_operational, 0) as training_break_even_inferences
    from per_functional_unit
),

final as (
    select
        break_evens.amortisation_id,
        alternatives.alternative,
        break_evens.impact_category,
        break_evens.electricity_view,
        break_evens.request_rate_per_s,
        break_evens.unit,
        break_evens.per_unit,
        break_evens.marginal_operational,
        break_evens.marginal_embodied,
        break_evens.marginal_cost,
        break_evens.training_operational,
        break_evens.training_embodied,
        break_evens.experimentation_operational,
        break_evens.experimentation_embodied,
        break_evens.fixed_cost,
        -- as embodied, what the training emitted in use stands with its hardware
        case when alternatives.alternative != 'training_as_embodied' then break_evens.fixed_operational end
            as fixed_operational,
        case
            when alternatives.alternative = 'training_as_embodied' then break_evens.fixed_cost
            else break_evens.fixed_embodied
        end as fixed_embodied,
        break_evens.break_even_inferences,
        -- fixed cost a tenth of the marginal cost
        break_evens.break_even_inferences * 10 as near_asymptote_inferences,
        break_evens.training_break_even_inferences,
        break_evens.volume_per_year,
        break_evens.break_even_inferences / nullif(break_evens.volume_per_year, 0) as break_even_years,
        break_evens.completeness,
        break_evens.terms_missing,
        break_evens.terms_partial,
        listed_notes.cost_notes,
        licence_sets.licence_set
    from break_evens
    cross join alternatives
    left join listed_notes on break_evens.amortisation_id = listed_notes.amortisation_id
    left join licence_sets
        on
            break_evens.amortisation_id = licence_sets.amortisation_id
            and break_evens.impact_category = licence_sets.impact_category
            and break_evens.electricity_view = licence_sets.electricity_view
)

select * from final
