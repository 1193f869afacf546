-- No draw of a parameter passes what physics or arithmetic allow, whatever range was declared for it.
with

inputs as (
    select * from {{ ref('int_uncertainty__describe_inputs') }}
    where input_kind = 'parameter' and distribution != 'fixed'
),

draw_limits as (
    select * from {{ ref('draw_limits') }}
    where draw_treatment = 'bounded'
),

limited as (
    select distinct
        inputs.draw_id,
        draw_limits.lowest,
        draw_limits.highest
    from inputs
    inner join draw_limits on inputs.parameter_name like draw_limits.name_pattern
),

drawn as (
    select
        limited.draw_id,
        limited.lowest,
        limited.highest,
        {{ quantiles_of_draws('draws.draws', [0, 1]) }} as ends
    from limited
    inner join {{ ref('int_uncertainty__draw_inputs') }} as draws on limited.draw_id = draws.draw_id
)

select *
from drawn
where
    {{ element_of('ends', 1) }} < lowest
    or {{ element_of('ends', 2) }} > highest
