{# Flows on whose way the overhead of the data centre lies twice, or not at all where the flow says it is counted at the
   facility. `relation` has the columns of int_flows__cross_boundaries. #}
{% macro pue_applied_once(relation) -%}
with

judged as (
    select
        *,
        case
            when crossings_high > 1 then 'the overhead of the data centre is applied more than once'
            when crossings_low != crossings_high then 'the overhead of the data centre is applied to a part of the amount only'
            when it_energy_terms > 0 and crossings_high != 0
                then 'a figure per kWh of IT energy stands beside energy that already holds the overhead'
            when object_class != 'electricity' or geography_role != 'data_centre' then null
            when energy_boundary is null then 'electricity of a data centre without an energy boundary'
            when energy_boundary = 'facility' and crossings_high != 1
                then 'counted at the facility without the overhead of the data centre'
            when energy_boundary != 'facility' and crossings_high != 0
                then 'holds the overhead of the data centre and is not counted at the facility'
            when energy_boundary != 'facility' and surplus_flows != 1
                then 'counted below the facility, and not exactly one flow adds the overhead on top'
        end as reason
    from {{ relation }}
)

select *
from judged
where reason is not null
{%- endmacro %}
