with

lines as (
    select * from {{ ref('ademe_base_carbone__lines') }}
),

terms as (
    select * from {{ ref('ademe_base_carbone__terms') }}
),

units as (
    select * from {{ ref('ademe_base_carbone__units') }}
),

geographies as (
    select * from {{ ref('ademe_base_carbone__geographies') }}
),

-- before rejects are taken out: a rejected Poste must not change the number of those after it
numbered as (
    select
        *,
        row_number() over (partition by element_id, row_type order by row_number) as line_number
    from lines
),

accepted as (
    select
        numbered.*,
        -- every sub-location of mainland France is France, other places need a name of their own
        case when numbered.location = 'France continentale' then '' else coalesce(numbered.sublocation_fr, '') end
            as place
    from numbered
    where not {{ is_rejected('numbered.violations') }}
),

translated as (
    select
        accepted.*,
        row_types.term_id as line_kind,
        structures.term_id as decomposition_id,
        entry_types.term_id as entry_type_id,
        statuses.term_id as status_id,
        poste_types.term_id as poste_type_id
    from accepted
    left join terms as row_types
        on row_types.column_name = 'row_type' and accepted.row_type = row_types.term_as_printed
    left join terms as structures
        on structures.column_name = 'structure' and accepted.structure = structures.term_as_printed
    left join terms as entry_types
        on entry_types.column_name = 'entry_type' and accepted.entry_type = entry_types.term_as_printed
    left join terms as statuses
        on statuses.column_name = 'status' and accepted.status = statuses.term_as_printed
    left join terms as poste_types
        on poste_types.column_name = 'poste_type' and accepted.poste_type = poste_types.term_as_printed
),

dated as (
    select
        *,
        coalesce(
            {{ year_in('attribute_fr', '^([0-9]{4}) - ') }},
            {{ year_in('validity', '[Aa]nnée ([0-9]{4})$') }},
            {{ year_in('boundary_fr', ' - ([0-9]{4})$') }}
        ) as reference_year,
        coalesce(
            try_cast(nullif(regexp_extract(validity, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 0), '') as date),
            try_cast(concat(nullif(regexp_extract(validity, '^[0-9]{4}$', 0), ''), '-12-31') as date),
            {{ excel_day('validity') }},
            {{ excel_french_month_end('validity') }}
        ) as valid_to
    from translated
),

final as (
    select
        dated.line_kind,
        dated.element_id,
        dated.line_number,
        dated.status_id as status,
        dated.entry_type_id as entry_type,
        dated.decomposition_id as decomposition,
        {{ tidy_text('dated.name_fr') }} as name_fr,
        {{ tidy_text('dated.name_en') }} as name_en,
        {{ tidy_text('dated.attribute_fr') }} as attribute_fr,
        {{ tidy_text('dated.attribute_en') }} as attribute_en,
        {{ tidy_text('dated.boundary_fr') }} as boundary_fr,
        {{ tidy_text('dated.boundary_en') }} as boundary_en,
        dated.category_path,
        {{ repair_mojibake('dated.regulations') }} as regulations,
        dated.poste_type_id as poste_type,
        dated.poste_type as poste_type_fr,
        {{ tidy_text('dated.poste_name_fr') }} as poste_name_fr,
        {{ tidy_text('dated.poste_name_en') }} as poste_name_en,
        dated.unit_fr as unit_as_printed,
        units.amount_unit,
        units.reference_unit,
        units.to_reference_factor,
        units.unit_qualifier,
        dated.location as location_as_stated,
        dated.sublocation_fr as sublocation_as_stated,
        geographies.geography_id,
        dated.validity as validity_as_printed,
        dated.reference_year,
        dated.valid_to,
        dated.uncertainty_pct,
        dated.total_as_printed,
        case when units.amount_unit = 'kgCO2e' then dated.total end as total_kgco2e,
        dated.total * units.to_reference_factor as value_per_reference_unit,
        dated.co2_fossil as co2_fossil_kgco2e,
        dated.ch4_fossil as ch4_fossil_kgco2e,
        dated.ch4_biogenic as ch4_biogenic_kgco2e,
        dated.n2o as n2o_kgco2e,
        dated.other_gases as other_gases_kgco2e,
        dated.extra_gas_1_code,
        dated.extra_gas_1 as extra_gas_1_kgco2e,
        dated.extra_gas_2_code,
        dated.extra_gas_2 as extra_gas_2_kgco2e,
        dated.extra_gas_3_code,
        dated.extra_gas_3 as extra_gas_3_kgco2e,
        dated.extra_gas_4_code,
        dated.extra_gas_4 as extra_gas_4_kgco2e,
        dated.extra_gas_5_code,
        dated.extra_gas_5 as extra_gas_5_kgco2e,
        dated.biogenic_co2 as biogenic_co2_kgco2e,
        dated.transparency_score,
        dated.quality_score,
        dated.contributor,
        dated.programme,
        dated.source_as_stated,
        dated.created_on,
        dated.modified_on,
        dated.source_id,
        dated.release_id,
        dated.file_sha256,
        dated.row_number
    from dated
    left join units on dated.unit_fr = units.unit_as_printed
    left join geographies
        on dated.location = geographies.location and dated.place = coalesce(geographies.sublocation_fr, '')
)

select * from final
