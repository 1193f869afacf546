with

corrections as (
    select * from {{ ref('corrections') }}
),

observed as (
    select * from {{ ref('int_corrections__observe') }}
),

sources as (
    select * from {{ ref('sources') }}
),

columns_landed as (
    select distinct
        source_id,
        entity,
        field
    from observed
    where as_printed is not null
),

matched as (
    select
        corrections.correction_id,
        count(observed.as_printed) as rows_matched,
        count(case when {{ text_sha256('observed.as_printed') }} = corrections.expected_sha256 then 1 end)
            as rows_as_expected,
        {{ distinct_list('observed.as_printed') }} as as_found
    from corrections
    left join observed
        on
            corrections.source_id = observed.source_id
            and corrections.entity = observed.entity
            and corrections.record_key = observed.record_key
            and corrections.field = observed.field
    group by corrections.correction_id
),

-- a bundle holds a selection: a record that it lacks may still be there upstream
judged as (
    select
        corrections.*,
        matched.rows_matched,
        matched.rows_as_expected,
        matched.as_found,
        columns_landed.field is not null
        and (matched.rows_matched > 0 or coalesce(sources.origin, 'none') != 'bundled') as is_landed
    from corrections
    inner join matched on corrections.correction_id = matched.correction_id
    left join sources on corrections.source_id = sources.source_id
    left join columns_landed
        on
            corrections.source_id = columns_landed.source_id
            and corrections.entity = columns_landed.entity
            and corrections.field = columns_landed.field
),

final as (
    select
        correction_id,
        source_id,
        entity,
        record_key,
        field,
        action,
        expected_sha256,
        corrected_as,
        reason,
        correction_source,
        status,
        locator,
        is_landed,
        rows_matched,
        case when is_landed then rows_matched > 0 and rows_as_expected = rows_matched end as is_guard_met,
        as_found,
        licence_id
    from judged
)

select * from final
