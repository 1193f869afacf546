-- The period of a scenario does not end before it begins: a child may state one of the two and take the other.
select
    scenario_id,
    period_start,
    period_end
from {{ ref('int_scenarios__resolve') }}
where period_end < period_start
