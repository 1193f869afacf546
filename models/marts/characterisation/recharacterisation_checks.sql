with

gases as (
    select * from {{ ref('stg_ademe_base_carbone__gases') }}
),

lines as (
    select * from {{ ref('base_ademe_base_carbone__lines') }}
),

stated_gwp as (
    select * from {{ ref('ademe_base_carbone__stated_gwp') }}
),

characterisation_factors as (
    select * from {{ ref('characterisation_factors') }}
    where indicator_id in ('gwp100_ar5', 'gwp100_ar6')
),

sources as (
    select * from {{ ref('sources') }}
),

-- the mass of a gas by the potential that Base Carbone states, times the potential of the same report in ipcc_gwp
characterised as (
    select
        gases.row_number,
        gases.gas,
        gases.gas_kgco2e,
        stated_gwp.assessment_report,
        gases.gas_kgco2e / stated_gwp.gwp_value * characterisation_factors.value as again_kgco2e,
        gases.gas_kgco2e != 0 and characterisation_factors.value is null as is_unnamed
    from gases
    left join stated_gwp on gases.gas = stated_gwp.gas
    left join characterisation_factors
        on
            stated_gwp.elementary_flow_id = characterisation_factors.elementary_flow_id
            and characterisation_factors.indicator_id = concat('gwp100_', lower(stated_gwp.assessment_report))
),

summed as (
    select
        row_number,
        {{ distinct_list('assessment_report') }} as assessment_report,
        {{ ordered_sum('gas_kgco2e') }} as gases_kgco2e,
        coalesce({{ ordered_sum('again_kgco2e') }}, 0) as recharacterised_kgco2e,
        coalesce({{ ordered_sum('case when is_unnamed then gas_kgco2e end') }}, 0) as unnamed_kgco2e,
        {{ distinct_list('case when is_unnamed then gas end') }} as unnamed_gases,
        bool_and(gas = 'co2_fossil' or gas_kgco2e = 0) as is_only_co2
    from characterised
    group by row_number
),

compared as (
    select
        lines.*,
        summed.assessment_report,
        summed.gases_kgco2e,
        summed.recharacterised_kgco2e,
        summed.unnamed_kgco2e,
        summed.unnamed_gases,
        summed.is_only_co2,
        summed.gases_kgco2e - lines.total_kgco2e as residual_kgco2e,
        (summed.gases_kgco2e - lines.total_kgco2e) / nullif(abs(lines.total_kgco2e), 0) * 100 as residual_pct,
        (summed.recharacterised_kgco2e + summed.unnamed_kgco2e - lines.total_kgco2e)
        / nullif(abs(lines.total_kgco2e), 0) * 100 as recharacterised_residual_pct
    from lines
    inner join summed on lines.row_number = summed.row_number
),

-- numbers are printed with three digits: half a step is up to 0.5 % of the total and 0.5 % of its gases
judged as (
    select
        *,
        case
            when entry_type != 'emission_factor' then 'it is source data and no factor'
            when total_kgco2e is null then 'its unit is no kgCO2e per something'
            when total_kgco2e = 0 then 'its total is 0'
            when abs(residual_pct) > 1 then 'its gases do not sum to its total within 1 %'
            when unnamed_gases is not null
                then concat('of a part it is not known which gas it is or by which potential: ', unnamed_gases)
            when abs(recharacterised_residual_pct) > 1
                then 'its gases do not give its total again by the potentials of the report that is stated'
            when status = 'archived' then 'archived by ADEME'
            when line_kind != 'element' then 'a part of an element: the element is characterised as a whole'
            -- so it is with furniture and household appliances too: the column took the total, other gases and all
            when is_only_co2 then 'all of its total stands as fossil carbon dioxide: that is no decomposition by gas'
        end as not_recharacterised_reason
    from compared
),

final as (
    select
        judged.source_id,
        cast(judged.row_number as bigint) as row_number,
        judged.line_kind,
        judged.element_id,
        concat('element ', judged.element_id) as locator,
        concat_ws(', ', judged.name_fr, judged.attribute_fr, judged.boundary_fr, judged.poste_name_fr) as object_name,
        judged.status,
        judged.unit_as_printed,
        judged.total_as_printed,
        judged.total_kgco2e,
        judged.gases_kgco2e,
        judged.residual_kgco2e,
        judged.residual_pct,
        judged.unnamed_kgco2e,
        judged.unnamed_gases,
        judged.assessment_report,
        judged.recharacterised_kgco2e,
        judged.recharacterised_residual_pct,
        judged.not_recharacterised_reason is null as is_recharacterised,
        judged.not_recharacterised_reason,
        sources.licence_id,
        judged.release_id,
        judged.file_sha256
    from judged
    left join sources on judged.source_id = sources.source_id
)

select * from final
