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
)

select * from final
