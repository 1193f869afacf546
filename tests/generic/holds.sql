{# An identity that each row must satisfy; a row for which it is unknown (NULL) fails too. #}
{% test holds(model, expression) %}
select *
from {{ model }}
where not coalesce({{ expression }}, false)
{% endtest %}
