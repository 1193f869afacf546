{# low <= value <= high wherever an end is stated. #}
{% test ordered_range(model, low, value, high) %}
select *
from {{ model }}
where {{ low }} > {{ value }} or {{ high }} < {{ value }}
{% endtest %}
