with

request_cases as (
    select * from {{ ref('request_cases') }}
),

request_methods as (
    select * from {{ ref('request_methods') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

flow_amount_terms as (
    select * from {{ ref('flow_amount_terms') }}
),

boundary_terms as (
    select * from {{ ref('boundary_terms') }}
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

boundaries as (
    select 'card' as energy_boundary
    union all
    select 'node' as energy_boundary
    union all
    select 'facility' as energy_boundary
),

sizes as (
    select
        scenario_id,
        max(case when parameter_name = 'output_tokens' then value end) as output_tokens,
        max(case when parameter_name = 'input_tokens' then value end) as input_tokens,
        max(case when parameter_name = 'cached_tokens' then value end) as cached_tokens,
        max(case when parameter_name = 'batch_size' then value end) as batch_size,
        {{ distinct_list('licence_set') }} as licences_of_sizes
    from parameter_values
    where parameter_name in ('output_tokens', 'input_tokens', 'cached_tokens', 'batch_size')
    group by scenario_id
),

compared as (
    select
        request_cases.request_case_id,
        request_cases.scenario_id,
        request_cases.method_id,
        request_cases.is_reference,
        request_cases.note,
        reference_cases.scenario_id as reference_scenario_id,
        scenarios.scenario_title,
        scenarios.model_id,
        scenarios.factor_set_id,
        request_methods.metered_boundary,
        request_methods.evidence,
        sizes.batch_size,
        sizes.output_tokens,
        sizes.input_tokens,
        sizes.cached_tokens,
        sizes.licences_of_sizes
    from request_cases
    inner join request_methods on request_cases.method_id = request_methods.method_id
    inner join scenarios on request_cases.scenario_id = scenarios.scenario_id
    left join request_cases as reference_cases
        on
            request_cases.request_case_id = reference_cases.request_case_id
            and reference_cases.is_reference
    left join sizes on request_cases.scenario_id = sizes.scenario_id
),

compared_scenarios as (
    select distinct
        scenario_id,
        model_id
    from compared
),

overheads as (
    select
        flow_amount_terms.scenario_id,
        flow_amount_terms.flow_id,
        {{ product('pow(flow_amount_terms.value, flow_amount_terms.exponent)') }} as overhead
    from flow_amount_terms
    inner join compared_scenarios on flow_amount_terms.scenario_id = compared_scenarios.scenario_id
    inner join boundary_terms
        on
            compared_scenarios.model_id = boundary_terms.model_id
            and flow_amount_terms.parameter_name = boundary_terms.parameter_name
    where boundary_terms.to_boundary = 'facility' and boundary_terms.boundary_rule = 'whole'
    group by flow_amount_terms.scenario_id, flow_amount_terms.flow_id
),

-- what stands in another flow is not missing
elsewhere as (
    select distinct
        scenario_id,
        flow_id
    from impacts
    where state = 'included_elsewhere' and amount is null
),

electricity as (
    select
        flow_amounts.scenario_id,
        flow_amounts.equipment,
        flow_amounts.amount,
        flow_amounts.amount / coalesce(overheads.overhead, 1) as amount_before_overhead,
        flow_amounts.amount_unit,
        flow_amounts.licence_set,
        elsewhere.flow_id is null as is_expected
    from flow_amounts
    inner join compared_scenarios on flow_amounts.scenario_id = compared_scenarios.scenario_id
    left join overheads
        on
            flow_amounts.scenario_id = overheads.scenario_id
            and flow_amounts.flow_id = overheads.flow_id
    left join elsewhere
        on
            flow_amounts.scenario_id = elsewhere.scenario_id
            and flow_amounts.flow_id = elsewhere.flow_id
    where flow_amounts.object_id = 'electricity' and flow_amounts.service_part = 'inference'
),

-- the flow of equipment `gpu` is what the cards take, all others are of the node around them
energies as (
    select
        electricity.scenario_id,
        cast(null as string) as impact_category,
        cast(null as string) as electricity_view,
        boundaries.energy_boundary,
        {{ ordered_sum("case
            when boundaries.energy_boundary = 'facility' then electricity.amount
            else electricity.amount_before_overhead
        end") }} as value,
        electricity.amount_unit as unit,
        count(electricity.amount) as flows_modelled,
        count(case when electricity.is_expected then 1 end) as flows_expected,
        {{ distinct_list('case when electricity.amount is not null then electricity.licence_set end') }} as licences
    from electricity
    inner join boundaries on boundaries.energy_boundary != 'card' or electricity.equipment = 'gpu'
    group by electricity.scenario_id, boundaries.energy_boundary, electricity.amount_unit
),

totals as (
    select
        impact_totals.scenario_id,
        impact_totals.impact_category,
        impact_totals.electricity_view,
        cast(null as string) as energy_boundary,
        impact_totals.value,
        impact_totals.unit,
        impact_totals.flows_modelled,
        impact_totals.flows_expected,
        impact_totals.licence_set as licences
    from impact_totals
    inner join compared_scenarios on impact_totals.scenario_id = compared_scenarios.scenario_id
),

results as (
    select * from energies
    union all
    select * from totals
),

rows_of_cases as (
    select
        compared.*,
        results.impact_category,
        results.electricity_view,
        results.energy_boundary,
        results.value,
        results.unit,
        results.flows_modelled,
        results.flows_expected,
        results.licences,
        case
            when results.impact_category is null then concat('energy|', results.energy_boundary)
            else concat(results.impact_category, '|', results.electricity_view)
        end as compared_key,
        case
            when results.flows_modelled = 0 then 'none'
            when results.flows_modelled = results.flows_expected then 'complete'
            else 'partial'
        end as completeness
    from compared
    inner join results on compared.scenario_id = results.scenario_id
),

beside_reference as (
    select
        rows_of_cases.*,
        concat(
            rows_of_cases.request_case_id, '|', rows_of_cases.scenario_id, '|', rows_of_cases.compared_key
        ) as request_value_id,
        reference.value as reference_value,
        rows_of_cases.value / nullif(reference.value, 0) as ratio_to_reference,
        -- another batch, another length or other factors are no difference of methods
        coalesce(
            rows_of_cases.completeness = 'complete'
            and reference.completeness = 'complete'
            and rows_of_cases.batch_size = reference.batch_size
            and rows_of_cases.output_tokens = reference.output_tokens
            and (
                rows_of_cases.impact_category is null
                or rows_of_cases.factor_set_id = reference.factor_set_id
            ),
            false
        ) as is_like_for_like,
        {{ split_list("concat_ws(
            '; ',
            rows_of_cases.licences,
            rows_of_cases.licences_of_sizes,
            reference.licences
        )") }} as licence_list
    from rows_of_cases
    left join rows_of_cases as reference
        on
            rows_of_cases.request_case_id = reference.request_case_id
            and rows_of_cases.compared_key = reference.compared_key
            and reference.is_reference
),

-- a ratio tells of the reference too, and the sizes stand in the row whatever is modelled
licence_sets as (
    select
        request_value_id,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('beside_reference', 'licence_list', 'licence_id') }}
    where licence_id != ''
    group by request_value_id
),

final as (
    select
        beside_reference.request_value_id,
        beside_reference.request_case_id,
        beside_reference.scenario_id,
        beside_reference.scenario_title,
        beside_reference.method_id,
        beside_reference.evidence,
        beside_reference.metered_boundary,
        beside_reference.batch_size,
        beside_reference.output_tokens,
        beside_reference.input_tokens,
        beside_reference.cached_tokens,
        beside_reference.impact_category,
        beside_reference.electricity_view,
        beside_reference.energy_boundary,
        beside_reference.value,
        beside_reference.value / nullif(beside_reference.output_tokens, 0) as value_per_output_token,
        beside_reference.unit,
        beside_reference.completeness,
        cast(beside_reference.flows_modelled as integer) as flows_modelled,
        cast(beside_reference.flows_expected as integer) as flows_expected,
        beside_reference.is_reference,
        beside_reference.reference_scenario_id,
        beside_reference.reference_value,
        beside_reference.ratio_to_reference,
        beside_reference.is_like_for_like,
        beside_reference.note,
        licence_sets.licence_set
    from beside_reference
    left join licence_sets on beside_reference.request_value_id = licence_sets.request_value_id
)

select * from final
