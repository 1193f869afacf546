with

ademe_base_carbone__lines as (
    {{ explode_violations(ref('ademe_base_carbone__lines')) }}
),

networks__intensities as (
    {{ explode_violations(ref('networks__intensities')) }}
),

datacenters__efficiencies as (
    {{ explode_violations(ref('datacenters__efficiencies')) }}
),

found as (
    select
        'lines' as entity,
        *
    from ademe_base_carbone__lines
    union all
    select
        'intensities' as entity,
        *
    from networks__intensities
    union all
    select
        'efficiencies' as entity,
        *
    from datacenters__efficiencies
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
