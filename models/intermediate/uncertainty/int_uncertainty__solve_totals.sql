with

cells as (
    select * from {{ ref('int_uncertainty__solve_cells') }}
),

pairs as (
    select * from {{ ref('int_uncertainty__solve_pairs') }}
),

views as (
    select 'location' as electricity_view
    union all
    select 'market' as electricity_view
),

totals as (
    select
        true as over_parts,
        true as over_stages
    union all
    select
        false as over_parts,
        true as over_stages
    union all
    select
        true as over_parts,
        false as over_stages
),

-- cooling water of a site and water of its grid: one stage of one part, in a view the sum of two bases
of_two_bases as (
    select
        cells.scenario_id,
        cells.service_part,
        cells.life_cycle_stage,
        cells.impact_category,
        views.electricity_view
    from cells
    inner join views on cells.electricity_basis in (views.electricity_view, 'not_applicable')
    group by
        cells.scenario_id,
        cells.service_part,
        cells.life_cycle_stage,
        cells.impact_category,
        views.electricity_view
    having count(distinct cells.electricity_basis) > 1
),

-- which cells are added to what
memberships as (
    select
        'flow' as result_level,
        cells.flow_id as total_of_flow,
        cells.service_part as total_of_part,
        cells.life_cycle_stage as total_of_stage,
        cells.electricity_basis as total_of_basis,
        cells.*
    from cells
    union all
    select
        'cell' as result_level,
        cast(null as string) as total_of_flow,
        cells.service_part as total_of_part,
        cells.life_cycle_stage as total_of_stage,
        cells.electricity_basis as total_of_basis,
        cells.*
    from cells
    union all
    select
        'total' as result_level,
        cast(null as string) as total_of_flow,
        case when totals.over_parts then 'all' else cells.service_part end as total_of_part,
        case when totals.over_stages then 'all' else cells.life_cycle_stage end as total_of_stage,
        views.electricity_view as total_of_basis,
        cells.*
    from cells
    inner join views on cells.electricity_basis in (views.electricity_view, 'not_applicable')
    cross join totals
    union all
    select
        'total' as result_level,
        cast(null as string) as total_of_flow,
        cells.service_part as total_of_part,
        cells.life_cycle_stage as total_of_stage,
        of_two_bases.electricity_view as total_of_basis,
        cells.*
    from cells
    inner join of_two_bases
        on
            cells.scenario_id = of_two_bases.scenario_id
            and cells.service_part = of_two_bases.service_part
            and cells.life_cycle_stage = of_two_bases.life_cycle_stage
            and cells.impact_category = of_two_bases.impact_category
            and cells.electricity_basis in (of_two_bases.electricity_view, 'not_applicable')
),

means as (
    select
        result_level,
        scenario_id,
        total_of_flow,
        total_of_part,
        total_of_stage,
        impact_category,
        total_of_basis,
        bool_and(is_exact) as is_exact,
        {{ ordered_sum('value') }} as value,
        {{ ordered_sum('exact_mean') }} as exact_mean,
        case when count(*) = 1 then max(log_deviation) end as log_deviation,
        bool_or(has_declared) as has_declared,
        bool_or(has_pedigree) as has_pedigree
    from memberships
    group by
        result_level, scenario_id, total_of_flow, total_of_part, total_of_stage, impact_category, total_of_basis
),

-- covariance of two products of independent inputs: only shared inputs have a moment of their own
covariances as (
    select
        scenario_id,
        impact_category,
        flow_id,
        life_cycle_stage,
        electricity_basis,
        other_flow_id,
        other_life_cycle_stage,
        other_electricity_basis,
        case
            when count(*) = count(moment_ratio)
                then max(product_of_means) * ({{ product('moment_ratio') }} - 1)
        end as covariance
    from pairs
    group by
        scenario_id,
        impact_category,
        flow_id,
        life_cycle_stage,
        electricity_basis,
        other_flow_id,
        other_life_cycle_stage,
        other_electricity_basis
),

variances as (
    select
        one.result_level,
        one.scenario_id,
        one.total_of_flow,
        one.total_of_part,
        one.total_of_stage,
        one.impact_category,
        one.total_of_basis,
        count(*) as pairs,
        count(covariances.covariance) as pairs_solved,
        {{ ordered_sum('covariances.covariance') }} as exact_variance
    from memberships as one
    inner join covariances
        on
            one.scenario_id = covariances.scenario_id
            and one.impact_category = covariances.impact_category
            and one.flow_id = covariances.flow_id
            and one.life_cycle_stage = covariances.life_cycle_stage
            and one.electricity_basis = covariances.electricity_basis
    inner join memberships as other
        on
            one.result_level = other.result_level
            and one.scenario_id = other.scenario_id
            and coalesce(one.total_of_flow, '') = coalesce(other.total_of_flow, '')
            and one.total_of_part = other.total_of_part
            and one.total_of_stage = other.total_of_stage
            and one.impact_category = other.impact_category
            and one.total_of_basis = other.total_of_basis
            and covariances.other_flow_id = other.flow_id
            and covariances.other_life_cycle_stage = other.life_cycle_stage
            and covariances.other_electricity_basis = other.electricity_basis
    group by
        one.result_level,
        one.scenario_id,
        one.total_of_flow,
        one.total_of_part,
        one.total_of_stage,
        one.impact_category,
        one.total_of_basis
),

final as (
    select
        means.result_level,
        means.scenario_id,
        means.total_of_flow as flow_id,
        means.total_of_part as service_part,
        means.total_of_stage as life_cycle_stage,
        means.impact_category,
        means.total_of_basis as electricity_basis,
        case when means.is_exact then means.exact_mean end as exact_mean,
        case
            when means.is_exact and variances.pairs is null then 0
            when means.is_exact and variances.pairs_solved = variances.pairs then variances.exact_variance
        end as exact_variance,
        means.log_deviation,
        means.value,
        means.has_declared,
        means.has_pedigree
    from means
    left join variances
        on
            means.result_level = variances.result_level
            and means.scenario_id = variances.scenario_id
            and coalesce(means.total_of_flow, '') = coalesce(variances.total_of_flow, '')
            and means.total_of_part = variances.total_of_part
            and means.total_of_stage = variances.total_of_stage
            and means.impact_category = variances.impact_category
            and means.total_of_basis = variances.total_of_basis
)

select * from final
