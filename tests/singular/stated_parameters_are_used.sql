-- A stated parameter that its model neither multiplies nor derives from is misspelt, or left over.
select
    model_id,
    parameter_name
from {{ ref('int_parameters__list_names') }}
where not is_asked_for
