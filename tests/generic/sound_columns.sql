{#
    What is asked of single columns: no value is missing, none occurs twice, none is NaN or infinite, each is one of a
    list. One test of a table instead of one of each column and rule: to dbt each test costs 20 ms before it asks.
    A row of the answer is a finding in `occurrences` rows; `first_key` is the first unique column of one of them.
#}
{% test sound_columns(model, not_null=[], unique=[], finite=[], accepted_values={}) %}
{%- set no_text = 'cast(null as string)' %}
{%- set first_key = 'min(cast(' ~ unique[0] ~ ' as string))' if unique else no_text %}
{%- set questions = [] %}
{%- if not_null %}
    {%- set missing = [] %}
    {%- for column in not_null %}
        {%- do missing.append("case when " ~ column ~ " is null then '" ~ column ~ " ' else '' end") %}
    {%- endfor %}
    {%- set names = 'trim(' ~ missing | join(' || ') ~ ')' %}
    {%- do questions.append(
        "select 'not_null' as check_name, " ~ names ~ " as column_name, " ~ no_text
        ~ " as value_found, count(*) as occurrences, " ~ first_key ~ " as first_key from " ~ model
        ~ " where " ~ not_null | join(' is null or ') ~ " is null group by " ~ names
    ) %}
{%- endif %}
{%- for column in unique %}
    {%- do questions.append(
        "select 'unique' as check_name, '" ~ column ~ "' as column_name, cast(" ~ column ~ " as string) as value_found,"
        ~ " count(*) as occurrences, " ~ no_text ~ " as first_key from " ~ model
        ~ " where " ~ column ~ " is not null group by " ~ column ~ " having count(*) > 1"
    ) %}
{%- endfor %}
{%- for column in finite %}
    {%- do questions.append(
        "select 'finite' as check_name, '" ~ column ~ "' as column_name, cast(" ~ column ~ " as string) as value_found,"
        ~ " count(*) as occurrences, " ~ first_key ~ " as first_key from " ~ model
        ~ " where not " ~ is_finite(column) ~ " group by " ~ column
    ) %}
{%- endfor %}
{%- for column, values in accepted_values.items() %}
    {%- set accepted = [] %}
    {%- for value in values %}
        {%- do accepted.append(dbt.string_literal(dbt.escape_single_quotes(value)) if value is string else value) %}
    {%- endfor %}
    {%- do questions.append(
        "select 'accepted_values' as check_name, '" ~ column ~ "' as column_name, cast(" ~ column
        ~ " as string) as value_found, count(*) as occurrences, " ~ no_text ~ " as first_key from " ~ model
        ~ " where " ~ column ~ " not in (" ~ accepted | join(', ') ~ ") group by " ~ column
    ) %}
{%- endfor %}
{%- if not questions %}
    {{ exceptions.raise_compiler_error('sound_columns of ' ~ model ~ ' asks nothing') }}
{%- endif %}
{{ questions | join('\nunion all\n') }}
{% endtest %}
