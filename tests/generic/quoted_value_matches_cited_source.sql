{# The gate of the same name on any table with the columns of int_gates__candidates; `quotes` names a table of pairs. #}
{% test quoted_value_matches_cited_source(model, quotes='quoted_factors', key='factor_id') %}
{{ quoted_value_matches_cited_source(model, ref(quotes), ref('gate_limits'), key) }}
{% endtest %}
