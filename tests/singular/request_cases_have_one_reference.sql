-- A case of requests is compared with exactly one of its scenarios.
select request_case_id
from {{ ref('request_cases') }}
group by request_case_id
having count(case when is_reference then 1 end) != 1
