{# SHA-256 of a text (UTF-8), in lowercase hexadecimal digits; NULL where it is NULL. #}
{% macro text_sha256(x) %}{{ return(adapter.dispatch('text_sha256')(x)) }}{% endmacro %}

{% macro default__text_sha256(x) %}sha256({{ x }}){% endmacro %}

{% macro spark__text_sha256(x) %}sha2({{ x }}, 256){% endmacro %}
