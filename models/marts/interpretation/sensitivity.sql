with

totals as (
    select * from {{ ref('impact_totals') }}
),

cells as (
    select * from {{ ref('int_sensitivity__list_cells') }}
),

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

derivatives as (
    select * from {{ ref('int_sensitivity__differentiate') }}
),

parameters as (
    select * from {{ ref('int_sensitivity__list_inputs') }}
),

evaluated as (
    select * from {{ ref('int_sensitivity__evaluate') }}
),

factors as (
    select * from {{ ref('factors') }}
),

products as (
    select
        scenario_id,
        flow_id,
        {{ product('pow(value, exponent)') }} as amount,
        count(case when value = 0 then 1 end) as zeros,
        {{ product('case when value != 0 then pow(value, exponent) end') }} as rest
    from terms
    group by scenario_id, flow_id
    having count(*) = count(value)
),

-- chain rule: the change of an amount by each of its terms, and of the term by what it rests on
slopes_by_term as (
    select
        terms.scenario_id,
        terms.flow_id,
        derivatives.stated_parameter_name,
        derivatives.scaled_derivative
        * {{ partial_of_product(
            'products.amount', '1', 'terms.value', 'terms.exponent', 'products.zeros', 'products.rest'
        ) }} as slope,
        derivatives.is_stepwise,
        derivatives.is_tied
    from terms
    inner join products
        on
            terms.scenario_id = products.scenario_id
            and terms.flow_id = products.flow_id
    inner join derivatives
        on
            terms.scenario_id = derivatives.scenario_id
            and terms.parameter_name = derivatives.parameter_name
),

slopes as (
    select
        slopes_by_term.scenario_id,
        slopes_by_term.flow_id,
        parameters.input_id,
        case when count(*) = count(slopes_by_term.slope) then {{ ordered_sum('slopes_by_term.slope') }} end as slope,
        bool_or(slopes_by_term.is_stepwise) as is_stepwise,
        bool_or(slopes_by_term.is_tied) as is_tied
    from slopes_by_term
    inner join parameters
        on
            slopes_by_term.scenario_id = parameters.scenario_id
            and slopes_by_term.stated_parameter_name = parameters.parameter_name
    group by slopes_by_term.scenario_id, slopes_by_term.flow_id, parameters.input_id
),

effects_of_parameters as (
    select
        cells.scenario_id,
        cells.impact_category,
        cells.electricity_view,
        slopes.input_id,
        case when count(*) = count(slopes.slope) then {{ ordered_sum('slopes.slope * cells.factor_value') }} end
            as effect,
        bool_or(slopes.is_stepwise) as is_stepwise,
        bool_or(slopes.is_tied) as is_tied
    from slopes
    inner join cells
        on
            slopes.scenario_id = cells.scenario_id
            and slopes.flow_id = cells.flow_id
    group by cells.scenario_id, cells.impact_category, cells.electricity_view, slopes.input_id
),

effects_of_factors as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        factor_id,
        {{ ordered_sum('value') }} as effect
    from cells
    group by scenario_id, impact_category, electricity_view, factor_id
),

described_parameters as (
    select
        scenario_id,
        input_id,
        {{ distinct_list('parameter_name') }} as input_title,
        case when count(*) = 1 then max(value) end as input_value,
        case when count(*) = 1 then max(value_low) end as input_low,
        case when count(*) = 1 then max(value_high) end as input_high,
        {{ distinct_list('unit') }} as input_unit,
        {{ distinct_list('range_kind') }} as range_kind,
        case when min(source_id) = max(source_id) then max(source_id) end as source_id
    from parameters
    group by scenario_id, input_id
),

moved as (
    select
        scenario_id,
        input_id,
        impact_category,
        electricity_view,
        max(case when moved_to = 'low' then value end) as value_at_low,
        max(case when moved_to = 'high' then value end) as value_at_high,
        max(case when moved_to = 'minus_10_pct' then value end) as value_at_minus_10_pct,
        max(case when moved_to = 'plus_10_pct' then value end) as value_at_plus_10_pct
    from evaluated
    group by scenario_id, input_id, impact_category, electricity_view
),

of_parameters as (
    select
        effects_of_parameters.scenario_id,
        effects_of_parameters.impact_category,
        effects_of_parameters.electricity_view,
        'parameter' as input_kind,
        effects_of_parameters.input_id,
        described_parameters.input_title,
        described_parameters.input_value,
        described_parameters.input_low,
        described_parameters.input_high,
        described_parameters.input_unit,
        described_parameters.range_kind,
        described_parameters.source_id,
        effects_of_parameters.effect,
        effects_of_parameters.is_stepwise,
        effects_of_parameters.is_tied,
        moved.value_at_low,
        moved.value_at_high,
        moved.value_at_minus_10_pct,
        moved.value_at_plus_10_pct
    from effects_of_parameters
    inner join described_parameters
        on
            effects_of_parameters.scenario_id = described_parameters.scenario_id
            and effects_of_parameters.input_id = described_parameters.input_id
    left join moved
        on
            effects_of_parameters.scenario_id = moved.scenario_id
            and effects_of_parameters.input_id = moved.input_id
            and effects_of_parameters.impact_category = moved.impact_category
            and effects_of_parameters.electricity_view = moved.electricity_view
),

declared_of_factors as (
    select
        effects_of_factors.*,
        factors.object_id,
        factors.component,
        factors.life_cycle_stage,
        factors.geography_id,
        factors.value as factor_value,
        factors.amount_unit,
        factors.reference_unit,
        factors.range_kind,
        factors.source_id,
        case
            when factors.value_low is not null or factors.value_high is not null
                then coalesce(factors.value_low, factors.value)
        end as factor_low,
        case
            when factors.value_low is not null or factors.value_high is not null
                then coalesce(factors.value_high, factors.value)
        end as factor_high
    from effects_of_factors
    inner join factors on effects_of_factors.factor_id = factors.factor_id
),

-- a total is a straight line in each of its factors
of_factors as (
    select
        declared.scenario_id,
        declared.impact_category,
        declared.electricity_view,
        'factor' as input_kind,
        concat('factor:', declared.factor_id) as input_id,
        concat_ws(' ', declared.object_id, declared.component, declared.life_cycle_stage, declared.geography_id)
            as input_title,
        declared.factor_value as input_value,
        declared.factor_low as input_low,
        declared.factor_high as input_high,
        concat(declared.amount_unit, '/', declared.reference_unit) as input_unit,
        case when declared.factor_low is not null then coalesce(declared.range_kind, 'not stated') end as range_kind,
        declared.source_id,
        declared.effect,
        false as is_stepwise,
        false as is_tied,
        totals.value + declared.effect * (declared.factor_low / nullif(declared.factor_value, 0) - 1) as value_at_low,
        totals.value + declared.effect * (declared.factor_high / nullif(declared.factor_value, 0) - 1) as value_at_high,
        totals.value - 0.1 * declared.effect as value_at_minus_10_pct,
        totals.value + 0.1 * declared.effect as value_at_plus_10_pct
    from declared_of_factors as declared
    inner join totals
        on
            declared.scenario_id = totals.scenario_id
            and declared.impact_category = totals.impact_category
            and declared.electricity_view = totals.electricity_view
),

inputs as (
    select * from of_parameters
    union all
    select * from of_factors
),

measured as (
    select
        inputs.*,
        totals.value,
        totals.unit,
        totals.completeness,
        totals.licence_set,
        inputs.effect / nullif(totals.value, 0) as elasticity,
        abs(inputs.value_at_high - inputs.value_at_low) as swing
    from inputs
    inner join totals
        on
            inputs.scenario_id = totals.scenario_id
            and inputs.impact_category = totals.impact_category
            and inputs.electricity_view = totals.electricity_view
),

-- inputs that differ in the last bits alone are equals: their order must not hang on the engine
final as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        input_kind,
        input_id,
        input_title,
        input_value,
        input_low,
        input_high,
        input_unit,
        range_kind,
        source_id,
        value,
        elasticity,
        is_stepwise,
        is_tied,
        value_at_low,
        value_at_high,
        swing,
        value_at_minus_10_pct,
        value_at_plus_10_pct,
        unit,
        cast(
            case
                when elasticity is not null
                    then row_number() over (
                        partition by scenario_id, impact_category, electricity_view
                        order by round(abs(elasticity), 12) desc nulls last, input_id asc
                    )
            end as integer
        ) as rank_by_elasticity,
        cast(
            case
                when swing is not null
                    then row_number() over (
                        partition by scenario_id, impact_category, electricity_view
                        order by round(swing / nullif(abs(value), 0), 12) desc nulls last, input_id asc
                    )
            end as integer
        ) as rank_by_swing,
        completeness,
        licence_set
    from measured
)

select * from final
