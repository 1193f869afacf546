with

factors as (
    select * from {{ ref('factors') }}
    where is_eligible
),

objects as (
    select * from {{ ref('objects') }}
),

source_quality as (
    select
        *,
        {{ filled_columns(['factor_id_pattern', 'derivation_pattern', 'source_pattern', 'object_class']) }}
            as specificity
    from {{ ref('source_quality') }}
),

fitting as (
    select
        factors.factor_id,
        factors.source_id,
        source_quality.quality_rule_id,
        source_quality.specificity,
        source_quality.treatment,
        source_quality.reliability_score,
        source_quality.completeness_score,
        source_quality.time_score,
        source_quality.geography_score,
        source_quality.technology_score
    from factors
    left join objects on factors.object_id = objects.object_id
    inner join source_quality
        on
            (
                source_quality.factor_id_pattern is null
                or factors.factor_id like source_quality.factor_id_pattern
            )
            and (
                source_quality.derivation_pattern is null
                or factors.derivation like source_quality.derivation_pattern
            )
            and (source_quality.source_pattern is null or factors.source_id like source_quality.source_pattern)
            and (source_quality.object_class is null or objects.object_class = source_quality.object_class)
),

-- two rules of the same columns would both stay, and break the key of this table
final as (
    select * from fitting
    qualify rank() over (partition by factor_id order by specificity desc) = 1
)

select * from final
