with

ademe_base_carbone__lines as (
    {{ explode_violations(ref('ademe_base_carbone__lines')) }}
),

nvidia_pcf__summaries as (
    {{ explode_violations(ref('nvidia_pcf__summaries')) }}
),

accelerator_specs__specs as (
    {{ explode_violations(ref('accelerator_specs__specs')) }}
),

ademe_impactco2__devices as (
    {{ explode_violations(ref('ademe_impactco2__devices')) }}
),

ademe_impactco2__services as (
    {{ explode_violations(ref('ademe_impactco2__services')) }}
),

found as (
    select
        'lines' as entity,
        *
    from ademe_base_carbone__lines
    union all
    select
        'summaries' as entity,
        *
    from nvidia_pcf__summaries
    union all
    select
        'specs' as entity,
        *
    from accelerator_specs__specs
    union all
    select
        'devices' as entity,
        *
    from ademe_impactco2__devices
    union all
    select
        'services' as entity,
        *
    from ademe_impactco2__services
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
