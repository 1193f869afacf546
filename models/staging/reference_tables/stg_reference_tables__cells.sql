with

cells as (
    select * from {{ ref('reference_tables__cells') }}
),

geographies as (
    select * from {{ ref('geographies') }}
),

units as (
    select * from {{ ref('units') }}
),

accepted as (
    select * from cells
    where not {{ is_rejected('violations') }}
),

-- 'access-floor-1' and 'Access floor' are one item; a slug has no capitals and no spaces
named as (
    select
        *,
        regexp_replace(item, '^[a-z0-9]+(-+[a-z0-9.]+)*$', '') = '' as is_slug,
        regexp_replace(regexp_replace(lower(item), '[^a-z0-9]+', '-', 'g'), '(-+[0-9]+)?-*$', '') as slug_base
    from accepted
),

place_names as (
    select
        lower(name_en) as place_name,
        geography_id
    from geographies
    union
    select
        lower(name_fr) as place_name,
        geography_id
    from geographies
    union
    select
        lower(geography_id) as place_name,
        geography_id
    from geographies
),

-- what an item says in all its cells: two names that say the same are one item told twice
items as (
    select
        source_id,
        item,
        is_slug,
        slug_base,
        max(item_description) as item_description,
        {{ text_sha256(distinct_list(
            "concat_ws('|', stage, criterion, coalesce(geography_as_stated, ''), coalesce(reference_unit, ''),"
            ~ " cast(value as string))"
        )) }} as said
    from named
    where value is not null and object_id is null
    group by source_id, item, is_slug, slug_base
),

aliases as (
    select
        source_id,
        item,
        is_slug,
        case when item_description is not null then min(case when not is_slug then item end) over same_description end
            as name_by_description,
        min(case when not is_slug then item end) over same_slug as name_by_slug
    from items
    window
        same_description as (partition by source_id, said, item_description),
        same_slug as (partition by source_id, said, slug_base)
),

repeated as (
    select
        source_id,
        item,
        coalesce(name_by_description, name_by_slug) as alias_of
    from aliases
    where is_slug and coalesce(name_by_description, name_by_slug) is not null
),

final as (
    select
        accepted.item,
        repeated.alias_of,
        accepted.item_description,
        accepted.item_category,
        accepted.level,
        accepted.tier,
        accepted.stage,
        accepted.life_cycle_stage,
        accepted.stages_covered,
        accepted.criterion,
        accepted.indicator_id,
        accepted.geography_as_stated,
        case when not accepted.is_proxy then coalesce(accepted.geography_id, place_names.geography_id) end
            as geography_id,
        accepted.is_proxy,
        accepted.value_as_printed,
        accepted.amount_unit_as_stated,
        accepted.reference_unit_as_stated,
        accepted.value
        * amount_units.to_canonical_factor
        / reference_units.to_canonical_factor as value_per_reference_unit,
        amount_units.canonical_unit as amount_unit,
        reference_units.canonical_unit as reference_unit,
        accepted.object_id,
        accepted.electricity_scope,
        cast(accepted.reference_year as integer) as reference_year,
        accepted.object_boundary,
        accepted.includes_use_electricity,
        accepted.yearly_electricity_as_stated,
        accepted.source_text,
        accepted.licence_id,
        accepted.rule_reason,
        accepted.rules_applied,
        accepted.file_column,
        accepted.source_id,
        accepted.release_id,
        accepted.file_sha256,
        accepted.row_number
    from accepted
    left join repeated on accepted.source_id = repeated.source_id and accepted.item = repeated.item
    left join place_names on lower(accepted.geography_as_stated) = place_names.place_name
    left join units as amount_units on accepted.amount_unit = amount_units.unit
    left join units as reference_units on accepted.reference_unit = reference_units.unit
)

select * from final
