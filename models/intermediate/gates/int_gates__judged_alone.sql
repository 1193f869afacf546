with

primary_energy_covers_electricity as (
    select * from {{ ref('int_gates__primary_energy_covers_electricity') }}
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

plausible_range as (
    select * from {{ ref('int_gates__plausible_range') }}
),

unit_of_indicator as (
    select * from {{ ref('int_gates__unit_of_indicator') }}
),

distinct_objects_differ as (
    select * from {{ ref('int_gates__distinct_objects_differ') }}
),

fallback_is_visible as (
    select * from {{ ref('int_gates__fallback_is_visible') }}
),

quoted_value_matches_cited_source as (
    select * from {{ ref('int_gates__quoted_value_matches_cited_source') }}
),

final as (
    select * from primary_energy_covers_electricity
    union all
    select * from within_multiple_of_median
    union all
    select * from sibling_cards_consistent
    union all
    select * from no_silent_zero
    union all
    select * from plausible_range
    union all
    select * from unit_of_indicator
    union all
    select * from distinct_objects_differ
    union all
    select * from fallback_is_visible
    union all
    select * from quoted_value_matches_cited_source
)

select * from final
