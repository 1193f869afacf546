-- No total goes unchecked: each has every check of consistency, and a check of completeness that counts the same flows.
with

totals as (
    select * from {{ ref('impact_totals') }}
),

consistency_checks as (
    select * from {{ ref('consistency_checks') }}
),

completeness_checks as (
    select * from {{ ref('completeness_checks') }}
    where counted_part = 'all'
),

kinds as (
    select count(*) as checks_listed
    from {{ ref('consistency_kinds') }}
),

checked as (
    select
        scenario_id,
        impact_category,
        electricity_view,
        count(finding) as checks_made
    from consistency_checks
    group by scenario_id, impact_category, electricity_view
),

final as (
    select
        totals.scenario_id,
        totals.impact_category,
        totals.electricity_view,
        totals.flows_modelled,
        totals.flows_expected,
        completeness_checks.flows_modelled as flows_modelled_in_check,
        completeness_checks.flows_expected as flows_expected_in_check,
        checked.checks_made
    from totals
    cross join kinds
    left join checked
        on
            totals.scenario_id = checked.scenario_id
            and totals.impact_category = checked.impact_category
            and totals.electricity_view = checked.electricity_view
    left join completeness_checks
        on
            totals.scenario_id = completeness_checks.scenario_id
            and totals.impact_category = completeness_checks.impact_category
            and totals.electricity_view = completeness_checks.electricity_view
    where
        totals.flows_modelled is distinct from completeness_checks.flows_modelled
        or totals.flows_expected is distinct from completeness_checks.flows_expected
        or (totals.value is not null and coalesce(checked.checks_made, 0) != kinds.checks_listed)
)

select * from final
