with

scopes as (
    select * from {{ ref('int_model_cards__scope') }}
),

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

flow_amount_terms as (
    select * from {{ ref('flow_amount_terms') }}
),

flows as (
    select * from {{ ref('flows') }}
),

boundary_terms as (
    select * from {{ ref('boundary_terms') }}
),

flow_sources as (
    select * from {{ ref('int_flows__cite') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

impact_totals as (
    select * from {{ ref('impact_totals') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

functional_units as (
    select * from {{ ref('functional_units') }}
),

ancestry as (
    select * from {{ ref('int_scenarios__ancestry') }}
),

scenario_geographies as (
    select * from {{ ref('scenario_geographies') }}
),

geographies as (
    select * from {{ ref('geographies') }}
),

card_fields as (
    select * from {{ ref('model_card_fields') }}
),

card_parameters as (
    select * from {{ ref('model_card_parameters') }}
),

sources as (
    select * from {{ ref('sources') }}
),

trainings as (
    select distinct
        scenario_id,
        factor_set_id,
        geography_role,
        task
    from scopes
),

-- an answer is one of the functional unit, or one of what a parameter counts
samples as (
    select
        scopes.scenario_id,
        scopes.part_scope,
        max(coalesce(parameter_values.value, functional_units.functional_quantity)) as samples
    from scopes
    inner join flow_amounts on scopes.counted_scenario_id = flow_amounts.scenario_id
    inner join functional_units on flow_amounts.functional_unit_id = functional_units.functional_unit_id
    left join parameter_values
        on
            scopes.counted_scenario_id = parameter_values.scenario_id
            and scopes.samples_parameter_name = parameter_values.parameter_name
    where
        scopes.part_scope = 'inference'
        and (scopes.samples_parameter_name is null or parameter_values.value is not null)
    group by scopes.scenario_id, scopes.part_scope
),

asked_impacts as (
    select
        scopes.scenario_id,
        scopes.sample,
        scopes.link_source_id,
        scopes.link_locator,
        scopes.counted_scenario_id,
        card_fields.field_no,
        card_fields.answer_item,
        card_fields.part_scope,
        card_fields.phase as asked_phase,
        impacts.phase,
        impacts.object_id,
        impacts.state,
        impacts.state_reason,
        impacts.value,
        impacts.amount,
        impacts.factor_source_id,
        impacts.licence_set
    from card_fields
    inner join scopes on card_fields.part_scope = scopes.part_scope
    inner join impacts
        on
            scopes.counted_scenario_id = impacts.scenario_id
            and scopes.service_part = impacts.service_part
            and (card_fields.phase is null or card_fields.phase = impacts.phase)
            and (
                impacts.electricity_basis = 'not_applicable'
                or card_fields.electricity_view = impacts.electricity_basis
            )
    where
        card_fields.answer_from in ('impact', 'intensity')
        and impacts.impact_category = 'GWP'
        and impacts.state in ('modelled', 'not_modelled')
        and (card_fields.answer_from = 'impact' or impacts.object_id = 'electricity')
),

summed_impacts as (
    select
        scenario_id,
        field_no,
        answer_item,
        part_scope,
        max(asked_phase) as asked_phase,
        max(sample) as sample,
        max(link_source_id) as link_source_id,
        max(link_locator) as link_locator,
        max(counted_scenario_id) as counted_scenario_id,
        {{ ordered_sum('value') }} as value,
        {{ ordered_sum("case when object_id = 'electricity' and state = 'modelled' then amount end") }} as energy,
        count(*) as cells_expected,
        count(value) as cells_modelled,
        count(case when phase = 'operational' and state = 'not_modelled' then 1 end) as operation_missing,
        {{ distinct_list("case when state = 'not_modelled' then state_reason end") }} as reasons,
        {{ distinct_list('factor_source_id') }} as cited_sources,
        {{ distinct_list('case when value is not null then licence_set end') }} as licence_sets
    from asked_impacts
    group by scenario_id, field_no, answer_item, part_scope
),

impact_answers as (
    select
        summed_impacts.scenario_id,
        summed_impacts.answer_item,
        nullif(
            concat_ws(
                '; ',
                summed_impacts.sample,
                case
                    when summed_impacts.cells_modelled < summed_impacts.cells_expected
                        then concat(
                            'partial: ', cast(summed_impacts.cells_modelled as string),
                            ' of ', cast(summed_impacts.cells_expected as string), ' flows by stage have a factor'
                        )
                end
            ),
            ''
        ) as detail,
        -- a total without its electricity would pass for a small one
        case
            when summed_impacts.asked_phase is null and summed_impacts.operation_missing > 0 then null
            when summed_impacts.part_scope = 'inference' then summed_impacts.value / nullif(samples.samples, 0)
            else summed_impacts.value
        end as value,
        'computed' as state,
        summed_impacts.reasons as state_reason,
        concat('marts.impacts of ', summed_impacts.counted_scenario_id) as answer_evidence,
        concat_ws('; ', summed_impacts.cited_sources, summed_impacts.link_source_id) as cited_sources,
        summed_impacts.link_locator as locator,
        summed_impacts.licence_sets
    from summed_impacts
    inner join card_fields on summed_impacts.answer_item = card_fields.answer_item
    left join samples
        on
            summed_impacts.scenario_id = samples.scenario_id
            and summed_impacts.part_scope = samples.part_scope
    where card_fields.answer_from = 'impact'
),

intensity_answers as (
    select
        summed_impacts.scenario_id,
        summed_impacts.answer_item,
        cast(null as string) as detail,
        summed_impacts.value / nullif(summed_impacts.energy, 0) as value,
        'computed' as state,
        summed_impacts.reasons as state_reason,
        concat('marts.impacts by marts.flow_amounts of ', summed_impacts.counted_scenario_id) as answer_evidence,
        summed_impacts.cited_sources,
        cast(null as string) as locator,
        summed_impacts.licence_sets
    from summed_impacts
    inner join card_fields on summed_impacts.answer_item = card_fields.answer_item
    where card_fields.answer_from = 'intensity'
),

-- an amount rests on its parameters as much as on the method that multiplies them
cited_by_flows as (
    select
        scenario_id,
        flow_id,
        {{ distinct_list('source_id') }} as cited_sources
    from flow_sources
    group by scenario_id, flow_id
),

-- a study may count no overhead, or keep it in its factor: then the electricity "of the facility" is that of the IT
overheads as (
    select
        flow_amount_terms.scenario_id,
        flow_amount_terms.flow_id,
        max(
            case
                when flow_amount_terms.value = 1 then 'no overhead of the site is in it (a factor of 1)'
                else concat('overhead of the site in it: a factor of ', cast(flow_amount_terms.value as string))
            end
        ) as overhead
    from flow_amount_terms
    inner join flows on flow_amount_terms.flow_id = flows.flow_id
    inner join boundary_terms
        on
            flows.model_id = boundary_terms.model_id
            and flow_amount_terms.parameter_name = boundary_terms.parameter_name
    where
        boundary_terms.to_boundary = 'facility'
        and boundary_terms.boundary_rule = 'whole'
        and flow_amount_terms.unit = '1'
        and flow_amount_terms.value is not null
    group by flow_amount_terms.scenario_id, flow_amount_terms.flow_id
),

energies as (
    select
        scopes.scenario_id,
        scopes.part_scope,
        case when count(*) = count(flow_amounts.amount) then {{ ordered_sum('flow_amounts.amount') }} end as energy,
        {{ distinct_list('cited_by_flows.cited_sources') }} as cited_sources,
        {{ distinct_list('flow_amounts.energy_boundary') }} as energy_boundaries,
        {{ distinct_list('overheads.overhead') }} as overheads,
        {{ distinct_list('flow_amounts.licence_set') }} as licence_sets
    from scopes
    inner join flow_amounts
        on
            scopes.counted_scenario_id = flow_amounts.scenario_id
            and scopes.service_part = flow_amounts.service_part
    left join cited_by_flows
        on
            flow_amounts.scenario_id = cited_by_flows.scenario_id
            and flow_amounts.flow_id = cited_by_flows.flow_id
    left join overheads
        on
            flow_amounts.scenario_id = overheads.scenario_id
            and flow_amounts.flow_id = overheads.flow_id
    where
        flow_amounts.object_id = 'electricity'
        and flow_amounts.stage_rule = 'use'
        and scopes.part_scope in ('training', 'idle')
    group by scopes.scenario_id, scopes.part_scope
),

energy_answers as (
    select
        energies.scenario_id,
        card_fields.answer_item,
        concat_ws(
            '; ',
            concat('boundary of the electricity: ', energies.energy_boundaries),
            energies.overheads
        ) as detail,
        energies.energy as value,
        'computed' as state,
        cast(null as string) as state_reason,
        concat('marts.flow_amounts of ', energies.scenario_id) as answer_evidence,
        energies.cited_sources,
        cast(null as string) as locator,
        energies.licence_sets
    from energies
    inner join card_fields on energies.part_scope = card_fields.part_scope
    where card_fields.answer_from = 'energy'
),

named_parameters as (
    select
        parameter_values.*,
        card_parameters.answer_item,
        row_number() over (
            partition by parameter_values.scenario_id, card_parameters.answer_item
            order by card_parameters.position, parameter_values.parameter_name
        ) as choice
    from parameter_values
    inner join card_parameters on parameter_values.parameter_name = card_parameters.parameter_name
    where parameter_values.value is not null
),

parameter_answers as (
    select
        scenario_id,
        answer_item,
        case when kind not in ('published', 'derived') then kind end as detail,
        value,
        case when method = 'stated' then 'stated' else 'computed' end as state,
        cast(null as string) as state_reason,
        concat('parameter ', parameter_name, ' of ', scenario_id) as answer_evidence,
        source_id as cited_sources,
        locator,
        licence_set as licence_sets
    from named_parameters
    where choice = 1
),

linked_parameter_answers as (
    select
        scopes.scenario_id,
        card_fields.answer_item,
        nullif(concat_ws('; ', scopes.sample, parameter_answers.detail), '') as detail,
        parameter_answers.value,
        parameter_answers.state,
        cast(null as string) as state_reason,
        parameter_answers.answer_evidence,
        parameter_answers.cited_sources,
        parameter_answers.locator,
        parameter_answers.licence_sets
    from scopes
    inner join card_fields on scopes.part_scope = card_fields.part_scope
    inner join parameter_answers
        on
            scopes.counted_scenario_id = parameter_answers.scenario_id
            and parameter_answers.answer_item = 'accelerator_time'
    where
        card_fields.answer_from = 'linked_parameter'
        and scopes.counted_scenario_id != scopes.scenario_id
),

mean_power_answers as (
    select
        energies.scenario_id,
        card_fields.answer_item,
        cast(null as string) as detail,
        energies.energy / nullif(parameter_answers.value, 0) as value,
        'computed' as state,
        cast(null as string) as state_reason,
        concat('marts.flow_amounts by ', parameter_answers.answer_evidence) as answer_evidence,
        concat_ws('; ', energies.cited_sources, parameter_answers.cited_sources) as cited_sources,
        parameter_answers.locator,
        concat_ws('; ', energies.licence_sets, parameter_answers.licence_sets) as licence_sets
    from energies
    inner join card_fields on energies.part_scope = card_fields.part_scope
    inner join parameter_answers
        on
            energies.scenario_id = parameter_answers.scenario_id
            and parameter_answers.answer_item = 'duration'
    where card_fields.answer_from = 'mean_power'
),

places as (
    select
        trainings.scenario_id,
        scenario_geographies.geography_id,
        scenario_geographies.source_id,
        scenario_geographies.locator,
        row_number() over (partition by trainings.scenario_id order by ancestry.distance) as choice
    from trainings
    inner join ancestry on trainings.scenario_id = ancestry.scenario_id
    inner join scenario_geographies
        on
            ancestry.ancestor_id = scenario_geographies.scenario_id
            and trainings.geography_role = scenario_geographies.geography_role
),

-- the world is where a run stands whose place nobody states
place_answers as (
    select
        places.scenario_id,
        card_fields.answer_item,
        case
            when places.geography_id != 'GLO' then concat(geographies.name_en, ' (', places.geography_id, ')')
        end as detail,
        cast(null as double) as value,
        'stated' as state,
        places.locator as state_reason,
        concat('scenario_geographies of ', places.scenario_id) as answer_evidence,
        places.source_id as cited_sources,
        places.locator,
        sources.licence_id as licence_sets
    from places
    inner join card_fields on card_fields.answer_from = 'place'
    left join geographies on places.geography_id = geographies.geography_id
    left join sources on places.source_id = sources.source_id
    where places.choice = 1
),

boundary_answers as (
    select
        trainings.scenario_id,
        card_fields.answer_item,
        concat(
            trainings.task, '; factor set ', trainings.factor_set_id, '; ',
            cast(impact_totals.flows_modelled as string), ' of ', cast(impact_totals.flows_expected as string),
            ' flows by stage of the whole scenario have a factor for climate change (location view)'
        ) as detail,
        cast(null as double) as value,
        'computed' as state,
        cast(null as string) as state_reason,
        concat('marts.impact_totals of ', trainings.scenario_id) as answer_evidence,
        cast(null as string) as cited_sources,
        cast(null as string) as locator,
        impact_totals.licence_set as licence_sets
    from trainings
    inner join card_fields on card_fields.answer_from = 'boundary'
    inner join impact_totals
        on
            trainings.scenario_id = impact_totals.scenario_id
            and impact_totals.impact_category = 'GWP'
            and impact_totals.electricity_view = 'location'
),

final as (
    select * from impact_answers
    union all
    select * from intensity_answers
    union all
    select * from energy_answers
    union all
    select * from parameter_answers
    union all
    select * from linked_parameter_answers
    union all
    select * from mean_power_answers
    union all
    select * from place_answers
    union all
    select * from boundary_answers
)

select * from final
