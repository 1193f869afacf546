with

checks as (
    select * from {{ ref('recharacterisation_checks') }}
    where is_recharacterised
),

gases as (
    select * from {{ ref('stg_ademe_base_carbone__gases') }}
),

stated_gwp as (
    select * from {{ ref('ademe_base_carbone__stated_gwp') }}
),

characterisation_factors as (
    select * from {{ ref('characterisation_factors') }}
),

elements as (
    select * from {{ ref('stg_ademe_base_carbone__elements') }}
),

printed as (
    select * from {{ ref('int_factors__from_ademe_base_carbone') }}
    where is_total and indicator_id = 'gwp100_unstated'
),

indicators as (
    select * from {{ ref('indicators') }}
    where method in ('IPCC GWP20', 'IPCC GWP100') and method_version in ('AR5', 'AR6')
),

-- mass of each gas, then what it counts in each indicator; a gas of which there is nothing needs no factor
characterised as (
    select
        gases.row_number,
        indicators.indicator_id,
        indicators.impact_category,
        indicators.unit as amount_unit,
        indicators.method_version as indicator_report,
        stated_gwp.assessment_report,
        gases.gas_kgco2e / stated_gwp.gwp_value * characterisation_factors.value as gas_value,
        gases.gas_kgco2e / stated_gwp.lowest_gwp_value * characterisation_factors.value as by_lowest,
        gases.gas_kgco2e / stated_gwp.highest_gwp_value * characterisation_factors.value as by_highest,
        characterisation_factors.value is null as is_gap
    from checks
    inner join gases on checks.row_number = gases.row_number and gases.gas_kgco2e != 0
    cross join indicators
    left join stated_gwp on gases.gas = stated_gwp.gas
    left join characterisation_factors
        on
            stated_gwp.elementary_flow_id = characterisation_factors.elementary_flow_id
            and indicators.indicator_id = characterisation_factors.indicator_id
),

summed as (
    select
        row_number,
        indicator_id,
        impact_category,
        amount_unit,
        indicator_report,
        {{ distinct_list('assessment_report') }} as stated_reports,
        {{ ordered_sum('gas_value') }} as value,
        -- a credit turns the ends around
        {{ ordered_sum('least(by_lowest, by_highest)') }} as value_low,
        {{ ordered_sum('greatest(by_lowest, by_highest)') }} as value_high
    from characterised
    group by row_number, indicator_id, impact_category, amount_unit, indicator_report
    having not bool_or(is_gap)
),

final as (
    select
        concat(printed.factor_id, ':', summed.indicator_id) as factor_id,
        printed.source_id,
        printed.object_id,
        printed.object_name,
        printed.component,
        printed.is_total,
        summed.indicator_id,
        printed.life_cycle_stage,
        printed.stages_covered,
        printed.geography_id,
        printed.geography_as_stated,
        printed.electricity_basis,
        printed.electricity_scope,
        summed.value * elements.to_reference_factor as value,
        -- no line says by which potential its gases were computed; ADEME's uncertainty is that of their printed sum
        case when summed.value_low < summed.value_high then summed.value_low * elements.to_reference_factor end
            as value_low,
        case when summed.value_low < summed.value_high then summed.value_high * elements.to_reference_factor end
            as value_high,
        case
            when summed.value_low < summed.value_high
                then 'gases by the highest and by the lowest potential that Base Carbone lists'
        end as range_kind,
        summed.amount_unit,
        printed.reference_unit,
        cast(null as string) as as_printed,
        printed.unit_as_printed,
        printed.unit_qualifier,
        printed.reference_year,
        printed.valid_from,
        printed.valid_to,
        printed.object_boundary,
        printed.includes_use_electricity,
        printed.includes_infrastructure,
        printed.status,
        -- factor sets choose by category: beside the printed total the same emissions would compete with themselves
        coalesce(
            printed.ineligible_reason,
            case
                when summed.impact_category = 'GWP'
                    then 'the printed total of the element, of the same emissions, is the one to choose'
                when summed.indicator_report != 'AR6' then 'the same emissions by AR6 are the ones to choose'
            end
        ) as ineligible_reason,
        concat(
            'recharacterised: masses of the gases by the potentials of ',
            summed.stated_reports,
            ', taken from Base Carbone''s lists as no line says which, times those of ',
            summed.indicator_id,
            ' (ipcc_gwp)'
        ) as derivation,
        printed.licence_id,
        concat(printed.locator, ', CO2f to Code gaz supplémentaire 5; potentials of ipcc_gwp') as locator,
        printed.release_id,
        printed.file_path,
        printed.file_sha256,
        printed.row_number
    from summed
    inner join elements on summed.row_number = elements.row_number
    inner join printed on summed.row_number = printed.row_number
)

select * from final
