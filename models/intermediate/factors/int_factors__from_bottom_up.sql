{#- what a term may take its coefficient from -#}
{%- set coefficient_sources = ['hubblo_gpu', 'studies'] -%}
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

objects as (
    select * from {{ ref('objects') }}
),

boavizta_factors as (
    select * from {{ ref('stg_boaviztapi__component_factors') }}
),

units as (
    select * from {{ ref('units') }}
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

seed_files as (
    select * from {{ source('raw', 'seed_files') }}
),

{% for source in coefficient_sources %}
from_{{ source }} as (
    select * from {{ ref('int_factors__from_' ~ source) }}
),

{% endfor %}
-- of several releases the newest counts; a lone 0 stands for 'not modelled', but for waste, which arises once
boavizta_release as (
    select max(release_id) as release_id
    from boavizta_factors
),

published as (
    select
        concat(
            'boaviztapi:',
            concat_ws('.', boavizta_factors.item, boavizta_factors.sub_part, boavizta_factors.criterion)
        ) as factor_id,
        boavizta_factors.source_id,
        concat('boaviztapi:', boavizta_factors.item) as object_id,
        concat_ws('.', boavizta_factors.sub_part, boavizta_factors.variant, boavizta_factors.factor_field) as component,
        boavizta_factors.indicator_id,
        boavizta_factors.value / units.to_canonical_factor as value,
        boavizta_factors.amount_unit,
        cast(null as string) as licence_id
    from boavizta_factors
    inner join boavizta_release on boavizta_factors.release_id = boavizta_release.release_id
    inner join units on boavizta_factors.reference_unit = units.unit
    where
        boavizta_factors.indicator_id is not null
        and (boavizta_factors.value != 0 or boavizta_factors.indicator_id = 'e_waste_mass')
    union all
    {% for source in coefficient_sources %}
    select
        factor_id,
        source_id,
        object_id,
        component,
        indicator_id,
        value,
        amount_unit,
        licence_id
    from from_{{ source }}
    where status = 'valid'
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
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

-- a coefficient per area with losses is no factor to choose, but this is what it is for: its own reason does not count
coefficients as (
    select
        terms.formulation_id,
        terms.component,
        published.factor_id,
        published.indicator_id,
        published.value,
        published.amount_unit,
        coalesce(published.licence_id, source_licences.licence_id) as licence_id
    from terms
    inner join published
        on
            terms.coefficient_source_id = published.source_id
            and terms.coefficient_object_id = published.object_id
            and terms.coefficient_component = published.component
    left join source_licences on published.source_id = source_licences.source_id
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
        case when quantities.quantity = 0 then 0 else quantities.quantity * coefficients.value end as value,
        case when quantities.quantity_low = 0 then 0 else quantities.quantity_low * coefficients.value end
            as value_of_low,
        case when quantities.quantity_high = 0 then 0 else quantities.quantity_high * coefficients.value end
            as value_of_high,
        case
            when quantities.lacking_driver is not null then concat('no value for ', quantities.lacking_driver)
            when quantities.quantity != 0 and coefficients.factor_id is null
                then concat('no coefficient for ', quantities.component)
        end as lacking,
        coefficients.licence_id,
        concat_ws(' x ', coefficients.factor_id, nullif(quantities.rests_on, '')) as locator
    from quantities
    inner join indicators_of_formulations on quantities.formulation_id = indicators_of_formulations.formulation_id
    left join coefficients
        on
            quantities.formulation_id = coefficients.formulation_id
            and quantities.component = coefficients.component
            and indicators_of_formulations.indicator_id = coefficients.indicator_id
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
        multiplied.lacking,
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
        {{ distinct_list('parts.lacking') }} as lacking,
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
        end as lacking,
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

parts as (
    select * from own_parts
    union all
    select * from described_parts
),

components as (
    select
        concat_ws(':', source_id, object_id, component, life_cycle_stage, indicator_id) as factor_id,
        source_id,
        object_id,
        component,
        false as is_total,
        indicator_id,
        life_cycle_stage,
        value,
        value_low,
        value_high,
        amount_unit,
        object_boundary,
        lacking as ineligible_reason,
        formulation_id,
        licence_id,
        locator,
        row_number
    from parts
    -- a part that is not there is no component; one that is not modelled is none either and shows in the total
    where value != 0
),

totals as (
    select
        concat_ws(':', parts.source_id, parts.object_id, 'total', parts.life_cycle_stage, parts.indicator_id)
            as factor_id,
        parts.source_id,
        parts.object_id,
        'total' as component,
        true as is_total,
        parts.indicator_id,
        parts.life_cycle_stage,
        {{ ordered_sum('parts.value') }} as value,
        {{ ordered_sum('parts.value_low') }} as value_low,
        {{ ordered_sum('parts.value_high') }} as value_high,
        {{ distinct_list('parts.lacking') }} as lacking,
        max(parts.amount_unit) as amount_unit,
        max(parts.object_boundary) as object_boundary,
        max(parts.formulation_id) as formulation_id,
        {{ strictest_licence() }} as licence_id,
        min(parts.row_number) as row_number
    from parts
    left join licences on parts.licence_id = licences.licence_id
    group by parts.source_id, parts.object_id, parts.life_cycle_stage, parts.indicator_id
    having {{ ordered_sum('parts.value') }} != 0
),

derived as (
    select
        factor_id,
        source_id,
        object_id,
        component,
        is_total,
        indicator_id,
        life_cycle_stage,
        value,
        value_low,
        value_high,
        amount_unit,
        object_boundary,
        ineligible_reason,
        formulation_id,
        licence_id,
        locator,
        row_number
    from components
    union all
    select
        factor_id,
        source_id,
        object_id,
        component,
        is_total,
        indicator_id,
        life_cycle_stage,
        value,
        value_low,
        value_high,
        amount_unit,
        object_boundary,
        case when lacking is not null then concat('a part of the sum is not modelled: ', lacking) end
            as ineligible_reason,
        formulation_id,
        licence_id,
        'sum of the components' as locator,
        row_number
    from totals
),

final as (
    select
        derived.factor_id,
        derived.source_id,
        derived.object_id,
        objects.title as object_name,
        derived.component,
        derived.is_total,
        derived.indicator_id,
        derived.life_cycle_stage,
        derived.life_cycle_stage as stages_covered,
        cast(null as string) as geography_id,
        cast(null as string) as geography_as_stated,
        'not_applicable' as electricity_basis,
        cast(null as string) as electricity_scope,
        derived.value,
        case when derived.value_low < derived.value_high then derived.value_low end as value_low,
        case when derived.value_low < derived.value_high then derived.value_high end as value_high,
        case when derived.value_low < derived.value_high then 'drivers at the ends of their ranges' end as range_kind,
        derived.amount_unit,
        'item' as reference_unit,
        cast(null as string) as as_printed,
        cast(null as string) as unit_as_printed,
        cast(null as string) as unit_qualifier,
        cast(null as integer) as reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        derived.object_boundary,
        false as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        derived.ineligible_reason,
        concat('bottom_up:', derived.formulation_id) as derivation,
        derived.licence_id,
        derived.locator,
        study_sources.version as release_id,
        seed_files.file_path,
        seed_files.file_sha256,
        derived.row_number
    from derived
    inner join objects on derived.object_id = objects.object_id
    inner join study_sources on derived.source_id = study_sources.source_id
    left join seed_files on seed_files.seed_name = 'bottom_up_terms'
)

select * from final
