with

bridges as (
    select * from {{ ref('disclosure_bridges') }}
),

terms as (
    select * from {{ ref('disclosure_bridge_terms') }}
),

inputs as (
    select * from {{ ref('disclosure_bridge_inputs') }}
),

disclosures as (
    select * from {{ ref('disclosures') }}
),

impact_totals as (
    select * from {{ ref('impact_totals') }}
),

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

functional_units as (
    select * from {{ ref('functional_units') }}
),

scenario_functional_units as (
    select
        flow_amounts.scenario_id,
        max(functional_units.functional_quantity) as functional_quantity
    from flow_amounts
    inner join functional_units on flow_amounts.functional_unit_id = functional_units.functional_unit_id
    group by flow_amounts.scenario_id
),

electricity as (
    select
        scenario_id,
        'electricity' as quantity,
        cast(null as string) as electricity_view,
        case when count(*) = count(amount) then {{ ordered_sum('amount') }} end as value,
        max(amount_unit) as unit,
        {{ distinct_list('licence_set') }} as licence_sets
    from flow_amounts
    where
        object_id = 'electricity'
        and stage_rule = 'use'
    group by scenario_id
),

totals as (
    select
        scenario_id,
        impact_category as quantity,
        electricity_view,
        value,
        unit,
        licence_set as licence_sets
    from impact_totals
    union all
    select * from electricity
),

-- what a scenario gives for one of its functional unit
computed as (
    select
        totals.scenario_id,
        totals.quantity,
        totals.electricity_view,
        totals.value / nullif(scenario_functional_units.functional_quantity, 0) as value,
        totals.unit,
        totals.licence_sets
    from totals
    inner join scenario_functional_units on totals.scenario_id = scenario_functional_units.scenario_id
),

ends as (
    select
        bridges.*,
        coalesce(modelled.value * bridges.modelled_quantity, stated_model.canonical_value) as modelled,
        coalesce(modelled.unit, stated_model.canonical_unit) as modelled_unit,
        coalesce(measured.value * bridges.modelled_quantity, stated_measure.canonical_value) as measured,
        coalesce(measured.unit, stated_measure.canonical_unit) as measured_unit,
        disclosed.canonical_value as disclosed,
        disclosed.canonical_unit as unit,
        disclosed.functional_unit_meaning,
        disclosed.source_id as disclosed_source_id,
        disclosed.locator as disclosed_locator,
        stated_model.source_id as modelled_source_id,
        stated_model.locator as modelled_locator,
        stated_measure.source_id as measured_source_id,
        stated_measure.locator as measured_locator,
        {{ split_list("""concat_ws(
            '; ',
            modelled.licence_sets,
            measured.licence_sets,
            stated_model.licence_set,
            stated_measure.licence_set,
            disclosed.licence_set
        )""") }} as licences
    from bridges
    inner join disclosures as disclosed on bridges.disclosure_id = disclosed.disclosure_id
    left join disclosures as stated_model on bridges.modelled_disclosure_id = stated_model.disclosure_id
    left join disclosures as stated_measure on bridges.measured_disclosure_id = stated_measure.disclosure_id
    left join computed as modelled
        on
            bridges.modelled_scenario_id = modelled.scenario_id
            and bridges.quantity = modelled.quantity
            and (modelled.electricity_view is null or bridges.electricity_view = modelled.electricity_view)
    left join computed as measured
        on
            bridges.measured_scenario_id = measured.scenario_id
            and bridges.quantity = measured.quantity
            and (measured.electricity_view is null or bridges.electricity_view = measured.electricity_view)
),

-- a factor is a ratio of printed figures; no figure on a side stands for the whole
ratio_figures as (
    select
        inputs.bridge_term_id,
        case when inputs.ratio_side = 'numerator' then disclosures.canonical_value end as over_the_line,
        case when inputs.ratio_side = 'denominator' then disclosures.canonical_value end as under_the_line
    from inputs
    inner join disclosures on inputs.disclosure_id = disclosures.disclosure_id
),

sides as (
    select
        bridge_term_id,
        {{ ordered_sum('over_the_line') }} as numerator,
        {{ ordered_sum('under_the_line') }} as denominator
    from ratio_figures
    group by bridge_term_id
),

differences as (
    select
        terms.*,
        coalesce(sides.numerator, 1) / nullif(coalesce(sides.denominator, 1), 0) as factor
    from terms
    inner join sides on terms.bridge_term_id = sides.bridge_term_id
    union all
    select
        terms.*,
        cast(null as double) as factor
    from terms
    left join sides on terms.bridge_term_id = sides.bridge_term_id
    where sides.bridge_term_id is null
),

explained as (
    select
        bridge_id,
        quantity,
        {{ product('factor') }} as factor
    from differences
    where factor is not null
    group by bridge_id, quantity
),

rests as (
    select
        ends.bridge_id,
        ends.quantity,
        ends.disclosed,
        ends.disclosed
        / nullif(coalesce(ends.measured, ends.modelled) * coalesce(explained.factor, 1), 0) as factor
    from ends
    left join explained
        on
            ends.bridge_id = explained.bridge_id
            and ends.quantity = explained.quantity
),

cumulated as (
    select
        differences.bridge_term_id,
        {{ product('coalesce(earlier.factor, 1)') }} as factor
    from differences
    inner join differences as earlier
        on
            differences.bridge_id = earlier.bridge_id
            and differences.quantity = earlier.quantity
            and differences.position >= earlier.position
    group by differences.bridge_term_id
),

steps as (
    select
        bridge_id,
        quantity,
        1 as step_no,
        'modelled' as step,
        'what the model gives' as step_title,
        cast(null as string) as direction,
        cast(null as double) as factor,
        modelled as value,
        case when modelled is null then note end as reason,
        modelled_source_id as source_id,
        modelled_locator as locator
    from ends
    union all
    select
        bridge_id,
        quantity,
        2 as step_no,
        'measured' as step,
        'what is measured' as step_title,
        case
            when measured > modelled then 'up'
            when measured < modelled then 'down'
            when measured = modelled then 'none'
        end as direction,
        measured / nullif(modelled, 0) as factor,
        measured as value,
        case when measured is null then note end as reason,
        measured_source_id as source_id,
        measured_locator as locator
    from ends
    union all
    select
        differences.bridge_id,
        differences.quantity,
        2 + differences.position as step_no,
        'difference' as step,
        differences.term as step_title,
        differences.direction,
        differences.factor,
        coalesce(ends.measured, ends.modelled) * cumulated.factor as value,
        differences.reason,
        differences.source_id,
        differences.locator
    from differences
    inner join ends
        on
            differences.bridge_id = ends.bridge_id
            and differences.quantity = ends.quantity
    inner join cumulated on differences.bridge_term_id = cumulated.bridge_term_id
    union all
    select
        bridge_id,
        quantity,
        1000 as step_no,
        'unexplained' as step,
        'what no figure explains' as step_title,
        -- a rest of the last bit is none
        case
            when abs(factor - 1) <= 1e-9 then 'none'
            when factor > 1 then 'up'
            when factor < 1 then 'down'
        end as direction,
        factor,
        case when factor is not null then disclosed end as value,
        case
            when factor is null then 'nothing stands before the disclosure'
            else 'the rest: the differences that are named without a factor, and what nobody knows'
        end as reason,
        cast(null as string) as source_id,
        cast(null as string) as locator
    from rests
    union all
    select
        bridge_id,
        quantity,
        1001 as step_no,
        'disclosed' as step,
        functional_unit_meaning as step_title,
        cast(null as string) as direction,
        cast(null as double) as factor,
        disclosed as value,
        cast(null as string) as reason,
        disclosed_source_id as source_id,
        disclosed_locator as locator
    from ends
),

licence_sets as (
    select
        bridge_id,
        quantity,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('ends', 'licences', 'licence_id') }}
    where licence_id != ''
    group by bridge_id, quantity
),

final as (
    select
        steps.bridge_id,
        ends.title,
        steps.quantity,
        cast(steps.step_no as integer) as step_no,
        steps.step,
        steps.step_title,
        steps.direction,
        steps.factor,
        steps.value,
        ends.unit,
        steps.value / nullif(ends.modelled, 0) as ratio_to_modelled,
        steps.reason,
        ends.modelled_scenario_id,
        ends.measured_scenario_id,
        ends.disclosure_id,
        steps.source_id,
        steps.locator,
        licence_sets.licence_set
    from steps
    inner join ends
        on
            steps.bridge_id = ends.bridge_id
            and steps.quantity = ends.quantity
    left join licence_sets
        on
            steps.bridge_id = licence_sets.bridge_id
            and steps.quantity = licence_sets.quantity
)

select * from final
