-- Each landed row is staged or a reject, as often as it was landed in its release: a wide table lands several under one
-- row number. Where staging makes several numbers of a row, all are one.
{%- set staged = {
    'accelerator_specs__specs': ['stg_accelerator_specs__specs'],
    'ademe_base_carbone__lines': ['stg_ademe_base_carbone__elements', 'stg_ademe_base_carbone__postes'],
    'ademe_impactco2__devices': ['stg_ademe_impactco2__devices'],
    'ademe_impactco2__services': ['stg_ademe_impactco2__services'],
    'aib_residual_mix__residual_mixes': ['stg_aib_residual_mix__residual_mixes'],
    'boavizta_devices__footprints': ['stg_boavizta_devices__footprints'],
    'boaviztapi__archetype_fields': ['stg_boaviztapi__archetype_fields'],
    'boaviztapi__block_factors': ['stg_boaviztapi__device_factors'],
    'boaviztapi__chip_densities': ['stg_boaviztapi__chip_densities'],
    'boaviztapi__cloud_instances': ['stg_boaviztapi__cloud_instances'],
    'boaviztapi__component_factors': ['stg_boaviztapi__component_factors'],
    'boaviztapi__cpu_specs': ['stg_boaviztapi__cpu_specs'],
    'boaviztapi__device_factors': ['stg_boaviztapi__device_factors'],
    'boaviztapi__electricity_mixes': ['stg_boaviztapi__electricity_mixes'],
    'boaviztapi__gpu_specs': ['stg_boaviztapi__gpu_specs'],
    'boaviztapi__servers': ['stg_boaviztapi__servers'],
    'co2js__electricity_maps_averages': ['stg_co2js__electricity_maps_averages'],
    'co2js__ember_averages': ['stg_co2js__ember_averages'],
    'codecarbon__energy_mixes': ['stg_codecarbon__energy_mixes'],
    'datacenters__efficiencies': ['stg_datacenters__efficiencies'],
    'ecologits__aliases': ['stg_ecologits__aliases'],
    'ecologits__electricity_mixes': ['stg_ecologits__electricity_mixes'],
    'ecologits__hardware': ['stg_ecologits__hardware'],
    'ecologits__models': ['stg_ecologits__models'],
    'ecologits__providers': ['stg_ecologits__providers'],
    'green_e__residual_mixes': ['stg_green_e__residual_mixes'],
    'hubblo_gpu__cards': ['stg_hubblo_gpu__cards'],
    'hubblo_gpu__impact_factors': ['stg_hubblo_gpu__impacts'],
    'hubblo_gpu__transport_factors': ['stg_hubblo_gpu__transport_impacts'],
    'ipcc_gwp__potentials': ['stg_ipcc_gwp__potentials'],
    'networks__intensities': ['stg_networks__intensities'],
    'nvidia_pcf__summaries': ['stg_nvidia_pcf__summaries'],
    'power__channels': ['stg_power__channels'],
    'power__run_totals': ['stg_power__run_totals'],
    'power__windows': ['stg_power__windows'],
    'power__work': ['stg_power__work'],
    'power_hungry__run_phases': ['stg_power_hungry__run_phases'],
    'power_hungry__task_runs': ['stg_power_hungry__task_runs'],
    'reference_tables__cells': ['stg_reference_tables__cells'],
    'user_inventory__flows': ['stg_user_inventory__flows'],
} %}
{%- set unpivoted = ['stg_hubblo_gpu__impacts', 'stg_hubblo_gpu__transport_impacts'] %}
with

landed as (
    {% for entity in staged %}
    select
        '{{ entity }}' as entity,
        concat_ws(' ', release_id, file_sha256, cast(row_number as string)) as landed_row
    from {{ source('raw', entity) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

fates as (
    {% for entity, models in staged.items() %}
    select
        '{{ entity }}' as entity,
        concat_ws(
            ' ', checked.release_id, checked.file_sha256, cast(checked.row_number as string)
        ) as landed_row
    from {{ ref(entity) }} as checked
    where {{ is_rejected('checked.violations') }}
    {% for model in models %}
    union all
    select {{ 'distinct' if model in unpivoted }}
        '{{ entity }}' as entity,
        concat_ws(' ', release_id, file_sha256, cast(row_number as string)) as landed_row
    from {{ ref(model) }}
    {% endfor %}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

landed_counted as (
    select
        entity,
        landed_row,
        count(*) as landed_count
    from landed
    group by entity, landed_row
),

fates_counted as (
    select
        entity,
        landed_row,
        count(*) as fates_count
    from fates
    group by entity, landed_row
),

-- a staging model may hold the rows of two entities: what it holds beyond an entity's own counts for the other
final as (
    select
        landed_counted.entity,
        landed_counted.landed_row,
        landed_counted.landed_count,
        coalesce(fates_counted.fates_count, 0) as fates_count
    from landed_counted
    left join fates_counted
        on landed_counted.entity = fates_counted.entity and landed_counted.landed_row = fates_counted.landed_row
    where landed_counted.landed_count != coalesce(fates_counted.fates_count, 0)
)

select * from final
