{# The gate of the same name on any table with the columns of int_gates__candidates; members are judged by their
   distance from the median. #}
{% test aggregate_of_sound_members(model, key='factor_id') %}
with

findings as (
    {{ within_multiple_of_median(model, ref('gate_limits'), ref('int_geographies__fallback'), key) | indent(4) }}
),

final as (
    {{ aggregate_of_sound_members(model, 'findings', ref('int_geographies__fallback'), key) | indent(4) }}
)

select * from final
{% endtest %}
