-- A term or an input that its model neither derives nor any of its scenarios states is a slip of the pen.
select
    model_id,
    parameter_name
from {{ ref('int_parameters__list_names') }}
where not has_value
