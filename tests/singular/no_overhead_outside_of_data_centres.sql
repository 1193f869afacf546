-- The overhead of a data centre belongs to its electricity alone: not to terminals and networks.
select
    scenario_id,
    flow_id,
    geography_role,
    crossings_high
from {{ ref('int_flows__cross_boundaries') }}
where
    object_class = 'electricity'
    and coalesce(geography_role, 'none') != 'data_centre'
    and (crossings_high > 0 or surplus_flows > 0)
