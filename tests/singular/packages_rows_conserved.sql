-- Each landed row of these tables is staged or a reject, and is so once.
{%- set entities = {
    'ecologits__electricity_mixes': 'stg_ecologits__electricity_mixes',
    'ecologits__models': 'stg_ecologits__models',
    'ecologits__aliases': 'stg_ecologits__aliases',
    'ecologits__hardware': 'stg_ecologits__hardware',
    'ecologits__providers': 'stg_ecologits__providers',
    'codecarbon__energy_mixes': 'stg_codecarbon__energy_mixes',
    'ipcc_gwp__potentials': 'stg_ipcc_gwp__potentials',
    'user_inventory__flows': 'stg_user_inventory__flows',
} %}
with

landed as (
    {% for entity in entities %}
    select
        '{{ entity }}' as entity,
        row_number
    from {{ source('raw', entity) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

fates as (
    {% for entity, model in entities.items() %}
    select
        '{{ entity }}' as entity,
        checked.row_number,
        'reject' as fate
    from {{ ref(entity) }} as checked
    where {{ is_rejected('checked.violations') }}
    union all
    select
        '{{ entity }}' as entity,
        row_number,
        'staged' as fate
    from {{ ref(model) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

final as (
    select
        landed.entity,
        landed.row_number,
        count(fates.fate) as fates_count
    from landed
    left join fates on landed.entity = fates.entity and landed.row_number = fates.row_number
    group by landed.entity, landed.row_number
    having count(fates.fate) <> 1
)

select * from final
