-- What a study prints and its published inputs allow to recompute comes out to the last printed digit; where it does
-- not, the row says why, and nothing is tuned.
select *
from {{ ref('published_results') }}
where
    kind = 'recompute'
    and (
        computed is null
        or (not inside_print_rounding and coalesce(note, '') not like 'Outside print rounding: %')
        or (inside_print_rounding and note like 'Outside print rounding: %')
    )
