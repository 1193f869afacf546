with

published_values as (
    select
        *,
        cast(as_printed as double) as printed
    from {{ ref('published_values') }}
),

impacts as (
    select * from {{ ref('impacts') }}
),

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

licences_of_results as (
    select * from {{ ref('int_impacts__license') }}
),

flow_sources as (
    select * from {{ ref('int_flows__cite') }}
),

sources as (
    select * from {{ ref('sources') }}
),

units as (
    select * from {{ ref('units') }}
),

normalisation_references as (
    select * from {{ ref('normalisation_references') }}
),

impacts_of_results as (
    select
        published_values.published_value_id,
        impacts.scenario_id,
        impacts.flow_id,
        impacts.selection_id,
        impacts.state,
        impacts.value
    from published_values
    inner join impacts
        on
            published_values.scenario_id = impacts.scenario_id
            and published_values.impact_category = impacts.impact_category
            and impacts.electricity_basis in (published_values.electricity_view, 'not_applicable')
            and (published_values.service_part is null or published_values.service_part = impacts.service_part)
            and (published_values.phase is null or published_values.phase = impacts.phase)
            and (published_values.object_id is null or published_values.object_id = impacts.object_id)
            and (published_values.equipment is null or published_values.equipment = impacts.equipment)
    where published_values.measure = 'impact'
),

summed_impacts as (
    select
        published_value_id,
        {{ ordered_sum('value') }} as total,
        count(case when state = 'modelled' then 1 end) as parts
    from impacts_of_results
    group by published_value_id
),

amounts_of_results as (
    select
        published_values.published_value_id,
        flow_amounts.scenario_id,
        flow_amounts.flow_id,
        flow_amounts.amount
    from published_values
    inner join flow_amounts
        on
            published_values.scenario_id = flow_amounts.scenario_id
            and published_values.object_id = flow_amounts.object_id
            and (published_values.service_part is null or published_values.service_part = flow_amounts.service_part)
            and (published_values.equipment is null or published_values.equipment = flow_amounts.equipment)
    where published_values.measure = 'amount'
),

summed_amounts as (
    select
        published_value_id,
        {{ ordered_sum('amount') }} as total,
        count(amount) as parts
    from amounts_of_results
    group by published_value_id
),

-- what the computed value rests on, and the print that stands beside it
cited as (
    select
        amounts_of_results.published_value_id,
        flow_sources.source_id
    from amounts_of_results
    inner join flow_sources
        on
            amounts_of_results.scenario_id = flow_sources.scenario_id
            and amounts_of_results.flow_id = flow_sources.flow_id
    union
    select
        published_values.published_value_id,
        flow_sources.source_id
    from published_values
    inner join flow_sources
        on
            published_values.scenario_id = flow_sources.scenario_id
            and published_values.per_flow_id = flow_sources.flow_id
    union
    select
        published_values.published_value_id,
        normalisation_references.source_id
    from published_values
    inner join normalisation_references
        on published_values.normalisation_reference_id = normalisation_references.normalisation_reference_id
    union
    select
        published_value_id,
        source_id
    from published_values
),

licences as (
    select
        cited.published_value_id,
        sources.licence_id
    from cited
    inner join sources on cited.source_id = sources.source_id
    union
    select
        impacts_of_results.published_value_id,
        licences_of_results.licence_id
    from impacts_of_results
    inner join licences_of_results
        on
            impacts_of_results.scenario_id = licences_of_results.scenario_id
            and impacts_of_results.flow_id = licences_of_results.flow_id
            and impacts_of_results.selection_id = licences_of_results.selection_id
),

licence_sets as (
    select
        published_value_id,
        {{ distinct_list('licence_id') }} as licence_set
    from licences
    group by published_value_id
),

summed as (
    select * from summed_impacts
    union all
    select * from summed_amounts
),

computed as (
    select
        published_values.*,
        summed.total
        / case when published_values.per_flow_id is null then 1 else nullif(per_flow.amount, 0) end
        / coalesce(normalisation_references.value, 1)
        / units.to_canonical_factor as computed,
        cast(coalesce(summed.parts, 0) as integer) as parts
    from published_values
    left join summed on published_values.published_value_id = summed.published_value_id
    left join units on published_values.unit = units.unit
    left join normalisation_references
        on published_values.normalisation_reference_id = normalisation_references.normalisation_reference_id
    left join flow_amounts as per_flow
        on
            published_values.scenario_id = per_flow.scenario_id
            and published_values.per_flow_id = per_flow.flow_id
),

final as (
    select
        computed.published_value_id,
        computed.study_id,
        computed.case_id,
        computed.scenario_id,
        computed.quantity,
        computed.computed,
        computed.printed,
        computed.unit,
        100 * (computed.computed - computed.printed) / nullif(abs(computed.printed), 0) as residual_pct,
        -- a value on the edge of its print interval is inside it: the last bit must not decide
        coalesce(
            abs(computed.computed - computed.printed) <= computed.print_step / 2 * (1 + 1e-9), false
        ) as inside_print_rounding,
        computed.as_printed,
        computed.print_step,
        computed.kind,
        computed.parts,
        computed.source_id,
        computed.locator,
        computed.note,
        licence_sets.licence_set
    from computed
    left join licence_sets on computed.published_value_id = licence_sets.published_value_id
)

select * from final
