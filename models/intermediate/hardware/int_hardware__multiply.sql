with

formulations as (
    select * from {{ ref('bottom_up_formulations') }}
),

terms as (
    select
        *,
        {{ seed_row_number() }} as row_number
    from {{ ref('bottom_up_terms') }}
),

drivers as (
    select * from {{ ref('int_hardware__drivers') }}
),

coefficients as (
    select * from {{ ref('int_hardware__coefficients') }}
),

study_sources as (
    select * from {{ ref('study_sources') }}
),

datasets as (
    select * from {{ source('raw', 'sources') }}
),

licences as (
    select * from {{ ref('licences') }}
),

source_licences as (
    select
        source_id,
        licence_id
    from study_sources
    union all
    select
        source_id,
        licence_id
    from datasets
),

licensed_coefficients as (
    select
        coefficients.formulation_id,
        coefficients.component,
        coefficients.factor_id,
        coefficients.indicator_id,
        coefficients.value,
        coalesce(coefficients.licence_id, source_licences.licence_id) as licence_id
    from coefficients
    left join source_licences on coefficients.source_id = source_licences.source_id
),

indicators_of_formulations as (
    select distinct
        formulation_id,
        indicator_id,
        amount_unit
    from coefficients
),

licensed_drivers as (
    select
        drivers.*,
        source_licences.licence_id
    from drivers
    left join source_licences on drivers.source_id = source_licences.source_id
),

described_objects as (
    select distinct
        drivers.formulation_id,
        drivers.object_id,
        formulations.source_id,
        formulations.object_boundary
    from drivers
    inner join formulations on drivers.formulation_id = formulations.formulation_id
),

quantities as (
    select
        described_objects.*,
        terms.component,
        terms.life_cycle_stage,
        terms.coefficient_source_id is null as is_part,
        terms.row_number,
        case when terms.driver is null then 1 else first_one.value end
        * case when terms.second_driver is null then 1 else second_one.value end as quantity,
        case when terms.driver is null then 1 else first_one.value_low end
        * case when terms.second_driver is null then 1 else second_one.value_low end as quantity_low,
        case when terms.driver is null then 1 else first_one.value_high end
        * case when terms.second_driver is null then 1 else second_one.value_high end as quantity_high,
        case
            when terms.driver is not null and first_one.driver is null then terms.driver
            when terms.second_driver is not null and second_one.driver is null then terms.second_driver
        end as lacking_driver,
        first_one.part_object_id,
        first_one.licence_id as first_licence_id,
        second_one.licence_id as second_licence_id,
        concat_ws(
            ' x ',
            case
                when first_one.driver is not null
                    then concat(terms.driver, ' (', first_one.kind, ': ', first_one.locator, ')')
            end,
            case
                when second_one.driver is not null
                    then concat(terms.second_driver, ' (', second_one.kind, ': ', second_one.locator, ')')
            end
        ) as rests_on
    from described_objects
    inner join terms on described_objects.formulation_id = terms.formulation_id
    left join licensed_drivers as first_one
        on
            described_objects.formulation_id = first_one.formulation_id
            and described_objects.object_id = first_one.object_id
            and terms.driver = first_one.driver
    left join licensed_drivers as second_one
        on
            described_objects.formulation_id = second_one.formulation_id
            and described_objects.object_id = second_one.object_id
            and terms.second_driver = second_one.driver
),

-- of something that is not there, none is needed
multiplied as (
    select
        quantities.*,
        indicators_of_formulations.indicator_id,
        indicators_of_formulations.amount_unit,
        case when quantities.quantity = 0 then 0 else quantities.quantity * licensed_coefficients.value end as value,
        case when quantities.quantity_low = 0 then 0 else quantities.quantity_low * licensed_coefficients.value end
            as value_of_low,
        case when quantities.quantity_high = 0 then 0 else quantities.quantity_high * licensed_coefficients.value end
            as value_of_high,
        case
            when quantities.lacking_driver is not null then concat('no value for ', quantities.lacking_driver)
            when quantities.quantity != 0 and licensed_coefficients.factor_id is null
                then concat('no coefficient for ', quantities.component)
        end as ineligible_reason,
        licensed_coefficients.licence_id,
        concat_ws(' x ', licensed_coefficients.factor_id, nullif(quantities.rests_on, '')) as locator
    from quantities
    inner join indicators_of_formulations on quantities.formulation_id = indicators_of_formulations.formulation_id
    left join licensed_coefficients
        on
            quantities.formulation_id = licensed_coefficients.formulation_id
            and quantities.component = licensed_coefficients.component
            and indicators_of_formulations.indicator_id = licensed_coefficients.indicator_id
    where not quantities.is_part
),

term_licences as (
    select
        multiplied.source_id,
        multiplied.object_id,
        multiplied.component,
        multiplied.indicator_id,
        {{ strictest_licence() }} as licence_id
    from multiplied
    inner join licences
        on
            multiplied.licence_id = licences.licence_id
            or multiplied.first_licence_id = licences.licence_id
            or multiplied.second_licence_id = licences.licence_id
    group by multiplied.source_id, multiplied.object_id, multiplied.component, multiplied.indicator_id
),

own_parts as (
    select
        multiplied.formulation_id,
        multiplied.source_id,
        multiplied.object_id,
        multiplied.object_boundary,
        multiplied.component,
        multiplied.life_cycle_stage,
        multiplied.indicator_id,
        multiplied.amount_unit,
        multiplied.value,
        -- more of what is credited is less: a negative coefficient turns the ends around
        least(multiplied.value_of_low, multiplied.value_of_high) as value_low,
        greatest(multiplied.value_of_low, multiplied.value_of_high) as value_high,
        multiplied.ineligible_reason,
        term_licences.licence_id,
        multiplied.locator,
        multiplied.row_number
    from multiplied
    left join term_licences
        on
            multiplied.source_id = term_licences.source_id
            and multiplied.object_id = term_licences.object_id
            and multiplied.component = term_licences.component
            and multiplied.indicator_id = term_licences.indicator_id
),

own_totals as (
    select
        parts.source_id,
        parts.object_id,
        parts.life_cycle_stage,
        parts.indicator_id,
        {{ ordered_sum('parts.value') }} as value,
        {{ ordered_sum('parts.value_low') }} as value_low,
        {{ ordered_sum('parts.value_high') }} as value_high,
        {{ distinct_list('parts.ineligible_reason') }} as lacking,
        {{ strictest_licence() }} as licence_id
    from own_parts as parts
    left join licences on parts.licence_id = licences.licence_id
    group by parts.source_id, parts.object_id, parts.life_cycle_stage, parts.indicator_id
),

-- a part that is described by itself: the cards of a server
described_parts as (
    select
        quantities.formulation_id,
        quantities.source_id,
        quantities.object_id,
        quantities.object_boundary,
        quantities.component,
        coalesce(own_totals.life_cycle_stage, quantities.life_cycle_stage) as life_cycle_stage,
        indicators_of_formulations.indicator_id,
        indicators_of_formulations.amount_unit,
        case when quantities.quantity = 0 then 0 else quantities.quantity * own_totals.value end as value,
        case
            when quantities.quantity = 0 then 0
            else least(
                quantities.quantity_low * own_totals.value_low, quantities.quantity_high * own_totals.value_low
            )
        end as value_low,
        case
            when quantities.quantity = 0 then 0
            else greatest(
                quantities.quantity_low * own_totals.value_high, quantities.quantity_high * own_totals.value_high
            )
        end as value_high,
        case
            when quantities.lacking_driver is not null then concat('no value for ', quantities.lacking_driver)
            when quantities.quantity != 0 and own_totals.source_id is null
                then concat('no value for ', quantities.component)
            when quantities.quantity != 0 and own_totals.lacking is not null
                then concat(quantities.part_object_id, ': ', own_totals.lacking)
        end as ineligible_reason,
        own_totals.licence_id,
        concat(quantities.part_object_id, ' x ', quantities.rests_on) as locator,
        quantities.row_number
    from quantities
    inner join indicators_of_formulations on quantities.formulation_id = indicators_of_formulations.formulation_id
    left join own_totals
        on
            quantities.source_id = own_totals.source_id
            and quantities.part_object_id = own_totals.object_id
            and indicators_of_formulations.indicator_id = own_totals.indicator_id
            and quantities.quantity != 0
    where quantities.is_part
),

final as (
    select * from own_parts
    union all
    select * from described_parts
)

select * from final
