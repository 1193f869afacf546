-- An acknowledgement of bundled factors that covers no finding any more: remove it.
with

acknowledgements as (
    select * from {{ ref('gate_acknowledgements') }}
),

gate_findings as (
    select * from {{ ref('gate_findings') }}
),

sources as (
    select * from {{ ref('sources') }}
),

final as (
    select
        acknowledgements.acknowledgement_id,
        acknowledgements.gate_id,
        acknowledgements.factor_pattern
    from acknowledgements
    -- a source that the user pulled may have been mended upstream
    inner join sources
        on acknowledgements.source_id = sources.source_id and sources.origin in ('bundled', 'seed')
    left join gate_findings
        on
            acknowledgements.gate_id = gate_findings.gate_id
            and gate_findings.factor_id like acknowledgements.factor_pattern
    where gate_findings.factor_id is null
)

select * from final
