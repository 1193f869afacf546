with

comparisons as (
    select * from {{ ref('int_comparisons__pair') }}
),

cells as (
    select * from {{ ref('int_comparisons__match_cells') }}
),

shares_of_amounts as (
    select * from {{ ref('int_comparisons__attribute') }}
),

factor_selection as (
    select * from {{ ref('factor_selection') }}
),

factors as (
    select * from {{ ref('factors') }}
),

impact_categories as (
    select * from {{ ref('impact_categories') }}
),

totals as (
    select * from {{ ref('scenario_comparison_totals') }}
),

one_sided as (
    select
        comparison_id,
        impact_category,
        case when base_value is null then 'cell_appears' else 'cell_disappears' end as contribution_kind,
        concat(flow_key, ' ', life_cycle_stage, ' (', object_id, ')') as contribution_id,
        cast(null as double) as base_input,
        cast(null as double) as other_input,
        cast(null as string) as input_unit,
        cast(null as string) as differs_in,
        coalesce(other_value, 0) - coalesce(base_value, 0) as contribution
    from cells
    where (base_value is null) != (other_value is null)
),

-- a cell that is 0 on one side, or changes its sign, has no logarithm: its step goes whole to what took it there
common as (
    select
        *,
        case
            when base_value = 0 and other_value = 0 then 'none'
            when base_value * other_value > 0 then 'logarithm'
            else 'whole'
        end as shares_add_up_to,
        sign(base_factor_value) != sign(other_factor_value) as is_factor_crossing
    from cells
    where base_value is not null and other_value is not null
),

weighed as (
    select
        *,
        case shares_add_up_to
            when 'logarithm' then {{ log_mean('base_value', 'other_value') }}
            when 'whole' then other_value - base_value
        end as weight
    from common
    where shares_add_up_to != 'none'
),

of_inputs as (
    select
        weighed.comparison_id,
        weighed.impact_category,
        shares_of_amounts.contribution_kind,
        shares_of_amounts.contribution_id,
        shares_of_amounts.base_input,
        shares_of_amounts.other_input,
        shares_of_amounts.input_unit,
        cast(null as string) as differs_in,
        weighed.weight
        * shares_of_amounts.amount_share
        * case
            when weighed.shares_add_up_to = 'whole' and weighed.is_factor_crossing then 0.5
            else 1
        end as contribution
    from weighed
    inner join shares_of_amounts
        on
            weighed.base_scenario_id = shares_of_amounts.base_scenario_id
            and weighed.other_scenario_id = shares_of_amounts.other_scenario_id
            and weighed.base_flow_id = shares_of_amounts.base_flow_id
            and weighed.other_flow_id = shares_of_amounts.other_flow_id
            and weighed.shares_add_up_to = shares_of_amounts.shares_add_up_to
),

changed_amounts as (
    select distinct
        base_scenario_id,
        other_scenario_id,
        base_flow_id,
        other_flow_id,
        shares_add_up_to
    from shares_of_amounts
),

-- why another factor was chosen: what was asked for differs in the place, the basis, the year or the factor set
changed_factors as (
    select
        weighed.comparison_id,
        weighed.impact_category,
        weighed.base_factor_value,
        weighed.other_factor_value,
        case
            when coalesce(base_asked.geography_id, 'any') != coalesce(other_asked.geography_id, 'any')
                then concat(
                    coalesce(base_asked.geography_id, 'any'), ' > ', coalesce(other_asked.geography_id, 'any')
                )
        end as other_place,
        case
            when base_asked.electricity_basis != other_asked.electricity_basis
                then concat(base_asked.electricity_basis, ' > ', other_asked.electricity_basis)
        end as other_basis,
        case
            when coalesce(base_asked.reference_year, 0) != coalesce(other_asked.reference_year, 0)
                then concat(
                    coalesce(cast(base_asked.reference_year as string), 'any'),
                    ' > ',
                    coalesce(cast(other_asked.reference_year as string), 'any')
                )
        end as other_year,
        case
            when base_asked.factor_set_id != other_asked.factor_set_id
                then concat(base_asked.factor_set_id, ' > ', other_asked.factor_set_id)
        end as other_set,
        nullif(concat_ws(
            ', ',
            case when base_factors.source_id != other_factors.source_id then 'source' end,
            case
                when coalesce(base_factors.geography_id, '') != coalesce(other_factors.geography_id, '') then 'place'
            end,
            case
                when coalesce(base_factors.reference_year, 0) != coalesce(other_factors.reference_year, 0) then 'year'
            end,
            case
                when coalesce(base_factors.electricity_scope, '') != coalesce(other_factors.electricity_scope, '')
                    then 'scope of electricity'
            end,
            case when base_factors.indicator_id != other_factors.indicator_id then 'indicator' end
        ), '') as differs_in,
        case
            when weighed.shares_add_up_to = 'logarithm'
                then
                    weighed.weight
                    * (weighed.other_factor_value - weighed.base_factor_value)
                    * {{ log_slope('weighed.base_factor_value', 'weighed.other_factor_value') }}
            when weighed.is_factor_crossing
                then
                    weighed.weight
                    * case when changed_amounts.base_flow_id is not null then 0.5 else 1 end
            else 0
        end as contribution
    from weighed
    inner join factor_selection as base_asked on weighed.base_selection_id = base_asked.selection_id
    inner join factor_selection as other_asked on weighed.other_selection_id = other_asked.selection_id
    inner join factors as base_factors on weighed.base_factor_id = base_factors.factor_id
    inner join factors as other_factors on weighed.other_factor_id = other_factors.factor_id
    left join changed_amounts
        on
            weighed.base_scenario_id = changed_amounts.base_scenario_id
            and weighed.other_scenario_id = changed_amounts.other_scenario_id
            and weighed.base_flow_id = changed_amounts.base_flow_id
            and weighed.other_flow_id = changed_amounts.other_flow_id
            and weighed.shares_add_up_to = changed_amounts.shares_add_up_to
    where weighed.base_factor_id != weighed.other_factor_id
),

of_factors as (
    select
        comparison_id,
        impact_category,
        case
            when
                case when other_place is null then 0 else 1 end
                + case when other_basis is null then 0 else 1 end
                + case when other_year is null then 0 else 1 end
                + case when other_set is null then 0 else 1 end > 1
                then 'factor'
            when other_place is not null then 'place'
            when other_basis is not null then 'electricity_basis'
            when other_year is not null then 'year'
            when other_set is not null then 'factor_set'
            else 'factor'
        end as contribution_kind,
        concat_ws('; ', other_place, other_basis, other_year, other_set) as contribution_id,
        base_factor_value as base_input,
        other_factor_value as other_input,
        differs_in,
        contribution
    from changed_factors
),

contributions as (
    select * from one_sided
    union all
    select * from of_inputs
    union all
    select
        comparison_id,
        impact_category,
        contribution_kind,
        contribution_id,
        base_input,
        other_input,
        cast(null as string) as input_unit,
        differs_in,
        contribution
    from of_factors
),

added_up as (
    select
        comparison_id,
        impact_category,
        contribution_kind,
        contribution_id,
        case when min(base_input) = max(base_input) then min(base_input) end as base_input,
        case when min(other_input) = max(other_input) then min(other_input) end as other_input,
        min(input_unit) as input_unit,
        {{ distinct_list('differs_in') }} as differs_in,
        {{ ordered_sum('contribution') }} as contribution,
        count(*) as cells_moved
    from contributions
    group by comparison_id, impact_category, contribution_kind, contribution_id
),

final as (
    select
        added_up.comparison_id,
        comparisons.dimension,
        comparisons.base_scenario_id,
        comparisons.base_electricity_view,
        comparisons.other_scenario_id,
        comparisons.other_electricity_view,
        added_up.impact_category,
        added_up.contribution_kind,
        added_up.contribution_id,
        added_up.contribution,
        added_up.contribution / nullif(totals.base_value, 0) as contribution_by_base,
        impact_categories.unit,
        added_up.base_input,
        added_up.other_input,
        added_up.input_unit,
        added_up.differs_in,
        cast(added_up.cells_moved as integer) as cells_moved,
        totals.licence_set
    from added_up
    inner join comparisons on added_up.comparison_id = comparisons.comparison_id
    inner join impact_categories on added_up.impact_category = impact_categories.impact_category
    inner join totals
        on
            added_up.comparison_id = totals.comparison_id
            and added_up.impact_category = totals.impact_category
)

select * from final
