{# Factors whose primary energy is less than the electricity itself, or whose renewable and non-renewable part are more
   than the total that goes with them. #}
{% macro primary_energy_covers_electricity(relation, limits, key='factor_id') -%}
with

measured as (
    select
        *,
        concat_ws(
            '|', source_id, object_id, component, life_cycle_stage, electricity_basis,
            coalesce(electricity_scope, 'not stated'), coalesce(geography_id, 'not stated'),
            coalesce(cast(reference_year as string), 'not stated')
        ) as energy_balance
    from {{ relation }}
    where object_class = 'electricity' and is_total and impact_category in ('PE', 'PEr', 'PEnr')
        and amount_unit = 'MJ' and reference_unit = 'kWh'
),

limited as (
    {{ gate_limited('measured', limits, 'primary_energy_covers_electricity', key) | indent(4) }}
),

too_little as (
    select
        {{ gate_finding(
            'primary_energy_covers_electricity', key, 'value', 'limit_low', 'null', 'limit_unit',
            "'at least the energy of the electricity itself'",
            "'less primary energy than the electricity itself holds'"
        ) | indent(8) }}
    from limited
    where value < limit_low
),

-- a total beside more than one value of the same part says nothing: both would be added
balances as (
    select
        energy_balance,
        max(case when impact_category = 'PE' then value end) as total,
        sum(case when impact_category != 'PE' then value end) as parts
    from measured
    group by energy_balance
    having count(*) = count(distinct impact_category)
),

too_much as (
    select
        {{ gate_finding(
            'primary_energy_covers_electricity', 'measured.' ~ key, 'balances.parts / balances.total', 'null',
            'limits.limit_high', 'limits.limit_unit',
            "'renewable and non-renewable part are at most the total'",
            "'its renewable and non-renewable primary energy are more than the total'"
        ) | indent(8) }}
    from measured
    inner join balances on measured.energy_balance = balances.energy_balance
    inner join {{ limits }} as limits
        on limits.gate_id = 'primary_energy_covers_electricity' and limits.subject = 'components'
    where balances.parts > balances.total * limits.limit_high
),

found as (
    select * from too_little
    union all
    select * from too_much
)

select * from found
qualify row_number() over (partition by {{ key }} order by limit_high nulls first) = 1
{%- endmacro %}
