-- No factor set turns to a factor that breaks a gate.
with

factor_selection as (
    select * from {{ ref('factor_selection') }}
),

gate_findings as (
    select * from {{ ref('gate_findings') }}
),

final as (
    select
        factor_selection.selection_id,
        factor_selection.factor_id,
        gate_findings.gate_id,
        gate_findings.reason
    from factor_selection
    inner join gate_findings on factor_selection.factor_id = gate_findings.factor_id
)

select * from final
