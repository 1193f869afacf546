-- From the first figure of a bridge the factors multiply to the disclosed one; both ends are in one unit.
with

ends as (
    select
        bridge_id,
        quantity,
        coalesce(
            max(case when step = 'modelled' then value end),
            max(case when step = 'measured' then value end)
        ) as first_value,
        max(case when step = 'disclosed' then value end) as disclosed,
        {{ product('coalesce(factor, 1)') }} as factors
    from {{ ref('disclosure_bridge') }}
    group by bridge_id, quantity
)

select *
from ends
where
    first_value is not null
    and not abs(first_value * factors - disclosed) <= 1e-12 * disclosed
