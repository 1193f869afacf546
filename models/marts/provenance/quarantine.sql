with

ademe_base_carbone__lines as (
    {{ explode_violations(ref('ademe_base_carbone__lines')) }}
),

found as (
    select
        'lines' as entity,
        *
    from ademe_base_carbone__lines
),

final as (
    select
        source_id,
        entity,
        release_id,
        file_sha256,
        row_number,
        severity,
        column_name,
        check_name,
        offending_text
    from found
)

select * from final
