-- An acknowledgement that covers more or fewer findings of the bundled release than it states: a new finding must not
-- hide behind an old one. Look at what differs; correct the number, or remove the acknowledgement where it covers none.
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
        acknowledgements.factor_prefix,
        acknowledgements.expected_findings,
        count(gate_findings.factor_id) as findings
    from acknowledgements
    -- a source that the user pulled may have been mended upstream, and has more rows than what is bundled
    inner join sources
        on acknowledgements.source_id = sources.source_id and sources.origin in ('bundled', 'seed')
    left join gate_findings
        on
            acknowledgements.gate_id = gate_findings.gate_id
            and acknowledgements.source_id = gate_findings.source_id
            and starts_with(gate_findings.factor_id, acknowledgements.factor_prefix)
    group by
        acknowledgements.acknowledgement_id,
        acknowledgements.gate_id,
        acknowledgements.factor_prefix,
        acknowledgements.expected_findings
    having count(gate_findings.factor_id) != acknowledgements.expected_findings
)

select * from final
