-- Renewable and non-renewable primary energy of a place are its total.
with

primary_energy as (
    select
        geography_id,
        sum(case when indicator_id = 'pe_total' then value end) as pe_total,
        sum(case when indicator_id in ('pe_renewable', 'pe_non_renewable') then value end) as pe_parts
    from {{ ref('int_factors__from_codecarbon') }}
    where geography_id is not null
    group by geography_id
),

final as (
    select * from primary_energy
    where abs(pe_parts - pe_total) > 1e-9 * pe_total
)

select * from final
