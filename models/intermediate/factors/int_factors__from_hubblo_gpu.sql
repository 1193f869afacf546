with

impacts as (
    select
        *,
        replace(lower(graphics_card), ' ', '_') as card_key
    from {{ ref('stg_hubblo_gpu__impacts') }}
    where indicator_id is not null
),

transport_impacts as (
    select * from {{ ref('stg_hubblo_gpu__transport_impacts') }}
    where indicator_id is not null
),

components as (
    select * from {{ ref('hubblo_gpu__components') }}
),

unit_factors as (
    select * from {{ ref('hubblo_gpu__unit_factors') }}
),

of_cards as (
    select
        *,
        coalesce(object_id, concat('hubblo_gpu:', card_key)) as factor_object_id,
        case when row_kind is null then 'its row is not known to name a card' end as unknown_reason
    from impacts
    where coalesce(row_kind, 'card') = 'card'
),

card_components as (
    select
        concat('hubblo_gpu:', card_key, ':', component, ':', source_category) as factor_id,
        factor_object_id as object_id,
        graphics_card as object_name,
        component,
        false as is_total,
        indicator_id,
        life_cycle_stage,
        value,
        amount_unit,
        'item' as reference_unit,
        as_printed,
        unit_as_printed,
        cast(null as string) as unit_qualifier,
        object_boundary,
        unknown_reason as ineligible_reason,
        concat_ws(', ', graphics_card, component) as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from of_cards
    where value is not null
),

card_stages as (
    select
        graphics_card,
        card_key,
        factor_object_id,
        object_boundary,
        unknown_reason,
        life_cycle_stage,
        source_category,
        indicator_id,
        amount_unit,
        source_id,
        release_id,
        file_sha256,
        min(row_number) as row_number
    from of_cards
    group by
        graphics_card, card_key, factor_object_id, object_boundary, unknown_reason, life_cycle_stage, source_category,
        indicator_id, amount_unit, source_id, release_id, file_sha256
),

-- a component that the file lacks altogether is missing from the total as much as one without a number
expected as (
    select
        card_stages.*,
        components.component,
        of_cards.value
    from card_stages
    inner join components on card_stages.life_cycle_stage = components.life_cycle_stage
    left join of_cards
        on
            card_stages.graphics_card = of_cards.graphics_card
            and components.component = of_cards.component
            and card_stages.source_category = of_cards.source_category
),

summed as (
    select
        graphics_card,
        card_key,
        factor_object_id,
        object_boundary,
        unknown_reason,
        life_cycle_stage,
        source_category,
        indicator_id,
        amount_unit,
        source_id,
        release_id,
        file_sha256,
        row_number,
        {{ ordered_sum('value') }} as value,
        {{ distinct_list('case when value is null then component end') }} as lacking
    from expected
    group by
        graphics_card, card_key, factor_object_id, object_boundary, unknown_reason, life_cycle_stage, source_category,
        indicator_id, amount_unit, source_id, release_id, file_sha256, row_number
),

card_totals as (
    select
        concat('hubblo_gpu:', card_key, ':total:', life_cycle_stage, ':', source_category) as factor_id,
        factor_object_id as object_id,
        graphics_card as object_name,
        'total' as component,
        true as is_total,
        indicator_id,
        life_cycle_stage,
        value,
        amount_unit,
        'item' as reference_unit,
        cast(null as string) as as_printed,
        cast(null as string) as unit_as_printed,
        cast(null as string) as unit_qualifier,
        object_boundary,
        case
            when unknown_reason is not null then unknown_reason
            when lacking is not null then concat('a part of the sum is not modelled or not stated: ', lacking)
        end as ineligible_reason,
        concat_ws(', ', graphics_card, 'sum of the components') as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from summed
    -- what is left of a sum without its real parts is no number
    where value is not null and (lacking is null or value != 0)
),

averages as (
    select
        concat('hubblo_gpu:', impacts.card_key, ':', impacts.component, ':', impacts.source_category) as factor_id,
        concat('hubblo_gpu:', impacts.card_key) as object_id,
        impacts.graphics_card as object_name,
        impacts.component,
        false as is_total,
        impacts.indicator_id,
        impacts.life_cycle_stage,
        impacts.value * unit_factors.to_reference_factor as value,
        impacts.amount_unit,
        unit_factors.reference_unit,
        impacts.as_printed,
        case
            when impacts.unit_as_printed is not null
                then concat(impacts.unit_as_printed, ' per ', unit_factors.unit_as_printed)
        end as unit_as_printed,
        unit_factors.unit_qualifier,
        impacts.object_boundary,
        unit_factors.ineligible_reason,
        concat_ws(', ', impacts.graphics_card, impacts.component) as locator,
        impacts.source_id,
        impacts.release_id,
        impacts.file_sha256,
        impacts.row_number
    from impacts
    inner join unit_factors on impacts.component = unit_factors.component
    where impacts.row_kind = 'unit_factors' and impacts.value is not null
),

transport as (
    select
        concat('hubblo_gpu:', transport_mode, ':', source_category) as factor_id,
        concat('hubblo_gpu:', transport_mode) as object_id,
        transport_mode as object_name,
        'total' as component,
        true as is_total,
        indicator_id,
        'transport' as life_cycle_stage,
        value,
        amount_unit,
        'kg*km' as reference_unit,
        as_printed,
        case when unit_as_printed is not null then concat(unit_as_printed, ' per 1 kg.km') end as unit_as_printed,
        cast(null as string) as unit_qualifier,
        'Carriage of goods' as object_boundary,
        cast(null as string) as ineligible_reason,
        transport_mode as locator,
        source_id,
        release_id,
        file_sha256,
        row_number
    from transport_impacts
    where value is not null
),

unioned as (
    select * from card_components
    union all
    select * from card_totals
    union all
    select * from averages
    union all
    select * from transport
),

final as (
    select
        factor_id,
        source_id,
        object_id,
        object_name,
        component,
        is_total,
        indicator_id,
        life_cycle_stage,
        life_cycle_stage as stages_covered,
        cast(null as string) as geography_id,
        cast(null as string) as geography_as_stated,
        'not_applicable' as electricity_basis,
        cast(null as string) as electricity_scope,
        value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        amount_unit,
        reference_unit,
        as_printed,
        unit_as_printed,
        unit_qualifier,
        cast(null as integer) as reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        object_boundary,
        false as includes_use_electricity,
        cast(null as boolean) as includes_infrastructure,
        'valid' as status,
        ineligible_reason,
        case when as_printed is null then 'sum_of_components' end as derivation,
        cast(null as string) as licence_id,
        locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from unioned
)

select * from final
