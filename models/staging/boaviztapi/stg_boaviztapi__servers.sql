with

servers as (
    select * from {{ ref('boaviztapi__servers') }}
),

accepted as (
    select * from servers
    where not {{ is_rejected('violations') }}
),

final as (
    select
        release_id,
        archetype_id,
        manufacturer,
        case_type,
        cpu_name,
        gpu_name,
        cpu_units,
        cpu_units_min,
        cpu_units_max,
        cpu_core_units,
        cpu_core_units_min,
        cpu_core_units_max,
        cpu_die_area_per_core_mm2,
        cpu_die_area_per_core_mm2_min,
        cpu_die_area_per_core_mm2_max,
        cpu_threads,
        cpu_threads_min,
        cpu_threads_max,
        ram_units,
        ram_units_min,
        ram_units_max,
        ram_capacity_gb,
        ram_capacity_gb_min,
        ram_capacity_gb_max,
        ssd_units,
        ssd_units_min,
        ssd_units_max,
        ssd_capacity_gb,
        ssd_capacity_gb_min,
        ssd_capacity_gb_max,
        hdd_units,
        hdd_units_min,
        hdd_units_max,
        hdd_capacity_gb,
        hdd_capacity_gb_min,
        hdd_capacity_gb_max,
        gpu_units,
        gpu_units_min,
        gpu_units_max,
        gpu_memory_gb,
        gpu_memory_gb_min,
        gpu_memory_gb_max,
        power_supply_units,
        power_supply_units_min,
        power_supply_units_max,
        power_supply_mass_kg,
        power_supply_mass_kg_min,
        power_supply_mass_kg_max,
        time_workload_percent,
        time_workload_percent_min,
        time_workload_percent_max,
        use_time_ratio,
        use_time_ratio_min,
        use_time_ratio_max,
        hours_life_time,
        hours_life_time_min,
        hours_life_time_max,
        other_consumption_ratio,
        other_consumption_ratio_min,
        other_consumption_ratio_max,
        warnings,
        source_id,
        file_sha256,
        row_number
    from accepted
)

select * from final
