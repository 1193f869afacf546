with

elements as (
    select * from {{ ref('stg_ademe_base_carbone__elements') }}
),

postes as (
    select * from {{ ref('stg_ademe_base_carbone__postes') }}
),

object_mappings as (
    select * from {{ ref('object_mappings') }}
),

category_stages as (
    select * from {{ ref('category_stages') }}
),

-- 'Données source' are statistics and potentials, not factors: they end in staging
emission_factors as (
    select
        elements.*,
        concat('ademe_base_carbone:', elements.element_id) as factor_id,
        coalesce(object_mappings.object_id, concat('ademe_base_carbone:', elements.element_id)) as object_id,
        concat_ws(', ', elements.name_fr, elements.attribute_fr, elements.boundary_fr) as object_name,
        object_mappings.electricity_scope,
        category_stages.life_cycle_stage,
        category_stages.stages_covered,
        case
            when elements.status = 'archived' then 'archived by ADEME'
            when category_stages.life_cycle_stage is null
                then 'its category has no life-cycle stage in category_stages'
            when elements.total_kgco2e < 0 then 'a credit: avoided burdens are outside of the boundary'
            when elements.boundary_fr like '%porte à porte%' then 'a gate-to-gate process: not the whole of a stage'
            when elements.geography_id is null then 'its place is not in the vocabulary of geographies'
            when coalesce(elements.amount_unit, 'none') != 'kgCO2e' then 'its unit is no kgCO2e per something'
            when
                abs(elements.postes_residual_pct) > 1
                and abs(elements.postes_sum_kgco2e - elements.total_kgco2e) > 1e-9
                then 'its postes do not sum to its total within 1 %'
        end as ineligible_reason
    from elements
    left join object_mappings
        on
            elements.source_id = object_mappings.source_id
            and elements.category_path = object_mappings.category_path
            and coalesce(elements.name_fr, '') like object_mappings.name_pattern
            and coalesce(elements.attribute_fr, '') like object_mappings.attribute_pattern
            and coalesce(elements.boundary_fr, '') like object_mappings.boundary_pattern
    left join category_stages
        on
            elements.source_id = category_stages.source_id
            and (
                elements.category_path = category_stages.top_category
                or elements.category_path like concat(category_stages.top_category, ' > %')
            )
    where elements.entry_type = 'emission_factor'
),

totals as (
    select
        factor_id,
        'total' as component,
        true as is_total,
        'gwp100_unstated' as indicator_id,
        life_cycle_stage,
        stages_covered,
        value_per_reference_unit as value,
        total_as_printed as as_printed,
        row_number,
        amount_unit,
        reference_unit,
        unit_as_printed,
        unit_qualifier,
        ineligible_reason,
        factor_id as element_factor_id
    from emission_factors
),

components as (
    select
        concat(emission_factors.factor_id, ':', postes.poste_id) as factor_id,
        concat_ws(': ', postes.poste_type, postes.poste_name_fr) as component,
        false as is_total,
        'gwp100_unstated' as indicator_id,
        coalesce(postes.life_cycle_stage, emission_factors.life_cycle_stage) as life_cycle_stage,
        coalesce(postes.life_cycle_stage, emission_factors.stages_covered) as stages_covered,
        postes.value_per_reference_unit as value,
        postes.total_as_printed as as_printed,
        postes.row_number,
        postes.amount_unit,
        postes.reference_unit,
        postes.unit_as_printed,
        postes.unit_qualifier,
        case
            when postes.unit_as_printed != emission_factors.unit_as_printed then 'its unit is not that of its element'
            else emission_factors.ineligible_reason
        end as ineligible_reason,
        emission_factors.factor_id as element_factor_id
    from postes
    inner join emission_factors on postes.element_id = emission_factors.element_id
),

-- ADEME states biogenic CO2 beside the total and never inside it
biogenic as (
    select
        concat(factor_id, ':CO2b') as factor_id,
        'total' as component,
        true as is_total,
        'biogenic_co2' as indicator_id,
        life_cycle_stage,
        stages_covered,
        biogenic_co2_kgco2e * to_reference_factor as value,
        cast(null as string) as as_printed,
        row_number,
        'kgCO2' as amount_unit,
        reference_unit,
        unit_as_printed,
        unit_qualifier,
        ineligible_reason,
        factor_id as element_factor_id
    from emission_factors
    where biogenic_co2_kgco2e is not null
),

unioned as (
    select * from totals
    union all
    select * from components
    union all
    select * from biogenic
),

final as (
    select
        unioned.factor_id,
        emission_factors.source_id,
        emission_factors.object_id,
        emission_factors.object_name,
        unioned.component,
        unioned.is_total,
        unioned.indicator_id,
        unioned.life_cycle_stage,
        unioned.stages_covered,
        emission_factors.geography_id,
        concat_ws(', ', emission_factors.location_as_stated, emission_factors.sublocation_as_stated)
            as geography_as_stated,
        case when emission_factors.electricity_scope is null then 'not_applicable' else 'location' end
            as electricity_basis,
        emission_factors.electricity_scope,
        unioned.value,
        -- ADEME states one symmetric uncertainty in percent for the whole element
        case
            when emission_factors.uncertainty_pct is not null and unioned.indicator_id = 'gwp100_unstated'
                then unioned.value - abs(unioned.value) * emission_factors.uncertainty_pct / 100
        end as value_low,
        case
            when emission_factors.uncertainty_pct is not null and unioned.indicator_id = 'gwp100_unstated'
                then unioned.value + abs(unioned.value) * emission_factors.uncertainty_pct / 100
        end as value_high,
        case
            when emission_factors.uncertainty_pct is not null and unioned.indicator_id = 'gwp100_unstated'
                then 'stated uncertainty in percent'
        end as range_kind,
        unioned.amount_unit,
        unioned.reference_unit,
        unioned.as_printed,
        unioned.unit_as_printed,
        unioned.unit_qualifier,
        emission_factors.reference_year,
        cast(null as date) as valid_from,
        emission_factors.valid_to,
        emission_factors.category_path as object_boundary,
        case when emission_factors.electricity_scope is not null then false end as includes_use_electricity,
        case when emission_factors.electricity_scope = 'consumption_life_cycle' then true end
            as includes_infrastructure,
        emission_factors.status,
        unioned.ineligible_reason,
        cast(null as string) as derivation,
        cast(null as string) as licence_id,
        concat('element ', emission_factors.element_id) as locator,
        emission_factors.release_id,
        cast(null as string) as file_path,
        emission_factors.file_sha256,
        unioned.row_number
    from unioned
    inner join emission_factors on unioned.element_factor_id = emission_factors.factor_id
)

select * from final
