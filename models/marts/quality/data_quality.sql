{%- set indicators = ['reliability', 'completeness', 'time', 'geography', 'technology'] -%}
with

impacts as (
    select * from {{ ref('impacts') }}
    where state = 'modelled' and value != 0
),

impact_totals as (
    select * from {{ ref('impact_totals') }}
),

scored_amounts as (
    select * from {{ ref('int_quality__score_amounts') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

results as (
    select
        impacts.scenario_id,
        impacts.impact_category,
        views.electricity_view,
        impacts.flow_id,
        impacts.selection_id,
        impacts.factor_id,
        abs(impacts.value) as size,
        impacts.reliability_score,
        impacts.completeness_score,
        impacts.time_score,
        impacts.geography_score,
        impacts.technology_score
    from impacts
    inner join views on impacts.electricity_basis in (views.electricity_view, 'not_applicable')
),

-- a result rests on its one factor, and on all the parameters of its amount
rested_on as (
    {%- for indicator in indicators %}
    select
        scenario_id,
        impact_category,
        electricity_view,
        flow_id,
        selection_id,
        size,
        'factor' as input_kind,
        concat('factor:', factor_id) as input_id,
        '{{ indicator }}' as quality_indicator,
        {{ indicator }}_score as score
    from results
    union all
    select
        results.scenario_id,
        results.impact_category,
        results.electricity_view,
        results.flow_id,
        results.selection_id,
        results.size,
        'parameter' as input_kind,
        scored_amounts.input_id,
        '{{ indicator }}' as quality_indicator,
        scored_amounts.{{ indicator }}_score as score
    from results
    inner join scored_amounts
        on
            results.scenario_id = scored_amounts.scenario_id
            and results.flow_id = scored_amounts.flow_id
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- of several parameters the worst is the score of the amount
results_by_score as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        flow_id,
        selection_id,
        input_kind,
        quality_indicator,
        max(size) as size,
        max(score) as score
    from rested_on
    group by
        scenario_id, impact_category, electricity_view, flow_id, selection_id, input_kind, quality_indicator
),

sizes as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        {{ ordered_sum('size') }} as total_size
    from results
    group by scenario_id, impact_category, electricity_view
),

summed as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        input_kind,
        quality_indicator,
        score,
        {{ ordered_sum('size') }} as size
    from results_by_score
    group by scenario_id, impact_category, electricity_view, input_kind, quality_indicator, score
),

inputs_by_score as (
    select
        rested_on.scenario_id,
        rested_on.impact_category,
        rested_on.electricity_view,
        rested_on.input_kind,
        rested_on.quality_indicator,
        rested_on.score,
        rested_on.input_id,
        {{ ordered_sum('rested_on.size') }} as size
    from rested_on
    group by
        rested_on.scenario_id,
        rested_on.impact_category,
        rested_on.electricity_view,
        rested_on.input_kind,
        rested_on.quality_indicator,
        rested_on.score,
        rested_on.input_id
),

largest_inputs as (
    select
        *,
        count(*) over same_score as inputs,
        row_number() over (
            partition by scenario_id, impact_category, electricity_view, input_kind, quality_indicator, score
            order by size desc, input_id asc
        ) as position
    from inputs_by_score
    window
        same_score as (
            partition by scenario_id, impact_category, electricity_view, input_kind, quality_indicator, score
        )
),

final as (
    select
        summed.scenario_id,
        summed.impact_category,
        summed.electricity_view,
        summed.input_kind,
        summed.quality_indicator,
        summed.score,
        summed.size / sizes.total_size as value_share,
        cast(largest_inputs.inputs as integer) as inputs,
        largest_inputs.input_id as largest_input_id,
        largest_inputs.size / sizes.total_size as largest_input_share,
        impact_totals.licence_set
    from summed
    inner join sizes
        on
            summed.scenario_id = sizes.scenario_id
            and summed.impact_category = sizes.impact_category
            and summed.electricity_view = sizes.electricity_view
    inner join largest_inputs
        on
            summed.scenario_id = largest_inputs.scenario_id
            and summed.impact_category = largest_inputs.impact_category
            and summed.electricity_view = largest_inputs.electricity_view
            and summed.input_kind = largest_inputs.input_kind
            and summed.quality_indicator = largest_inputs.quality_indicator
            and summed.score = largest_inputs.score
            and largest_inputs.position = 1
    inner join impact_totals
        on
            summed.scenario_id = impact_totals.scenario_id
            and summed.impact_category = impact_totals.impact_category
            and summed.electricity_view = impact_totals.electricity_view
)

select * from final
