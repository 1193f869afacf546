with

ademe_base_carbone__lines as (
    {{ explode_violations(ref('ademe_base_carbone__lines')) }}
),

codecarbon__energy_mixes as (
    {{ explode_violations(ref('codecarbon__energy_mixes')) }}
),

ecologits__electricity_mixes as (
    {{ explode_violations(ref('ecologits__electricity_mixes')) }}
),

ecologits__models as (
    {{ explode_violations(ref('ecologits__models')) }}
),

ecologits__aliases as (
    {{ explode_violations(ref('ecologits__aliases')) }}
),

ecologits__hardware as (
    {{ explode_violations(ref('ecologits__hardware')) }}
),

ecologits__providers as (
    {{ explode_violations(ref('ecologits__providers')) }}
),

found as (
    select
        'lines' as entity,
        *
    from ademe_base_carbone__lines
    union all
    select
        'energy_mixes' as entity,
        *
    from codecarbon__energy_mixes
    union all
    select
        'electricity_mixes' as entity,
        *
    from ecologits__electricity_mixes
    union all
    select
        'models' as entity,
        *
    from ecologits__models
    union all
    select
        'aliases' as entity,
        *
    from ecologits__aliases
    union all
    select
        'hardware' as entity,
        *
    from ecologits__hardware
    union all
    select
        'providers' as entity,
        *
    from ecologits__providers
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
