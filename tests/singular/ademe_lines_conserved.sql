-- Each landed line is an Elément, a Poste or a reject, and is so once.
with

landed as (
    select * from {{ source('raw', 'ademe_base_carbone__lines') }}
),

lines as (
    select * from {{ ref('ademe_base_carbone__lines') }}
),

rejects as (
    select
        lines.row_number,
        'reject' as fate
    from lines
    where {{ is_rejected('lines.violations') }}
),

elements as (
    select
        row_number,
        'element' as fate
    from {{ ref('stg_ademe_base_carbone__elements') }}
),

postes as (
    select
        row_number,
        'poste' as fate
    from {{ ref('stg_ademe_base_carbone__postes') }}
),

fates as (
    select * from rejects
    union all
    select * from elements
    union all
    select * from postes
),

final as (
    select
        landed.row_number,
        count(fates.fate) as fates_count
    from landed
    left join fates on landed.row_number = fates.row_number
    group by landed.row_number
    having count(fates.fate) <> 1
)

select * from final
