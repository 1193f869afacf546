-- A compared with B is minus B compared with A, contribution by contribution; what appears on the way there disappears
-- on the way back. Rows of several changes at once have an id that reads another way round: the sums of the other test
-- hold them. A row of its own says so if no comparison has its way back, so that the test cannot pass on nothing.
with

contributions as (
    select * from {{ ref('scenario_comparison') }}
),

pairs as (
    select
        there.comparison_id,
        back.comparison_id as comparison_id_back
    from {{ ref('int_comparisons__pair') }} as there
    inner join {{ ref('int_comparisons__pair') }} as back
        on
            there.base_scenario_id = back.other_scenario_id
            and there.base_electricity_view = back.other_electricity_view
            and there.other_scenario_id = back.base_scenario_id
            and there.other_electricity_view = back.base_electricity_view
),

there as (
    select
        pairs.comparison_id,
        contributions.impact_category,
        contributions.contribution_kind,
        contributions.contribution_id,
        contributions.contribution
    from pairs
    inner join contributions on pairs.comparison_id = contributions.comparison_id
    where contributions.contribution_kind != 'factor'
),

back as (
    select
        pairs.comparison_id,
        contributions.impact_category,
        case contributions.contribution_kind
            when 'cell_appears' then 'cell_disappears'
            when 'cell_disappears' then 'cell_appears'
            else contributions.contribution_kind
        end as contribution_kind,
        -- a change of what was asked for reads the other way round
        case
            when contributions.contribution_kind in ('place', 'electricity_basis', 'year', 'factor_set')
                then concat(
                    split_part(contributions.contribution_id, ' > ', 2),
                    ' > ',
                    split_part(contributions.contribution_id, ' > ', 1)
                )
            else contributions.contribution_id
        end as contribution_id,
        contributions.contribution
    from pairs
    inner join contributions on pairs.comparison_id_back = contributions.comparison_id
    where contributions.contribution_kind != 'factor'
),

unequal as (
    select
        coalesce(there.comparison_id, back.comparison_id) as comparison_id,
        coalesce(there.impact_category, back.impact_category) as impact_category,
        coalesce(there.contribution_id, back.contribution_id) as contribution_id,
        there.contribution,
        back.contribution as contribution_back
    from there
    full join back
        on
            there.comparison_id = back.comparison_id
            and there.impact_category = back.impact_category
            and there.contribution_kind = back.contribution_kind
            and there.contribution_id = back.contribution_id
    where
        coalesce(abs(there.contribution + back.contribution), 1)
        > 1e-9 * greatest(abs(coalesce(there.contribution, 0)), abs(coalesce(back.contribution, 0)))
),

found as (
    select count(case when contribution_kind = 'parameter' then 1 end) as parameters
    from there
),

without_a_way_back as (
    select
        'no comparison has its way back' as comparison_id,
        cast(null as string) as impact_category,
        cast(null as string) as contribution_id,
        cast(null as double) as contribution,
        cast(null as double) as contribution_back
    from found
    where parameters = 0
)

select * from unequal
union all
select * from without_a_way_back
