with

measured_energy as (
    select * from {{ ref('measured_energy') }}
),

final as (
    select
        measurement_id,
        run_id,
        window_name,
        component,
        boundary,
        instrument,
        is_measured,
        energy_kwh,
        energy_low_kwh,
        energy_high_kwh,
        mean_power_w,
        idle_power_w,
        duration_s,
        coverage_pct,
        channel,
        is_part_of_channel,
        not_measured_reason,
        source_id,
        licence_set
    from measured_energy
)

select * from final
