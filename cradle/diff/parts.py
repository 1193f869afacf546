"""What each cause moved a cell by: parts that add up to the change.

A cell is a product of powers, amount times factor, so its change is split by the logarithmic mean Divisia index
(LMDI-I, additive: Ang, Energy Policy 33 (2005) 867-871, equations 3 to 6): part_i = L(after, before) x ln(x_i' / x_i)
with L(y, x) = (y - x) / ln(y / x). It leaves no rest and turns its sign when the two are exchanged. A logarithm has no
value where something comes from zero, goes to zero or changes its sign: what does so carries the whole change, several
of them alike (the analytical limit for one: Ang and Liu, Energy Policy 35 (2007) 238-246).
"""

TERMS = """
create temp table terms as
select
    scenario_id,
    flow_id,
    parameter_name,
    a.exponent is not null and b.exponent is not null and a.exponent = b.exponent as is_same_term,
    case when a.exponent is null then 'is new' when b.exponent is null then 'is gone' else 'has another exponent' end
        as change,
    a.exponent is not null and a.value is null as is_unknown_before,
    b.exponent is not null and b.value is null as is_unknown_after,
    case
        when coalesce(a.value, 1) != 0 and coalesce(b.value, 1) != 0
            then coalesce(b.exponent * ln(abs(b.value)), 0) - coalesce(a.exponent * ln(abs(a.value)), 0)
    end as log_change,
    sign(coalesce(pow(a.value, a.exponent), 1)) != sign(coalesce(pow(b.value, b.exponent), 1)) as is_carrier
from a.flow_amount_terms as a
full join b.flow_amount_terms as b using (scenario_id, flow_id, parameter_name)
where
    (scenario_id, flow_id) in (select (scenario_id, flow_id) from cells)
    and (differs(a.value, b.value) or a.exponent is distinct from b.exponent)
"""

KEYS = "scenario_id, flow_id, life_cycle_stage, impact_category, electricity_basis"
KEYS_OF_P = ", ".join(f"p.{key}" for key in KEYS.split(", "))

# of cells with a number on both sides
PIECES = f"""
create temp table pieces as
with two_sided as (
    select * from cells where before is not null and after is not null and not is_other_unit
),
found as (
    select
        {KEYS},
        terms.parameter_name,
        terms.is_same_term,
        terms.change,
        case when terms.is_unknown_before or terms.is_unknown_after then 0 else terms.log_change end as log_change,
        terms.is_carrier and not (terms.is_unknown_before or terms.is_unknown_after) as is_carrier
    from two_sided
    inner join terms using (scenario_id, flow_id)
    union all
    select
        {KEYS},
        null as parameter_name,
        null as is_same_term,
        null as change,
        case when factor_before * factor_after > 0 then ln(factor_after / factor_before) end as log_change,
        sign(factor_before) != sign(factor_after) as is_carrier
    from two_sided
    where differs(factor_before, factor_after)
),
summed as (
    select
        {KEYS},
        count(*) filter (is_carrier) as carriers,
        sum(log_change order by log_change) as log_change
    from found
    group by all
),
mean as (
    select
        {KEYS},
        summed.carriers,
        two_sided.after - two_sided.before as change,
        case when two_sided.before * two_sided.after > 0 then ln(two_sided.after / two_sided.before) end as log_ratio,
        case
            when abs(summed.log_change - log_ratio) <= 1e-9 * greatest(1, abs(log_ratio)) then summed.log_change
            else log_ratio
        end as whole,
        case when abs(whole) > 1e-9 then (two_sided.after - two_sided.before) / whole else two_sided.before end
            as logarithmic_mean
    from two_sided
    inner join summed using ({KEYS})
)
select
    {KEYS},
    found.parameter_name,
    found.is_same_term,
    found.change,
    case
        when mean.carriers > 0 then case when found.is_carrier then mean.change / mean.carriers else 0 end
        else found.log_change * mean.logarithmic_mean
    end as part
from found
inner join mean using ({KEYS})
"""

PARTS = f"""
create temp table parts as
with missing_terms as (
    select scenario_id, flow_id, min(parameter_name) as parameter_name
    from terms
    where is_unknown_before != is_unknown_after
    group by all
),
sides_of_flows as (
    select scenario_id, flow_id, count(*) as sides
    from (
        select scenario_id, flow_id from a.flow_amounts
        union all
        select scenario_id, flow_id from b.flow_amounts
    )
    group by all
),
of_terms as (
    select
        {KEYS_OF_P},
        case when p.is_same_term then coalesce(leaves.cause_kind, 'parameter') else 'structure' end as cause_kind,
        coalesce(leaves.cause_id, p.parameter_name) as cause_id,
        case when p.is_same_term then coalesce(leaves.cause, p.parameter_name)
            else 'the term ' || p.parameter_name || ' ' || p.change
        end as cause,
        p.part * coalesce(leaves.share, 1) as part
    from pieces as p
    left join leaves
        on p.is_same_term and p.scenario_id = leaves.scenario_id and p.parameter_name = leaves.parameter_name
    where p.parameter_name is not null
),
of_factors as (
    select
        {KEYS_OF_P}, causes.cause_kind, causes.cause_id, causes.cause, p.part
    from pieces as p
    inner join cells using ({KEYS})
    left join factor_causes as causes
        on
            cells.selection_before is not distinct from causes.selection_before
            and cells.selection_after is not distinct from causes.selection_after
            and cells.factor_id_before is not distinct from causes.factor_id_before
            and cells.factor_id_after is not distinct from causes.factor_id_after
    where p.parameter_name is null
),
-- a number that came or went
one_sided as (
    select
        cells.*,
        missing_terms.parameter_name,
        not cells.in_a or not cells.in_b as is_structure,
        'withheld' in (cells.state_before, cells.state_after) as is_withheld,
        (cells.amount_before is null) != (cells.amount_after is null) as is_amount,
        (cells.factor_before is null) != (cells.factor_after is null) as is_factor,
        sides_of_flows.sides
    from cells
    left join missing_terms using (scenario_id, flow_id)
    left join sides_of_flows using (scenario_id, flow_id)
    where (before is null or after is null) and not is_other_unit
),
of_states as (
    select
        {KEYS},
        case
            when is_structure then 'structure'
            when is_withheld then 'state'
            when is_amount then 'parameter'
            when is_factor then causes.cause_kind
            else 'state'
        end as cause_kind,
        case
            when is_structure then flow_id
            when is_withheld then 'withheld'
            when is_amount then coalesce(one_sided.parameter_name, flow_id)
            when is_factor then causes.cause_id
            else state_before || ' → ' || state_after
        end as cause_id,
        case
            when is_structure
                then case when sides > 1 then 'a cell of the flow ' else 'the flow ' end || flow_id
                || case when in_a then ' is gone' else ' is new' end
            when is_withheld
                then case when state_after = 'withheld' then state_before || ' → ' || coalesce(reason_after, 'withheld')
                    else coalesce(reason_before, 'withheld') || ' → ' || state_after
                end
            when is_amount
                then coalesce(one_sided.parameter_name, 'the amount of ' || flow_id)
                || case when amount_after is null then ' has no value any more' else ' has a value now' end
            when is_factor then causes.cause
            else state_before || ' → ' || state_after || ': ' || coalesce(reason_after, 'no reason')
        end as cause,
        coalesce(after, 0) - coalesce(before, 0) as part
    from one_sided
    left join factor_causes as causes
        on
            one_sided.selection_before is not distinct from causes.selection_before
            and one_sided.selection_after is not distinct from causes.selection_after
            and one_sided.factor_id_before is not distinct from causes.factor_id_before
            and one_sided.factor_id_after is not distinct from causes.factor_id_after
),
explained as (
    select * from of_terms
    union all
    select * from of_factors
    union all
    select * from of_states
),
rest as (
    select
        {KEYS},
        any_value(cells.after) - any_value(cells.before)
        - coalesce(sum(explained.part order by explained.part), 0) as part,
        greatest(abs(any_value(cells.before)), abs(any_value(cells.after))) as scale
    from cells
    left join explained using ({KEYS})
    where cells.before is not null and cells.after is not null and not cells.is_other_unit
    group by all
)
select {KEYS}, cause_kind, cause_id, cause, sum(part order by part) as part
from explained
where part != 0
group by all
union all
select
    {KEYS},
    'unexplained' as cause_kind,
    'none' as cause_id,
    'the exports do not hold what changed' as cause,
    part
from rest
where abs(part) > 1e-9 * scale
"""
