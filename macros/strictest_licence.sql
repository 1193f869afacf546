{# Of the licences of a group, the one that the whole stands under: what may not be passed on before what must be shared
   alike before the rest. `licences` is the name of the joined relation licences. #}
{% macro strictest_licence(licences='licences') -%}
coalesce(
    min(case when {{ licences }}.redistributable = 'no' then {{ licences }}.licence_id end),
    min(case when {{ licences }}.redistributable = 'share-alike' then {{ licences }}.licence_id end),
    min({{ licences }}.licence_id)
)
{%- endmacro %}
