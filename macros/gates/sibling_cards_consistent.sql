{# Components of cards that stand far from the same component of the other cards of the source: by their value, by its sign,
   or by the ratio of two of their indicators (those with a limit for 'ratio', or for 'ratio_of_<component>'). Where that happens to two indicators of a component, its other indicators are not
   trusted either. Totals that sum such a component are caught with it. #}
{% macro sibling_cards_consistent(relation, limits, key='factor_id') -%}
{% set gate_id = 'sibling_cards_consistent' -%}
with

-- once, for a relation with a condition cannot take an alias
given as (
    select * from {{ relation }}
),

measured as (
    select
        *,
        concat_ws('|', source_id, component, life_cycle_stage, reference_unit) as siblings
    from given
    where not is_total and value != 0
),

limited as (
    {{ gate_limited('measured', limits, gate_id, key) | indent(4) }}
),

-- fewer than three cards cannot tell which of them is odd
middles as (
    select
        siblings,
        indicator_id,
        median(abs(value)) as middle,
        count(distinct case when value > 0 then object_id end) as positive_cards
    from limited
    group by siblings, indicator_id
    having count(distinct object_id) >= 3
),

levels as (
    select
        limited.{{ key }},
        limited.value / middles.middle as observed,
        limited.limit_low,
        limited.limit_high,
        case
            when limited.value < 0 then 'it is below 0 where the same component of the other cards is above'
            else 'its value stands apart from the same component of the other cards'
        end as reason,
        -- a category without a low end may have credits
        limited.value < 0 and middles.positive_cards >= 3 and limited.limit_low is not null as is_below_zero
    from limited
    inner join middles
        on limited.siblings = middles.siblings and limited.indicator_id = middles.indicator_id
),

pairs as (
    select
        first_one.{{ key }} as first_key,
        second_one.{{ key }} as second_key,
        first_one.siblings,
        first_one.object_id,
        first_one.indicator_id as first_indicator,
        second_one.indicator_id as second_indicator,
        abs(first_one.value / second_one.value) as ratio,
        ratio_limits.limit_low,
        ratio_limits.limit_high
    from limited as first_one
    inner join limited as second_one
        on
            first_one.siblings = second_one.siblings
            and first_one.object_id = second_one.object_id
            and first_one.impact_category < second_one.impact_category
    inner join {{ limits }} as ratio_limits
        on
            ratio_limits.gate_id = '{{ gate_id }}'
            and ratio_limits.subject in ('ratio', concat('ratio_of_', first_one.component))
            and first_one.impact_category = ratio_limits.impact_category
    inner join {{ limits }} as second_limits
        on
            second_limits.gate_id = '{{ gate_id }}'
            and ratio_limits.subject = second_limits.subject
            and second_one.impact_category = second_limits.impact_category
),

ratio_middles as (
    select
        siblings,
        first_indicator,
        second_indicator,
        median(ratio) as middle
    from pairs
    group by siblings, first_indicator, second_indicator
    having count(distinct object_id) >= 3
),

odd_pairs as (
    select
        pairs.first_key,
        pairs.second_key,
        pairs.ratio / ratio_middles.middle as observed,
        pairs.limit_low,
        pairs.limit_high,
        'two of its indicators contradict each other, by the other cards' as reason,
        false as is_below_zero
    from pairs
    inner join ratio_middles
        on
            pairs.siblings = ratio_middles.siblings
            and pairs.first_indicator = ratio_middles.first_indicator
            and pairs.second_indicator = ratio_middles.second_indicator
),

compared as (
    select * from levels
    union all
    select
        first_key as {{ key }},
        observed,
        limit_low,
        limit_high,
        reason,
        is_below_zero
    from odd_pairs
    union all
    select
        second_key as {{ key }},
        observed,
        limit_low,
        limit_high,
        reason,
        is_below_zero
    from odd_pairs
),

odd as (
    select
        {{ key }},
        observed,
        limit_low,
        limit_high,
        reason
    from compared
    where is_below_zero or abs(observed) < limit_low or abs(observed) > limit_high
    qualify row_number() over (partition by {{ key }} order by abs(ln(abs(observed))) desc) = 1
),

suspects as (
    select
        components.source_id,
        components.object_id,
        components.component,
        components.life_cycle_stage,
        min_by(odd.observed, -abs(ln(abs(odd.observed)))) as observed,
        min_by(odd.limit_low, -abs(ln(abs(odd.observed)))) as limit_low,
        min_by(odd.limit_high, -abs(ln(abs(odd.observed)))) as limit_high
    from odd
    inner join given as components on odd.{{ key }} = components.{{ key }}
    group by components.source_id, components.object_id, components.component, components.life_cycle_stage
    having count(*) >= 2
),

beside as (
    select
        given.{{ key }},
        suspects.observed,
        suspects.limit_low,
        suspects.limit_high,
        'other indicators of the same component break the gate' as reason
    from given
    inner join suspects
        on
            given.source_id = suspects.source_id
            and given.object_id = suspects.object_id
            and given.component = suspects.component
            and given.life_cycle_stage = suspects.life_cycle_stage
    left join odd on given.{{ key }} = odd.{{ key }}
    where odd.{{ key }} is null
),

broken as (
    select * from odd
    union all
    select * from beside
),

summed as (
    select
        totals.{{ key }},
        broken.observed,
        broken.limit_low,
        broken.limit_high,
        concat('it sums a component that breaks the gate: ', components.component) as reason
    from broken
    inner join given as components on broken.{{ key }} = components.{{ key }}
    inner join given as totals
        on
            components.source_id = totals.source_id
            and components.object_id = totals.object_id
            and components.life_cycle_stage = totals.life_cycle_stage
            and components.indicator_id = totals.indicator_id
    where totals.is_total
    qualify row_number() over (partition by totals.{{ key }} order by abs(ln(abs(broken.observed))) desc) = 1
),

found as (
    select * from broken
    union all
    select * from summed
)

select
    {{ gate_finding(
        gate_id, key, 'observed', 'limit_low', 'limit_high', "'1'",
        "'within a multiple of the median over the cards of the source'", 'reason'
    ) | indent(4) }}
from found
{%- endmacro %}
