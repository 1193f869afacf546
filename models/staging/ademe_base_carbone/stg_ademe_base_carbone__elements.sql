with

lines as (
    select * from {{ ref('base_ademe_base_carbone__lines') }}
),

elements as (
    select * from lines
    where line_kind = 'element'
),

summed_postes as (
    select
        element_id,
        count(*) as postes_count,
        {{ ordered_sum('total_kgco2e') }} as postes_sum_kgco2e
    from lines
    where line_kind = 'poste'
    group by element_id
),

final as (
    select
        elements.element_id,
        elements.status,
        elements.entry_type,
        elements.decomposition,
        elements.name_fr,
        elements.name_en,
        elements.attribute_fr,
        elements.attribute_en,
        elements.boundary_fr,
        elements.boundary_en,
        elements.category_path,
        elements.regulations,
        elements.unit_as_printed,
        elements.amount_unit,
        elements.reference_unit,
        elements.to_reference_factor,
        elements.unit_qualifier,
        elements.location_as_stated,
        elements.sublocation_as_stated,
        elements.geography_id,
        elements.validity_as_printed,
        elements.reference_year,
        elements.valid_to,
        elements.uncertainty_pct,
        elements.total_as_printed,
        elements.total_kgco2e,
        elements.value_per_reference_unit,
        elements.co2_fossil_kgco2e,
        elements.ch4_fossil_kgco2e,
        elements.ch4_biogenic_kgco2e,
        elements.n2o_kgco2e,
        elements.other_gases_kgco2e,
        elements.biogenic_co2_kgco2e,
        coalesce(summed_postes.postes_count, 0) as postes_count,
        summed_postes.postes_sum_kgco2e,
        (summed_postes.postes_sum_kgco2e - elements.total_kgco2e)
        / nullif(abs(elements.total_kgco2e), 0) * 100 as postes_residual_pct,
        elements.transparency_score,
        elements.quality_score,
        elements.contributor,
        elements.programme,
        elements.source_as_stated,
        elements.created_on,
        elements.modified_on,
        elements.source_id,
        elements.release_id,
        elements.file_sha256,
        elements.row_number
    from elements
    left join summed_postes on elements.element_id = summed_postes.element_id
)

select * from final
