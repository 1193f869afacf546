with

hardware as (
    select * from {{ ref('ecologits__hardware') }}
),

accepted as (
    select * from hardware
    where not {{ is_rejected('violations') }}
),

final as (
    select
        configuration,
        number_of_accelerators,
        server_power_w_p2_5,
        server_power_w_mean,
        server_power_w_p97_5,
        server_gwp,
        server_adpe,
        server_pe,
        accelerator_gwp,
        accelerator_adpe,
        accelerator_pe,
        server_gwp_as_printed,
        server_adpe_as_printed,
        server_pe_as_printed,
        accelerator_gwp_as_printed,
        accelerator_adpe_as_printed,
        accelerator_pe_as_printed,
        source_id,
        release_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
