with

terms as (
    select * from {{ ref('int_flows__evaluate_terms') }}
),

products as (
    select
        scenario_id,
        flow_id,
        {{ product('pow(value, exponent)') }} as amount,
        {{ product('least(pow(value_low, exponent), pow(value_high, exponent))') }} as amount_low,
        {{ product('greatest(pow(value_low, exponent), pow(value_high, exponent))') }} as amount_high,
        bool_or(is_ranged) as is_ranged,
        count(*) as terms_expected,
        count(value) as terms_valued
    from terms
    group by scenario_id, flow_id
),

-- an engine's product ignores NULL: an amount with a missing parameter is unknown
final as (
    select
        scenario_id,
        flow_id,
        case when terms_valued = terms_expected then amount end as amount,
        case when terms_valued = terms_expected and is_ranged then amount_low end as amount_low,
        case when terms_valued = terms_expected and is_ranged then amount_high end as amount_high,
        terms_expected,
        terms_valued
    from products
)

select * from final
