-- A range of a kind that nobody judged would be passed over: a row in seeds/uncertainty/range_kinds.csv says what it
-- is.
with

stated as (
    select
        parameter_id as stated_by,
        range_kind
    from {{ ref('parameters') }}
    where (low is not null or high is not null) and distribution is null
    union all
    select
        factor_id as stated_by,
        range_kind
    from {{ ref('factors') }}
    where value_low is not null or value_high is not null
),

range_kinds as (
    select * from {{ ref('range_kinds') }}
)

select stated.*
from stated
left join range_kinds on stated.range_kind = range_kinds.range_kind
where range_kinds.range_kind is null
