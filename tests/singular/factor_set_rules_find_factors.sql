-- A rule that no factor of its source can meet is misspelt; a source that is not landed may have none, and a user's own
-- file may lack some.
with

factor_set_rules as (
    select * from {{ ref('factor_set_rules') }}
),

sources as (
    select * from {{ ref('sources') }}
),

factors as (
    select * from {{ ref('factors') }}
),

objects as (
    select * from {{ ref('objects') }}
),

described as (
    select
        factors.factor_id,
        factors.source_id,
        factors.electricity_scope,
        objects.object_class
    from factors
    inner join objects on factors.object_id = objects.object_id
),

met as (
    select
        factor_set_rules.factor_set_id,
        factor_set_rules.rank,
        factor_set_rules.source_id,
        count(described.source_id) as factors_found
    from factor_set_rules
    left join described
        on
            factor_set_rules.source_id = described.source_id
            and (factor_set_rules.object_class is null or factor_set_rules.object_class = described.object_class)
            and (
                factor_set_rules.electricity_scope is null
                or factor_set_rules.electricity_scope = described.electricity_scope
            )
            and (
                factor_set_rules.factor_id_pattern is null
                or described.factor_id like factor_set_rules.factor_id_pattern
            )
    group by factor_set_rules.factor_set_id, factor_set_rules.rank, factor_set_rules.source_id
),

final as (
    select met.*
    from met
    left join sources on met.source_id = sources.source_id
    where met.factors_found = 0 and (sources.source_id is null or sources.origin in ('bundled', 'seed'))
)

select * from final
