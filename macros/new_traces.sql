{#
    The accepted channels of sets that the asking incremental model has not computed yet, or computed with another text of
    itself or of the models named in `after`, which it stands on.
#}
{% macro new_traces(after=[]) -%}
select channels.*
from {{ ref('stg_power__channels') }} as channels
{% if is_incremental() -%}
left join (
    select distinct samples_file from {{ this }}
    where model_checksum = '{{ model_checksum(after) }}'
) as computed_before on channels.samples_file = computed_before.samples_file
where computed_before.samples_file is null
{%- endif %}
{%- endmacro %}
