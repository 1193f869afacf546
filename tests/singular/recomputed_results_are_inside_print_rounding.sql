-- What a study prints and its published inputs allow to recompute comes out to the last printed digit.
select *
from {{ ref('published_results') }}
where kind = 'recompute' and not inside_print_rounding
