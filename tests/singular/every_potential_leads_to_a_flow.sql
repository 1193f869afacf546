-- A substance of a report that no row of ipcc_gwp__flows knows would be left out without a word.
with

potentials as (
    select * from {{ ref('stg_ipcc_gwp__potentials') }}
),

substances as (
    select * from {{ ref('ipcc_gwp__flows') }}
),

final as (
    select
        potentials.assessment_report,
        potentials.substance_name,
        potentials.formula,
        potentials.row_number
    from potentials
    left join substances
        on
            potentials.assessment_report = substances.assessment_report
            and potentials.substance_name is not distinct from substances.substance_name
            and potentials.formula = substances.formula
    where substances.elementary_flow_id is null
)

select * from final
