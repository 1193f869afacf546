with

ademe_base_carbone__lines as (
    select * from {{ source('raw', 'ademe_base_carbone__lines') }}
    where row_type = 'Elément'
),

-- one table a CTE: its records by their key, with the fields that corrections may name
lines as (
    {{ observed_cells(
        'ademe_base_carbone__lines', 'lines', 'element_id', ['total', 'unit_fr', 'validity']
    ) | indent(4) }}
),

final as (
    select * from lines
)

select * from final
