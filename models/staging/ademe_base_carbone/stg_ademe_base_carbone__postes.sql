with

lines as (
    select * from {{ ref('base_ademe_base_carbone__lines') }}
),

poste_stages as (
    select * from {{ ref('ademe_base_carbone__poste_stages') }}
),

postes as (
    select * from lines
    where line_kind = 'poste'
),

final as (
    select
        concat(postes.element_id, ':', postes.line_number) as poste_id,
        postes.element_id,
        postes.poste_type,
        postes.poste_type_fr,
        postes.poste_name_fr,
        postes.poste_name_en,
        poste_stages.life_cycle_stage,
        postes.unit_as_printed,
        postes.amount_unit,
        postes.reference_unit,
        postes.to_reference_factor,
        postes.unit_qualifier,
        postes.total_as_printed,
        postes.total_kgco2e,
        postes.value_per_reference_unit,
        postes.co2_fossil_kgco2e,
        postes.ch4_fossil_kgco2e,
        postes.ch4_biogenic_kgco2e,
        postes.n2o_kgco2e,
        postes.other_gases_kgco2e,
        postes.biogenic_co2_kgco2e,
        postes.source_id,
        postes.release_id,
        postes.file_sha256,
        postes.row_number
    from postes
    left join poste_stages
        on postes.poste_type_fr = poste_stages.poste_type_fr and postes.poste_name_fr = poste_stages.poste_name_fr
)

select * from final
