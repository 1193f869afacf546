with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

judged_alone as (
    select * from {{ ref('int_gates__judged_alone') }}
),

aggregate_within_members as (
    select * from {{ ref('int_gates__aggregate_within_members') }}
),

fallbacks as (
    select * from {{ ref('int_geographies__fallback') }}
),

findings as (
    select factor_id from judged_alone
    union all
    select factor_id from aggregate_within_members
),

final as (
    {{ aggregate_of_sound_members('candidates', 'findings', 'fallbacks') | indent(4) }}
)

select * from final
