-- Every stated parameter and every eligible factor meets a rule of data quality, at the least the catch-all.
with

unrated as (
    select
        'parameter' as input_kind,
        concat(inherited.scenario_id, ' ', inherited.parameter_name) as input_id
    from {{ ref('int_parameters__inherit') }} as inherited
    left join {{ ref('int_quality__rate_parameters') }} as rated
        on
            inherited.scenario_id = rated.scenario_id
            and inherited.parameter_name = rated.parameter_name
    where rated.parameter_name is null
    union all
    select
        'factor' as input_kind,
        factors.factor_id as input_id
    from {{ ref('factors') }} as factors
    left join {{ ref('int_quality__rate_factors') }} as rated on factors.factor_id = rated.factor_id
    where factors.is_eligible and rated.factor_id is null
),

-- the sum of the five variances again, from a long table and not from five joins
long as (
    {%- for indicator in ['reliability', 'completeness', 'time', 'geography', 'technology'] %}
    select
        scenario_id,
        input_kind,
        input_id,
        selection_id,
        pedigree_log_variance,
        '{{ indicator }}' as quality_indicator,
        {{ indicator }}_score as score
    from {{ ref('int_quality__score_inputs') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

sums_apart as (
    select
        long.input_kind,
        concat(long.scenario_id, ' ', long.input_id) as input_id
    from long
    left join {{ ref('pedigree_scores') }} as scores
        on long.quality_indicator = scores.quality_indicator and long.score = scores.score
    group by long.scenario_id, long.input_kind, long.input_id, long.selection_id, long.pedigree_log_variance
    having
        count(scores.log_variance) != 5
        or abs(sum(scores.log_variance) - long.pedigree_log_variance) > 1e-12
)

select * from unrated
union all
select * from sums_apart
