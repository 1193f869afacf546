with

comparisons as (
    select * from {{ ref('int_comparisons__pair') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

totals as (
    select * from {{ ref('impact_totals') }}
),

cells as (
    select
        *,
        concat(flow_key, ' ', life_cycle_stage) as cell
    from {{ ref('int_comparisons__match_cells') }}
),

sides as (
    select
        comparisons.comparison_id,
        comparisons.question,
        comparisons.dimension,
        comparisons.base_scenario_id,
        comparisons.base_electricity_view,
        comparisons.other_scenario_id,
        comparisons.other_electricity_view,
        comparisons.note,
        base_totals.impact_category,
        base_totals.unit,
        base_totals.value as base_value,
        other_totals.value as other_value,
        base_totals.completeness as base_completeness,
        other_totals.completeness as other_completeness,
        base_totals.is_method_mixed or other_totals.is_method_mixed as is_method_mixed,
        base_scenarios.functional_unit_id as base_functional_unit_id,
        other_scenarios.functional_unit_id as other_functional_unit_id,
        {{ split_list("concat_ws('; ', base_totals.licence_set, other_totals.licence_set)") }} as licences
    from comparisons
    inner join scenarios as base_scenarios on comparisons.base_scenario_id = base_scenarios.scenario_id
    inner join scenarios as other_scenarios on comparisons.other_scenario_id = other_scenarios.scenario_id
    inner join totals as base_totals
        on
            comparisons.base_scenario_id = base_totals.scenario_id
            and comparisons.base_electricity_view = base_totals.electricity_view
    inner join totals as other_totals
        on
            comparisons.other_scenario_id = other_totals.scenario_id
            and comparisons.other_electricity_view = other_totals.electricity_view
            and base_totals.impact_category = other_totals.impact_category
),

licence_sets as (
    select
        comparison_id,
        impact_category,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('sides', 'licences', 'licence_id') }}
    where licence_id != ''
    group by comparison_id, impact_category
),

compared as (
    select
        comparison_id,
        impact_category,
        count(case when base_value is not null and other_value is not null then 1 end) as cells_on_both_sides,
        {{ ordered_sum('case when other_value is not null then base_value end') }} as base_value_of_common_cells,
        {{ ordered_sum('case when base_value is not null then other_value end') }} as other_value_of_common_cells,
        {{ distinct_list("case when base_value is not null and other_value is null then cell end") }}
            as cells_of_base_alone,
        {{ distinct_list("case when base_value is null and other_value is not null then cell end") }}
            as cells_of_other_alone,
        {{ distinct_list("case when is_change_left_out then cell end") }} as changes_left_out,
        -- of what is modelled nothing changes
        coalesce(bool_and(base_value is not distinct from other_value), true) as is_all_equal,
        count(case when base_summing_method != other_summing_method then 1 end) as cells_of_other_methods
    from cells
    group by comparison_id, impact_category
),

judged as (
    select
        sides.*,
        coalesce(compared.cells_on_both_sides, 0) as cells_on_both_sides,
        compared.base_value_of_common_cells,
        compared.other_value_of_common_cells,
        compared.cells_of_base_alone,
        compared.cells_of_other_alone,
        compared.changes_left_out,
        coalesce(compared.is_all_equal and compared.changes_left_out is not null, false) as is_change_unknown,
        nullif(concat_ws(
            '; ',
            case when sides.base_value is null and sides.other_value is null then 'neither side is modelled' end,
            case when sides.base_value is null and sides.other_value is not null then 'the base is not modelled' end,
            case when sides.base_value is not null and sides.other_value is null then 'the other is not modelled' end,
            case
                when sides.base_functional_unit_id is distinct from sides.other_functional_unit_id
                    then 'another functional unit'
            end,
            case when compared.cells_of_base_alone is not null then 'cells of the base alone' end,
            case when compared.cells_of_other_alone is not null then 'cells of the other alone' end,
            case
                when compared.is_all_equal and compared.changes_left_out is not null
                    then 'what changes is modelled on neither side'
            end,
            case when compared.cells_of_other_methods > 0 then 'cells of different methods' end
        ), '') as not_comparable_because
    from sides
    left join compared
        on
            sides.comparison_id = compared.comparison_id
            and sides.impact_category = compared.impact_category
),

final as (
    select
        judged.comparison_id,
        judged.question,
        judged.dimension,
        judged.base_scenario_id,
        judged.base_electricity_view,
        judged.other_scenario_id,
        judged.other_electricity_view,
        judged.impact_category,
        judged.unit,
        judged.base_value,
        judged.other_value,
        case when not judged.is_change_unknown then judged.other_value - judged.base_value end as difference,
        case when not judged.is_change_unknown then judged.other_value / nullif(judged.base_value, 0) end
            as other_by_base,
        judged.base_completeness,
        judged.other_completeness,
        judged.not_comparable_because is null as is_comparable,
        judged.not_comparable_because,
        cast(judged.cells_on_both_sides as integer) as cells_on_both_sides,
        judged.other_value_of_common_cells - judged.base_value_of_common_cells as difference_of_common_cells,
        judged.other_value_of_common_cells / nullif(judged.base_value_of_common_cells, 0)
            as other_by_base_of_common_cells,
        judged.cells_of_base_alone,
        judged.cells_of_other_alone,
        judged.changes_left_out,
        judged.is_method_mixed,
        judged.note,
        licence_sets.licence_set
    from judged
    left join licence_sets
        on
            judged.comparison_id = licence_sets.comparison_id
            and judged.impact_category = licence_sets.impact_category
)

select * from final
