-- A statistic of the bundle is known by its id: a misspelt one would leave its parameter without a value. Statistics of
-- runs that are not landed may be missing: their ids start with the run group that the user loads.
select
    parameter_measurements.scenario_id,
    parameter_measurements.parameter_name,
    parameter_measurements.statistic_id
from {{ ref('parameter_measurements') }} as parameter_measurements
inner join {{ ref('measured_series') }} as measured_series
    on measured_series.series_id = split_part(parameter_measurements.statistic_id, ':', 1)
left join {{ ref('int_measurements__statistics') }} as measured_statistics
    on parameter_measurements.statistic_id = measured_statistics.statistic_id
where measured_statistics.statistic_id is null
