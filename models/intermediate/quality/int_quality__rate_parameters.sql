with

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

parameters as (
    select * from {{ ref('parameters') }}
),

source_grades as (
    select * from {{ ref('source_grades') }}
),

parameter_quality as (
    select
        *,
        {{ filled_columns(['name_pattern', 'model_id', 'unit', 'source_pattern', 'source_grade', 'kind']) }}
        + case when replace(name_pattern, '%', '') = name_pattern then 64 else 0 end as specificity
    from {{ ref('parameter_quality') }}
),

fitting as (
    select
        inherited.scenario_id,
        inherited.parameter_name,
        -- a statistic of measured runs has no row of its own that could name an id
        coalesce(parameters.uncertainty_id, inherited.parameter_id) as uncertainty_id,
        inherited.source_id,
        parameter_quality.quality_rule_id,
        parameter_quality.specificity,
        parameter_quality.treatment,
        parameter_quality.variance_class,
        parameter_quality.reliability_score,
        parameter_quality.completeness_score,
        parameter_quality.time_score,
        parameter_quality.geography_score,
        parameter_quality.technology_score
    from inherited
    inner join scenarios on inherited.scenario_id = scenarios.scenario_id
    left join parameters on inherited.parameter_id = parameters.parameter_id
    left join source_grades on inherited.source_id = source_grades.source_id
    inner join parameter_quality
        on
            (
                parameter_quality.name_pattern is null
                or inherited.parameter_name like parameter_quality.name_pattern
            )
            and (parameter_quality.model_id is null or scenarios.model_id = parameter_quality.model_id)
            and (parameter_quality.unit is null or inherited.printed_unit = parameter_quality.unit)
            and (parameter_quality.source_pattern is null or inherited.source_id like parameter_quality.source_pattern)
            and (parameter_quality.source_grade is null or source_grades.source_grade = parameter_quality.source_grade)
            and (parameter_quality.kind is null or inherited.kind = parameter_quality.kind)
),

-- two rules of the same columns would both stay, and break the key of this table
final as (
    select * from fitting
    qualify rank() over (partition by scenario_id, parameter_name order by specificity desc) = 1
)

select * from final
