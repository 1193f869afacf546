with

candidates as (
    select * from {{ ref('int_gates__candidates') }}
),

quotes as (
    select * from {{ ref('quoted_factors') }}
),

limits as (
    select * from {{ ref('gate_limits') }}
),

final as (
    {{ quoted_value_matches_cited_source('candidates', 'quotes', 'limits') | indent(4) }}
)

select * from final
