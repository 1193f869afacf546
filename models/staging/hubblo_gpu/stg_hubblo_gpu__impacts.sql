with

impact_factors as (
    select * from {{ ref('hubblo_gpu__impact_factors') }}
),

components as (
    select * from {{ ref('hubblo_gpu__components') }}
),

categories as (
    select * from {{ ref('hubblo_gpu__categories') }}
),

cards as (
    select * from {{ ref('hubblo_gpu__card_objects') }}
),

corrections as (
    select * from {{ ref('corrections') }}
    where source_id = 'hubblo_gpu' and entity = 'impact_factors' and status = 'active'
),

accepted as (
    select * from impact_factors
    where not {{ is_rejected('violations') }}
),

listed as (
    select
        graphics_card,
        component,
        cell.column_name,
        cell.value,
        cell.as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from {{ exploded('accepted', 'cells', 'cell') }}
),

-- a component has its numbers in one stage; its cells of the other stages are empty or filled up with 0
placed as (
    select
        listed.*,
        components.life_cycle_stage,
        categories.source_category,
        categories.indicator_id,
        categories.amount_unit,
        categories.unit_as_printed,
        categories.is_zero_stated
    from listed
    inner join components on listed.component = components.component
    inner join categories
        on listed.column_name = concat(components.life_cycle_stage, '_', categories.source_category)
),

corrected as (
    select
        placed.*,
        corrections.correction_id,
        case
            when corrections.action = 'set_value' then try_cast(corrections.corrected_as as double)
            when corrections.action is null then placed.value
        end as value_to_use
    from placed
    left join corrections
        on
            corrections.record_key = concat(placed.graphics_card, '|', placed.component)
            and placed.column_name = corrections.field
            and {{ text_sha256('placed.as_printed') }} = corrections.expected_sha256
            and corrections.action in ('set_value', 'void_value')
),

judged as (
    select
        *,
        max(case when not is_zero_stated then abs(value_to_use) end)
            over (partition by graphics_card, component, row_number)
        = 0 as is_absent
    from corrected
),

stated as (
    select
        *,
        case
            when correction_id is not null then 'corrected'
            when as_printed is null then 'empty'
            when value_to_use is null then 'voided'
            when value_to_use = 0 and not is_zero_stated and not is_absent then 'zero_not_modelled'
            else 'stated'
        end as cell_state
    from judged
),

final as (
    select
        stated.graphics_card,
        cards.row_kind,
        cards.object_id,
        cards.object_boundary,
        stated.component,
        stated.life_cycle_stage,
        stated.source_category,
        stated.indicator_id,
        case when stated.cell_state != 'zero_not_modelled' then stated.value_to_use end as value,
        stated.as_printed,
        stated.cell_state,
        stated.correction_id,
        stated.amount_unit,
        stated.unit_as_printed,
        stated.source_id,
        stated.release_id,
        stated.file_sha256,
        stated.row_number
    from stated
    left join cards on stated.graphics_card = cards.graphics_card
)

select * from final
