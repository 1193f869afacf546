-- A term or an input that its model does not derive and that no scenario states, of whatever model, is a slip of the
-- pen. A name that scenarios of other models alone state is a gap: a copy of a model has those of its template.
with

names as (
    select * from {{ ref('int_parameters__list_names') }}
),

known as (
    select distinct parameter_name
    from names
    where has_value
),

final as (
    select
        names.model_id,
        names.parameter_name
    from names
    left join known on names.parameter_name = known.parameter_name
    where known.parameter_name is null
)

select * from final
