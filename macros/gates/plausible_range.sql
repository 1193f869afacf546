{# Factors outside of what any thing of their class can have, for which no sibling is needed: absolute limits per reference
   unit, totals below 0, and an end of life that outweighs the manufacture. A limit for the class of the object, or for a
   source as '<source_id>:*' where the object is outside of the vocabulary, wins over '*'. #}
{% macro plausible_range(relation, limits, key='factor_id') -%}
{% set gate_id = 'plausible_range' -%}
with

measured as (
    select
        *,
        concat(amount_unit, '/', reference_unit) as value_unit,
        coalesce(object_class, concat(source_id, ':*')) as subject
    from {{ relation }}
),

limited as (
    select
        measured.*,
        limits.limit_low,
        limits.limit_high
    from measured
    inner join {{ limits }} as limits
        on
            limits.gate_id = '{{ gate_id }}'
            and limits.subject in (measured.subject, '*')
            and measured.impact_category = limits.impact_category
            and measured.value_unit = limits.limit_unit
    qualify row_number() over (
        partition by measured.{{ key }}
        order by case when limits.subject = '*' then 1 else 0 end
    ) = 1
),

-- a component may be as small as it likes, and so may transport and the end of life; none exceeds what the whole may have
outside as (
    select
        {{ gate_finding(
            gate_id, key, 'value', 'limit_low', 'limit_high', 'value_unit',
            "'within what things of its class can have'", "'too large or too small for anything of its class'"
        ) | indent(8) }}
    from limited
    where
        abs(value) > limit_high
        or (is_total and life_cycle_stage in ('manufacturing', 'use', 'embodied_unsplit') and value < limit_low)
),

below_zero as (
    select
        {{ gate_finding(
            gate_id, 'measured.' ~ key, 'measured.value', 'coalesce(own.limit_low, any_category.limit_low)', 'null',
            'measured.value_unit', "'not below 0'", "'below 0 where only the end of life can have credits'"
        ) | indent(8) }}
    from measured
    inner join {{ limits }} as any_category
        on
            any_category.gate_id = '{{ gate_id }}'
            and any_category.subject = 'not_end_of_life'
            and any_category.impact_category is null
    left join {{ limits }} as own
        on
            own.gate_id = '{{ gate_id }}'
            and own.subject = 'not_end_of_life'
            and measured.impact_category = own.impact_category
    where
        measured.is_total
        and measured.life_cycle_stage in ('manufacturing', 'transport', 'use', 'embodied_unsplit')
        and coalesce(measured.stages_covered, '') not like '%end_of_life%'
        and own.limit_id is null
        and measured.value < any_category.limit_low
),

made as (
    select
        source_id,
        object_id,
        indicator_id,
        value_unit,
        max(value) as value
    from measured
    where is_total and life_cycle_stage = 'manufacturing' and value > 0
    group by source_id, object_id, indicator_id, value_unit
),

ends as (
    select
        measured.*,
        made.value as value_made,
        case when own.limit_id is null then any_category.limit_high else own.limit_high end as multiple
    from measured
    inner join made
        on
            measured.source_id = made.source_id
            and measured.object_id = made.object_id
            and measured.indicator_id = made.indicator_id
            and measured.value_unit = made.value_unit
    inner join {{ limits }} as any_category
        on
            any_category.gate_id = '{{ gate_id }}'
            and any_category.subject = 'end_of_life'
            and any_category.impact_category is null
    left join {{ limits }} as own
        on
            own.gate_id = '{{ gate_id }}'
            and own.subject = 'end_of_life'
            and measured.impact_category = own.impact_category
    where measured.is_total and measured.life_cycle_stage = 'end_of_life'
),

outweighing as (
    select
        {{ gate_finding(
            gate_id, key, 'value', '-value_made * multiple', 'value_made * multiple', 'value_unit',
            "'its end of life and credits are within a multiple of its manufacture'",
            "'its end of life or the credits for it outweigh its manufacture'"
        ) | indent(8) }}
    from ends
    where abs(value) > value_made * multiple
),

found as (
    select * from outside
    union all
    select * from below_zero
    union all
    select * from outweighing
)

select * from found
qualify row_number() over (partition by {{ key }} order by reason) = 1
{%- endmacro %}
