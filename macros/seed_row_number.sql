{# Data row of a seed's CSV file, counted from 1 without the header. Seeds are loaded in file order. #}
{% macro seed_row_number() %}{{ return(adapter.dispatch('seed_row_number')()) }}{% endmacro %}

{% macro default__seed_row_number() %}cast(rowid + 1 as bigint){% endmacro %}

{% macro spark__seed_row_number() %}cast(monotonically_increasing_id() + 1 as bigint){% endmacro %}
