{%- set z = 1.959963984540054 -%}
with

inherited as (
    select * from {{ ref('int_parameters__inherit') }}
),

parameters as (
    select * from {{ ref('parameters') }}
),

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
),

factors as (
    select * from {{ ref('factors') }}
),

scores as (
    select * from {{ ref('int_quality__score_inputs') }}
),

range_kinds as (
    select * from {{ ref('range_kinds') }}
),

draw_limits as (
    select * from {{ ref('draw_limits') }}
),

of_parameters as (
    select
        inherited.scenario_id,
        'parameter' as input_kind,
        coalesce(parameters.uncertainty_id, inherited.parameter_id) as input_id,
        cast(null as string) as selection_id,
        inherited.parameter_name,
        cast(null as string) as factor_id,
        inherited.value,
        inherited.value_low,
        inherited.value_high,
        inherited.is_ranged,
        inherited.unit,
        parameters.distribution as stated_distribution,
        case
            when inherited.statistic_id is not null then 'confidence interval of a measured statistic'
            else parameters.range_kind
        end as range_kind
    from inherited
    left join parameters on inherited.parameter_id = parameters.parameter_id
),

of_factors as (
    select distinct
        multiplied.scenario_id,
        'factor' as input_kind,
        concat('factor:', factors.factor_id) as input_id,
        multiplied.selection_id,
        cast(null as string) as parameter_name,
        factors.factor_id,
        factors.value,
        coalesce(factors.value_low, factors.value) as value_low,
        coalesce(factors.value_high, factors.value) as value_high,
        factors.value_low is not null or factors.value_high is not null as is_ranged,
        cast(null as string) as unit,
        cast(null as string) as stated_distribution,
        factors.range_kind
    from multiplied
    inner join factors on multiplied.factor_id = factors.factor_id
    where multiplied.value is not null
),

inputs as (
    select * from of_parameters
    union all
    select * from of_factors
),

limits as (
    select
        inputs.scenario_id,
        inputs.parameter_name,
        draw_limits.lowest,
        draw_limits.highest,
        draw_limits.draw_treatment,
        draw_limits.reason
    from of_parameters as inputs
    inner join draw_limits
        on
            inputs.parameter_name like draw_limits.name_pattern
            and inputs.unit = draw_limits.unit
    qualify row_number() over (
        partition by inputs.scenario_id, inputs.parameter_name
        order by length(draw_limits.name_pattern) desc, draw_limits.name_pattern
    ) = 1
),

-- a range that is a choice between sources says nothing about the spread of the value that was chosen, nor does one
-- without a width: the energy of a trace without gaps lies between bounds that are equal
with_spread as (
    select
        inputs.*,
        range_kinds.range_treatment,
        case
            when
                inputs.is_ranged
                and inputs.value_low < inputs.value_high
                and coalesce(range_kinds.range_treatment, 'none') != 'choice'
                then coalesce(inputs.stated_distribution, range_kinds.distribution)
        end as declared_distribution,
        case when inputs.is_ranged then range_kinds.reason end as range_reason,
        limits.draw_treatment,
        limits.lowest,
        limits.highest,
        limits.reason as limit_reason,
        scores.treatment as score_treatment,
        sqrt(scores.basic_log_variance + scores.pedigree_log_variance) as score_log_deviation
    from inputs
    left join range_kinds on inputs.range_kind = range_kinds.range_kind
    left join limits
        on
            inputs.scenario_id = limits.scenario_id
            and inputs.parameter_name = limits.parameter_name
    left join scores
        on
            inputs.scenario_id = scores.scenario_id
            and inputs.input_kind = scores.input_kind
            and inputs.input_id = scores.input_id
            and coalesce(inputs.selection_id, '') = coalesce(scores.selection_id, '')
),

with_basis as (
    select
        *,
        case
            when declared_distribution is not null then 'declared'
            when draw_treatment = 'fixed' or score_treatment = 'definition' then 'definition'
            when coalesce(score_log_deviation, 0) = 0 then 'none'
            when value = 0 or value = lowest or value = highest then 'none'
            else 'pedigree'
        end as uncertainty_basis
    from with_spread
),

with_distribution as (
    select
        *,
        case
            when uncertainty_basis in ('definition', 'none') then 'fixed'
            when uncertainty_basis = 'declared' and declared_distribution = 'lognormal' and value <= 0 then 'normal'
            when uncertainty_basis = 'declared' then declared_distribution
            when value < 0 then 'normal'
            when highest is not null then 'logitnormal'
            else 'lognormal'
        end as distribution
    from with_basis
),

final as (
    select
        scenario_id,
        input_kind,
        input_id,
        selection_id,
        parameter_name,
        factor_id,
        value,
        distribution,
        case
            when distribution = 'lognormal' and uncertainty_basis = 'declared' and value_low > 0
                then ln(value_high / value_low) / {{ 2 * z }}
            when distribution = 'lognormal' and uncertainty_basis = 'declared' then ln(value_high / value) / {{ z }}
            when distribution in ('lognormal', 'logitnormal') then score_log_deviation
        end as log_deviation,
        case
            when distribution = 'normal' and uncertainty_basis = 'declared' then (value_high - value_low) / {{ 2 * z }}
            when distribution = 'normal' then abs(value) * score_log_deviation
        end as standard_deviation,
        case
            when distribution in ('uniform', 'triangular', 'loguniform') then value_low
            when distribution = 'logitnormal' then lowest
            when distribution = 'lognormal' and uncertainty_basis = 'pedigree' then coalesce(lowest, 0)
            when distribution = 'lognormal' then 0
        end as lower_limit,
        case
            when distribution in ('uniform', 'triangular', 'loguniform') then value_high
            when distribution = 'logitnormal' then highest
        end as upper_limit,
        uncertainty_basis,
        concat_ws(
            '; ',
            case
                when uncertainty_basis = 'declared' then coalesce(range_reason, 'declared with the parameter')
                when draw_treatment = 'fixed' then limit_reason
                when uncertainty_basis = 'definition' then 'a count, a choice or a definition'
                when uncertainty_basis = 'none' and coalesce(score_log_deviation, 0) = 0 then 'no spread is known'
                when uncertainty_basis = 'none' then 'at a limit, where no spread can be drawn; held'
                when draw_treatment = 'bounded' then limit_reason
                when value < 0 then 'a credit: normal'
                else 'median is the value, spread from its data quality'
            end,
            case
                when is_ranged and range_treatment = 'choice'
                    then concat('its range is no distribution: ', range_reason)
            end
        ) as reason,
        concat_ws(
            '|', input_id, distribution, cast(value as string), cast(score_log_deviation as string),
            cast(lowest as string), cast(highest as string), cast(value_low as string), cast(value_high as string)
        ) as draw_id
    from with_distribution
)

select * from final
