with

disclosed as (
    select
        *,
        cast(as_printed as double) as printed
    from {{ ref('disclosed_figures') }}
),

units as (
    select * from {{ ref('units') }}
),

sources as (
    select * from {{ ref('sources') }}
),

replaced as (
    select
        replaces_disclosure_id as disclosure_id,
        max(disclosure_id) as replaced_by_disclosure_id
    from disclosed
    where replaces_disclosure_id is not null
    group by replaces_disclosure_id
),

converted as (
    select
        disclosed.*,
        disclosed.printed * units.to_canonical_factor as canonical_value,
        units.canonical_unit,
        disclosed.functional_quantity * functional_units.to_canonical_factor as canonical_functional_quantity,
        functional_units.canonical_unit as canonical_functional_unit
    from disclosed
    inner join units on disclosed.unit = units.unit
    left join units as functional_units on disclosed.functional_unit = functional_units.unit
),

final as (
    select
        converted.disclosure_id,
        converted.vendor,
        converted.product,
        converted.figure,
        converted.impact_category,
        converted.as_printed,
        converted.print_relation,
        converted.printed,
        converted.unit,
        converted.canonical_value,
        converted.canonical_unit,
        converted.functional_quantity,
        converted.functional_unit,
        converted.functional_unit_meaning,
        converted.canonical_value / nullif(converted.canonical_functional_quantity, 0) as value_per_functional_unit,
        converted.canonical_functional_unit,
        converted.boundary_included,
        converted.boundary_excluded,
        converted.electricity_basis,
        converted.disclosed_by,
        converted.published_on,
        converted.version,
        converted.replaces_disclosure_id,
        replaced.replaced_by_disclosure_id,
        converted.canonical_value / nullif(older.canonical_value, 0) as ratio_to_replaced,
        converted.review_status,
        converted.reviewer,
        converted.method_stated,
        converted.source_grade,
        converted.source_id,
        converted.locator,
        converted.note,
        sources.licence_id as licence_set
    from converted
    left join replaced on converted.disclosure_id = replaced.disclosure_id
    left join converted as older on converted.replaces_disclosure_id = older.disclosure_id
    left join sources on converted.source_id = sources.source_id
)

select * from final
