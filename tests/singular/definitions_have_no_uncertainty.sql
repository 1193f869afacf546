-- A definition has the best scores and no variance; data of the best scores may have a basic one alone.
select *
from {{ ref('int_quality__score_inputs') }}
where
    (treatment = 'definition' and (basic_log_variance != 0 or pedigree_log_variance != 0))
    or treatment not in ('data', 'definition')
    or basic_log_variance < 0
    or pedigree_log_variance < 0
