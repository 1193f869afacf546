{# No value is NaN or infinite: DuckDB divides by zero without an error, and a check (x >= 0) accepts both. #}
{% test finite(model, column_name) %}
select {{ column_name }}
from {{ model }}
where not {{ is_finite(column_name) }}
{% endtest %}
