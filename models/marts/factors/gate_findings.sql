with

judged_alone as (
    select * from {{ ref('int_gates__judged_alone') }}
),

aggregate_within_members as (
    select * from {{ ref('int_gates__aggregate_within_members') }}
),

aggregate_of_sound_members as (
    select * from {{ ref('int_gates__aggregate_of_sound_members') }}
),

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

sources as (
    select * from {{ ref('sources') }}
),

acknowledgements as (
    select * from {{ ref('gate_acknowledgements') }}
),

found as (
    select * from judged_alone
    union all
    select * from aggregate_within_members
    union all
    select * from aggregate_of_sound_members
),

covered as (
    select
        found.gate_id,
        found.factor_id,
        {{ distinct_list('acknowledgements.acknowledgement_id') }} as acknowledged_by
    from found
    inner join candidates on found.factor_id = candidates.factor_id
    inner join acknowledgements
        on
            found.gate_id = acknowledgements.gate_id
            and candidates.source_id = acknowledgements.source_id
            and starts_with(found.factor_id, acknowledgements.factor_prefix)
    group by found.gate_id, found.factor_id
),

final as (
    select
        found.gate_id,
        found.factor_id,
        candidates.source_id,
        found.observed,
        found.limit_low,
        found.limit_high,
        found.limit_unit,
        found.expected,
        found.reason,
        -- what is reckoned with pulled coefficients is no more bundled than they are
        coalesce(sources.origin in ('bundled', 'seed'), false)
        and coalesce(sources.redistributable, 'yes') != 'no' as is_bundled,
        covered.acknowledged_by
    from found
    inner join candidates on found.factor_id = candidates.factor_id
    left join sources on candidates.source_id = sources.source_id
    left join covered on found.gate_id = covered.gate_id and found.factor_id = covered.factor_id
)

select * from final
