{#
    The hash of the model that asks, with those of the models named in `after`: rows that another text of them computed can be
    told apart. Linters know no model, and unit tests no other one.
#}
{% macro model_checksum(after=[]) -%}
{%- if model is defined -%}
{%- set checksums = [model.checksum.checksum] -%}
{%- for other in graph.get('nodes', {}).values() if execute and other.resource_type == 'model' -%}
{%- if other.name in after -%}{%- do checksums.append(other.checksum.checksum) -%}{%- endif -%}
{%- endfor -%}
{{ checksums[0] if not after else local_md5(checksums | sort | join) }}
{%- endif -%}
{%- endmacro %}
