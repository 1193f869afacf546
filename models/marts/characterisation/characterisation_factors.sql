with

potentials as (
    select * from {{ ref('stg_ipcc_gwp__potentials') }}
),

substances as (
    select * from {{ ref('ipcc_gwp__flows') }}
),

elementary_flows as (
    select * from {{ ref('elementary_flows') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

sources as (
    select * from {{ ref('sources') }}
),

final as (
    select
        substances.elementary_flow_id,
        indicators.indicator_id,
        indicators.impact_category,
        potentials.assessment_report,
        elementary_flows.flow_name,
        potentials.substance_name,
        elementary_flows.cas,
        elementary_flows.formula,
        elementary_flows.compartment,
        elementary_flows.origin_of_carbon,
        potentials.gwp_value as value,
        indicators.unit as amount_unit,
        elementary_flows.unit as reference_unit,
        potentials.gwp_value_as_printed as as_printed,
        substances.note,
        potentials.source_id,
        sources.licence_id,
        concat_ws(
            ', ', potentials.assessment_report, potentials.substance_name, potentials.formula, potentials.gwp_parameter
        )
            as locator,
        potentials.release_id,
        potentials.file_sha256,
        cast(potentials.row_number as bigint) as row_number
    from potentials
    inner join substances
        on
            potentials.assessment_report = substances.assessment_report
            and potentials.substance_name is not distinct from substances.substance_name
            and potentials.formula = substances.formula
    inner join elementary_flows on substances.elementary_flow_id = elementary_flows.elementary_flow_id
    inner join indicators
        on
            concat('IPCC ', potentials.gwp_parameter) = indicators.method
            and potentials.assessment_report = indicators.method_version
    inner join sources on potentials.source_id = sources.source_id
    where potentials.gwp_value is not null
)

select * from final
