"""Which stated parameters moved a derived one, and with what share: the shares of one parameter add up to 1.

A product moves by the logarithms of its inputs, a sum by their differences; an exponential is a product of the
exponentials of its inputs, and steps (`ceiling`, `next_power_of_two`) follow the sum inside. Of a minimum or maximum
the changed inputs that are it before or after share alike. Where the derivation itself changed, it is the cause.
"""

PARAMETERS = """
create temp table parameters as
select
    scenario_id,
    parameter_name,
    a.value as value_a,
    b.value as value_b,
    a.unit as unit_a,
    b.unit as unit_b,
    a.method as method_a,
    b.method as method_b,
    a.source_id as source_a,
    b.source_id as source_b,
    coalesce(b.parameter_id, a.parameter_id) as parameter_id
from a.parameter_values as a
full join b.parameter_values as b using (scenario_id, parameter_name)
where scenario_id in (select scenario_id from cells)
"""

INPUTS = """
create temp table inputs_{side} as
select models.scenario_id, i.parameter_name, i.input_name, i.method, i.constant, i.weight
from (select distinct scenario_id, model_id from {side}.flow_amounts) as models
inner join {side}.parameter_inputs as i on models.model_id = i.model_id
where models.scenario_id in (select scenario_id from cells)
"""

EDGES = """
create temp table edges as
with recipes as (
    select
        side,
        scenario_id,
        parameter_name,
        string_agg(concat_ws('|', method, constant, input_name, weight), ';' order by input_name) as recipe
    from (select 'a' as side, * from inputs_a union all select 'b' as side, * from inputs_b)
    group by side, scenario_id, parameter_name
),
same_recipe as (
    select p.*
    from parameters as p
    inner join recipes as a on a.side = 'a' and a.scenario_id = p.scenario_id and a.parameter_name = p.parameter_name
    inner join recipes as b on b.side = 'b' and b.scenario_id = p.scenario_id and b.parameter_name = p.parameter_name
    where a.recipe = b.recipe and p.method_a = p.method_b and p.method_a != 'stated' and differs(p.value_a, p.value_b)
),
changed as (
    select
        i.scenario_id,
        i.parameter_name,
        i.input_name,
        i.method,
        case
            when i.method = 'product' and x.value_a * x.value_b <= 0 then null
            when i.method = 'product' then i.weight * ln(x.value_b / x.value_a)
            when i.method not in ('minimum', 'maximum') then i.weight * (x.value_b - x.value_a)
        end as contribution,
        case
            when i.method = 'product' then coalesce(x.value_a * x.value_b <= 0, false)
            when i.method in ('minimum', 'maximum')
                then not differs(i.weight * x.value_a + i.constant, p.value_a)
                or not differs(i.weight * x.value_b + i.constant, p.value_b)
            else false
        end as is_carrier
    from same_recipe as p
    inner join inputs_b as i on p.scenario_id = i.scenario_id and p.parameter_name = i.parameter_name
    inner join parameters as x on i.scenario_id = x.scenario_id and i.input_name = x.parameter_name
    where differs(x.value_a, x.value_b)
),
summed as (
    select
        *,
        count(*) filter (is_carrier) over of_one as carriers,
        sum(contribution) over of_one as whole,
        sum(abs(contribution)) over of_one as moved
    from changed
    window of_one as (partition by scenario_id, parameter_name)
)
select
    scenario_id,
    parameter_name,
    input_name,
    case
        when carriers > 0 then case when is_carrier then 1 / carriers else 0 end
        when abs(whole) > 1e-12 * moved then contribution / whole
    end as share
from summed
where carriers > 0 or abs(whole) > 1e-12 * moved
"""

LEAVES = """
create temp table leaves as
with recursive paths as (
    select scenario_id, parameter_name, parameter_name as leaf_name, cast(1 as double) as share, 0 as depth
    from parameters
    where differs(value_a, value_b)
    union all
    select paths.scenario_id, paths.parameter_name, edges.input_name, paths.share * edges.share, paths.depth + 1
    from paths
    inner join edges on paths.scenario_id = edges.scenario_id and paths.leaf_name = edges.parameter_name
    where paths.depth < 20
),
ends as (
    select paths.*
    from paths
    anti join edges on paths.scenario_id = edges.scenario_id and paths.leaf_name = edges.parameter_name
),
shares as (
    select scenario_id, parameter_name, leaf_name, sum(share order by share) as share
    from ends
    group by scenario_id, parameter_name, leaf_name
)
select
    shares.scenario_id,
    shares.parameter_name,
    shares.share,
    case when p.method_a = 'stated' or p.method_b = 'stated' then 'parameter' else 'derivation' end as cause_kind,
    coalesce(p.parameter_id, shares.leaf_name) as cause_id,
    shares.leaf_name || ' ' || shown(p.value_a)
    || case when p.unit_a != p.unit_b then ' ' || p.unit_a else '' end
    || ' → ' || shown(p.value_b) || coalesce(' ' || nullif(coalesce(p.unit_b, p.unit_a), '1'), '')
    || case
        when p.method_a = p.method_b and p.method_a != 'stated'
            then ' (derived: its derivation or inputs, without a split)'
        when p.method_a != p.method_b then ' (' || p.method_a || ' → ' || p.method_b || ')'
        else ''
    end
    || case when p.source_a != p.source_b then ', source ' || p.source_a || ' → ' || p.source_b else '' end as cause
from shares
inner join parameters as p on shares.scenario_id = p.scenario_id and shares.leaf_name = p.parameter_name
"""
