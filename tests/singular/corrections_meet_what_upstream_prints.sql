-- An active correction whose record prints another text than it was written for: upstream changed, look again.
with

correction_checks as (
    select * from {{ ref('correction_checks') }}
),

final as (
    select
        correction_id,
        source_id,
        record_key,
        field,
        expected_sha256,
        as_found,
        rows_matched
    from correction_checks
    where status = 'active' and is_landed and not is_guard_met
)

select * from final
