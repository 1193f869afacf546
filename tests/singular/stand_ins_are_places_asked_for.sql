-- A stand-in for a place that the scenario itself does not ask for would never count.
select
    stand_in_places.scenario_id,
    stand_in_places.geography_role
from {{ ref('stand_in_places') }} as stand_in_places
left join {{ ref('scenario_geographies') }} as scenario_geographies
    on
        stand_in_places.scenario_id = scenario_geographies.scenario_id
        and stand_in_places.geography_role = scenario_geographies.geography_role
where scenario_geographies.scenario_id is null
