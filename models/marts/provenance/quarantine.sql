with

ademe_base_carbone__lines as (
    {{ explode_violations(ref('ademe_base_carbone__lines')) }}
),

hubblo_gpu__impact_factors as (
    {{ explode_violations(ref('hubblo_gpu__impact_factors')) }}
),

hubblo_gpu__cards as (
    {{ explode_violations(ref('hubblo_gpu__cards')) }}
),

hubblo_gpu__transport_factors as (
    {{ explode_violations(ref('hubblo_gpu__transport_factors')) }}
),

boavizta_devices__footprints as (
    {{ explode_violations(ref('boavizta_devices__footprints')) }}
),

found as (
    select
        'lines' as entity,
        *
    from ademe_base_carbone__lines
    union all
    select
        'impact_factors' as entity,
        *
    from hubblo_gpu__impact_factors
    union all
    select
        'cards' as entity,
        *
    from hubblo_gpu__cards
    union all
    select
        'transport_factors' as entity,
        *
    from hubblo_gpu__transport_factors
    union all
    select
        'footprints' as entity,
        *
    from boavizta_devices__footprints
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
