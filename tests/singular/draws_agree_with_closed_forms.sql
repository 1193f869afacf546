-- Mean, median and ends of the draws lie within five standard errors of their closed forms. A quantile at p of n draws
-- scatters by sqrt(p (1 - p) / n) over the density: on the scale of a normal by 1.2533 / sqrt(n) deviations at the
-- median and by 2.6713 / sqrt(n) at 2.5 and 97.5 %.
{%- set n = var('monte_carlo_draws') %}
with

summarised as (
    select * from {{ ref('int_uncertainty__summarise') }}
    where is_ranged and value != 0
),

misses as (
    select
        *,
        abs(mean - exact_mean) * sqrt({{ n }}) / nullif(sqrt(exact_variance), 0) as miss_of_mean,
        abs(ln(median / value)) * sqrt({{ n }}) / nullif(log_deviation, 0) / 1.2533 as miss_of_median,
        abs(ln(value_low / value) / nullif(log_deviation, 0) + 1.959964) * sqrt({{ n }}) / 2.6713 as miss_of_low,
        abs(ln(value_high / value) / nullif(log_deviation, 0) - 1.959964) * sqrt({{ n }}) / 2.6713 as miss_of_high
    from summarised
)

select *
from misses
where miss_of_mean > 5 or miss_of_median > 5 or miss_of_low > 5 or miss_of_high > 5
