with

primary_energy_covers_electricity as (
    select * from {{ ref('int_gates__primary_energy_covers_electricity') }}
),

aggregate_within_members as (
    select * from {{ ref('int_gates__aggregate_within_members') }}
),

within_multiple_of_median as (
    select * from {{ ref('int_gates__within_multiple_of_median') }}
),

sibling_cards_consistent as (
    select * from {{ ref('int_gates__sibling_cards_consistent') }}
),

no_silent_zero as (
    select * from {{ ref('int_gates__no_silent_zero') }}
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
    select * from primary_energy_covers_electricity
    union all
    select * from aggregate_within_members
    union all
    select * from within_multiple_of_median
    union all
    select * from sibling_cards_consistent
    union all
    select * from no_silent_zero
),

covered as (
    select
        found.gate_id,
        found.factor_id,
        {{ distinct_list('acknowledgements.acknowledgement_id') }} as acknowledged_by
    from found
    inner join acknowledgements
        on found.gate_id = acknowledgements.gate_id and found.factor_id like acknowledgements.factor_pattern
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
        coalesce(sources.origin in ('bundled', 'seed'), false) as is_bundled,
        covered.acknowledged_by
    from found
    inner join candidates on found.factor_id = candidates.factor_id
    left join sources on candidates.source_id = sources.source_id
    left join covered on found.gate_id = covered.gate_id and found.factor_id = covered.factor_id
)

select * from final
