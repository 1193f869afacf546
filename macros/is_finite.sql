{# True for a number that is neither NaN nor infinite; NULL for NULL. #}
{% macro is_finite(x) %}(abs({{ x }}) < cast('1e308' as double) and not isnan({{ x }})){% endmacro %}
