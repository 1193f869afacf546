with recursive

values_in_use as (
    select * from {{ ref('int_parameters__derive') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

inputs_in_use as (
    select
        derived.scenario_id,
        derived.parameter_name,
        derived.method,
        derived.value,
        derived_parameters.constant,
        weights.input_name,
        weights.weight,
        inputs.value as input_value,
        inputs.value * weights.weight as term
    from values_in_use as derived
    inner join scenarios on derived.scenario_id = scenarios.scenario_id
    inner join derived_parameters
        on
            scenarios.model_id = derived_parameters.model_id
            and derived.parameter_name = derived_parameters.parameter_name
    inner join derived_parameter_inputs as weights
        on
            scenarios.model_id = weights.model_id
            and derived.parameter_name = weights.parameter_name
    inner join values_in_use as inputs
        on
            derived.scenario_id = inputs.scenario_id
            and weights.input_name = inputs.parameter_name
    where derived.method != 'stated'
),

inputs_together as (
    select
        scenario_id,
        parameter_name,
        count(case when input_value = 0 then 1 end) as zeros,
        {{ product("case when method = 'product' and input_value != 0 then pow(input_value, weight) end") }} as rest,
        min(term) as least_term,
        max(term) as greatest_term
    from inputs_in_use
    group by scenario_id, parameter_name
),

-- the input that a minimum or a maximum takes
active as (
    select
        inputs_in_use.*,
        inputs_together.zeros,
        inputs_together.rest,
        case inputs_in_use.method
            when 'minimum' then inputs_in_use.term = inputs_together.least_term
            when 'maximum' then inputs_in_use.term = inputs_together.greatest_term
        end as is_active
    from inputs_in_use
    inner join inputs_together
        on
            inputs_in_use.scenario_id = inputs_together.scenario_id
            and inputs_in_use.parameter_name = inputs_together.parameter_name
),

counted as (
    select
        *,
        count(case when is_active then 1 end) over (partition by scenario_id, parameter_name) as active_inputs
    from active
),

-- inputs that reach a minimum together share it: where they move alike, that is its derivative
partials as (
    select
        scenario_id,
        parameter_name,
        input_name,
        cast(
            case
                when method = 'product'
                    then {{ partial_of_product('value', 'constant', 'input_value', 'weight', 'zeros', 'rest') }}
                when method = 'sum' then weight
                when method = 'exponential' then weight * value
                when method in ('ceiling', 'next_power_of_two') then 0
                when is_active then weight / active_inputs
                else 0
            end as double
        ) as partial,
        method in ('ceiling', 'next_power_of_two') as is_stepwise,
        coalesce(is_active and active_inputs > 1, false) as is_shared,
        active_inputs
    from counted
),

-- chain rule: the product of the partials along each way down to what is stated
paths as (
    select
        scenario_id,
        parameter_name,
        parameter_name as reached_name,
        cast(1 as double) as derivative,
        false as is_stepwise,
        0 as distance
    from values_in_use

    union all

    select
        paths.scenario_id,
        paths.parameter_name,
        partials.input_name as reached_name,
        paths.derivative * partials.partial as derivative,
        paths.is_stepwise or partials.is_stepwise as is_stepwise,
        paths.distance + 1 as distance
    from paths
    inner join partials
        on
            paths.scenario_id = partials.scenario_id
            and paths.reached_name = partials.parameter_name
    where paths.distance < 20
),

added as (
    select
        paths.scenario_id,
        paths.parameter_name,
        paths.reached_name,
        {{ ordered_sum('paths.derivative') }} as derivative,
        count(*) as ways,
        count(paths.derivative) as ways_known,
        bool_or(paths.is_stepwise) as is_stepwise
    from paths
    group by paths.scenario_id, paths.parameter_name, paths.reached_name
),

-- where they do not, the minimum has a kink and no derivative by that parameter
kinks as (
    select
        partials.scenario_id,
        partials.parameter_name,
        added.reached_name
    from partials
    inner join added
        on
            partials.scenario_id = added.scenario_id
            and partials.input_name = added.parameter_name
    where partials.is_shared
    group by partials.scenario_id, partials.parameter_name, added.reached_name
    having
        count(*) < max(partials.active_inputs)
        or max(partials.partial * added.derivative) - min(partials.partial * added.derivative)
        > 1e-9 * max(abs(partials.partial * added.derivative))
),

kinked as (
    select distinct
        added.scenario_id,
        added.parameter_name,
        kinks.reached_name
    from added
    inner join kinks
        on
            added.scenario_id = kinks.scenario_id
            and added.reached_name = kinks.parameter_name
    where added.derivative != 0
),

differentiated as (
    select
        added.scenario_id,
        added.parameter_name,
        added.reached_name,
        case when added.ways = added.ways_known and kinked.reached_name is null then added.derivative end as derivative,
        added.is_stepwise,
        kinked.reached_name is not null as is_tied
    from added
    left join kinked
        on
            added.scenario_id = kinked.scenario_id
            and added.parameter_name = kinked.parameter_name
            and added.reached_name = kinked.reached_name
),

final as (
    select
        differentiated.scenario_id,
        differentiated.parameter_name,
        differentiated.reached_name as stated_parameter_name,
        differentiated.derivative * stated.value as scaled_derivative,
        differentiated.derivative * stated.value / nullif(derived.value, 0) as elasticity,
        differentiated.is_stepwise,
        differentiated.is_tied,
        derived.unit
    from differentiated
    inner join values_in_use as stated
        on
            differentiated.scenario_id = stated.scenario_id
            and differentiated.reached_name = stated.parameter_name
    inner join values_in_use as derived
        on
            differentiated.scenario_id = derived.scenario_id
            and differentiated.parameter_name = derived.parameter_name
    where stated.method = 'stated'
)

select * from final
