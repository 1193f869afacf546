{# Factors in another unit than their indicator's: litres where it counts m3 of water deprivation, g where it counts kg. #}
{% macro unit_of_indicator(relation, key='factor_id') -%}
with

measured as (
    select *
    from {{ relation }}
    where amount_unit is distinct from indicator_unit
)

select
    {{ gate_finding(
        'unit_of_indicator', key, 'value', 'null', 'null', 'amount_unit', "concat('in ', indicator_unit)",
        "'it is not in the unit of its indicator'"
    ) | indent(4) }}
from measured
{%- endmacro %}
