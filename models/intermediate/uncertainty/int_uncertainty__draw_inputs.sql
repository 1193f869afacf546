{{ config(materialized='view') }}
{%- set triangle_rise = 'sqrt(u * (upper_limit - lower_limit) * (value - lower_limit))' -%}
{%- set triangle_fall = 'sqrt((1 - u) * (upper_limit - lower_limit) * (upper_limit - value))' -%}
with

inputs as (
    select * from {{ ref('int_uncertainty__describe_inputs') }}
    where distribution != 'fixed' and {{ in_simulated_chunk('scenario_id') }}
),

uncertain as (
    select distinct
        input_kind,
        input_id
    from inputs
),

-- one number a draw and input, whoever uses it
with_uniforms as (
    select
        input_kind,
        input_id,
        {{ each_draw(
            draw_numbers(var('monte_carlo_draws')), 'k',
            uniform("concat('" ~ var('monte_carlo_seed') ~ "|', input_id, '|', cast(k as string))")
        ) }} as uniforms
    from uncertain
),

with_normals as (
    select
        *,
        {{ each_draw('uniforms', 'u', normal_quantile('u')) }} as normals
    from with_uniforms
),

distributions as (
    select distinct
        input_kind,
        input_id,
        draw_id,
        distribution,
        value,
        log_deviation,
        standard_deviation,
        lower_limit,
        upper_limit
    from inputs
),

final as (
    select
        distributions.input_kind,
        distributions.draw_id,
        case distributions.distribution
            when 'lognormal'
                then {{ each_draw(
                    'with_normals.normals', 'x', 'lower_limit + (value - lower_limit) * exp(log_deviation * x)'
                ) }}
            when 'normal' then {{ each_draw('with_normals.normals', 'x', 'value + standard_deviation * x') }}
            when 'logitnormal'
                then {{ each_draw(
                    'with_normals.normals', 'x',
                    'lower_limit + (upper_limit - lower_limit)'
                    ~ ' / (1 + (upper_limit - value) / (value - lower_limit) * exp(-log_deviation * x))'
                ) }}
            when 'uniform'
                then {{ each_draw('with_normals.uniforms', 'u', 'lower_limit + (upper_limit - lower_limit) * u') }}
            when 'loguniform'
                then {{ each_draw('with_normals.uniforms', 'u', 'lower_limit * pow(upper_limit / lower_limit, u)') }}
            when 'triangular'
                then {{ each_draw(
                    'with_normals.uniforms', 'u',
                    'case when u * (upper_limit - lower_limit) < value - lower_limit then lower_limit + '
                    ~ triangle_rise ~ ' else upper_limit - ' ~ triangle_fall ~ ' end'
                ) }}
        end as draws
    from distributions
    inner join with_normals
        on
            distributions.input_kind = with_normals.input_kind
            and distributions.input_id = with_normals.input_id
)

select * from final
