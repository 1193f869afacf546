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

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

units as (
    select * from {{ ref('units') }}
),

normalisation_references as (
    select
        *,
        coalesce(value, global_budget / population) as budget_per_person
    from {{ ref('planetary_budgets') }}
),

sources as (
    select * from {{ ref('sources') }}
),

source_grades as (
    select * from {{ ref('source_grades') }}
),

published_boundaries as (
    select * from {{ ref('published_boundaries') }}
),

-- the longest pattern says most about a quantity
boundaries as (
    select
        published_values.published_value_id,
        published_boundaries.published_boundary
    from published_values
    inner join published_boundaries
        on
            published_values.study_id = published_boundaries.study_id
            and published_values.quantity like published_boundaries.quantity_pattern
    qualify row_number() over (
        partition by published_values.published_value_id
        order by length(published_boundaries.quantity_pattern) desc, published_boundaries.quantity_pattern
    ) = 1
),

-- several parts may be named, separated by semicolons
summed_impacts as (
    select
        published_values.published_value_id,
        {{ ordered_sum('impacts.value') }} as total,
        count(case when impacts.state = 'modelled' then 1 end) as parts,
        {{ distinct_list('case when impacts.value is not null then impacts.licence_set end') }} as licence_sets
    from published_values
    inner join impacts
        on
            published_values.scenario_id = impacts.scenario_id
            and published_values.impact_category = impacts.impact_category
            and impacts.electricity_basis in (published_values.electricity_view, 'not_applicable')
            and (
                published_values.service_part is null
                or concat(';', published_values.service_part, ';') like concat('%;', impacts.service_part, ';%')
            )
            and (published_values.phase is null or published_values.phase = impacts.phase)
            and (published_values.object_id is null or published_values.object_id = impacts.object_id)
            and (published_values.equipment is null or published_values.equipment = impacts.equipment)
    where published_values.measure in ('impact', 'impact_share')
    group by published_values.published_value_id
),

-- what a share is a share of: the modelled impacts of all parts
wholes as (
    select
        published_values.published_value_id,
        {{ ordered_sum('impacts.value') }} as whole,
        {{ distinct_list('case when impacts.value is not null then impacts.licence_set end') }} as licence_sets
    from published_values
    inner join impacts
        on
            published_values.scenario_id = impacts.scenario_id
            and published_values.impact_category = impacts.impact_category
            and impacts.electricity_basis in (published_values.electricity_view, 'not_applicable')
            and (published_values.phase is null or published_values.phase = impacts.phase)
    where published_values.measure = 'impact_share'
    group by published_values.published_value_id
),

found_parameters as (
    select
        published_values.published_value_id,
        parameter_values.value as total,
        1 as parts,
        parameter_values.licence_set as licence_sets
    from published_values
    inner join parameter_values
        on
            published_values.scenario_id = parameter_values.scenario_id
            and published_values.parameter_name = parameter_values.parameter_name
    where published_values.measure = 'parameter'
),

summed_amounts as (
    select
        published_values.published_value_id,
        {{ ordered_sum('flow_amounts.amount') }} as total,
        count(flow_amounts.amount) as parts,
        {{ distinct_list('flow_amounts.licence_set') }} as licence_sets
    from published_values
    inner join flow_amounts
        on
            published_values.scenario_id = flow_amounts.scenario_id
            and published_values.object_id = flow_amounts.object_id
            and (published_values.service_part is null or published_values.service_part = flow_amounts.service_part)
            and (published_values.equipment is null or published_values.equipment = flow_amounts.equipment)
    where published_values.measure = 'amount'
    group by published_values.published_value_id
),

summed as (
    select * from summed_impacts
    union all
    select * from summed_amounts
    union all
    select * from found_parameters
),

computed as (
    select
        published_values.*,
        summed.total
        / case when published_values.per_flow_id is null then 1 else nullif(per_flow.amount, 0) end
        / case when published_values.measure = 'impact_share' then nullif(wholes.whole, 0) else 1 end
        / coalesce(normalisation_references.budget_per_person, 1)
        / units.to_canonical_factor as computed,
        cast(coalesce(summed.parts, 0) as integer) as parts,
        -- what the computed value rests on, and the print that stands beside it
        {{ split_list("concat_ws(
            '; ',
            summed.licence_sets,
            wholes.licence_sets,
            per_flow.licence_set,
            sources_of_references.licence_id,
            sources.licence_id
        )") }} as licences
    from published_values
    left join summed on published_values.published_value_id = summed.published_value_id
    left join wholes on published_values.published_value_id = wholes.published_value_id
    left join units on published_values.unit = units.unit
    left join normalisation_references
        on published_values.normalisation_reference_id = normalisation_references.normalisation_reference_id
    left join sources as sources_of_references
        on normalisation_references.source_id = sources_of_references.source_id
    left join sources on published_values.source_id = sources.source_id
    left join flow_amounts as per_flow
        on
            published_values.scenario_id = per_flow.scenario_id
            and published_values.per_flow_id = per_flow.flow_id
),

licence_sets as (
    select
        published_value_id,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('computed', 'licences', 'licence_id') }}
    where licence_id != ''
    group by published_value_id
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
        case
            when computed.print_relation = '='
                then 100 * (computed.computed - computed.printed) / nullif(abs(computed.printed), 0)
        end as residual_pct,
        -- a value on the edge of its print interval is inside it: the last bit must not decide
        coalesce(
            case computed.print_relation
                when '>' then computed.computed > computed.printed
                when '<' then computed.computed < computed.printed
                else abs(computed.computed - computed.printed) <= computed.print_step / 2 * (1 + 1e-9)
            end,
            false
        ) as inside_print_rounding,
        computed.as_printed,
        computed.print_relation,
        computed.print_step,
        computed.kind,
        boundaries.published_boundary,
        computed.parts,
        computed.source_id,
        source_grades.source_grade,
        computed.locator,
        computed.note,
        licence_sets.licence_set
    from computed
    left join licence_sets on computed.published_value_id = licence_sets.published_value_id
    left join boundaries on computed.published_value_id = boundaries.published_value_id
    left join source_grades on computed.source_id = source_grades.source_id
)

select * from final
