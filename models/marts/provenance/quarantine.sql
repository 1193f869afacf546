{%- set contracts = [
    'accelerator_specs__specs',
    'ademe_base_carbone__lines',
    'ademe_impactco2__devices',
    'ademe_impactco2__services',
    'boavizta_devices__footprints',
    'boaviztapi__archetype_fields',
    'boaviztapi__block_factors',
    'boaviztapi__chip_densities',
    'boaviztapi__cloud_instances',
    'boaviztapi__component_factors',
    'boaviztapi__cpu_specs',
    'boaviztapi__device_factors',
    'boaviztapi__electricity_mixes',
    'boaviztapi__gpu_specs',
    'boaviztapi__servers',
    'codecarbon__energy_mixes',
    'datacenters__efficiencies',
    'ecologits__aliases',
    'ecologits__electricity_mixes',
    'ecologits__hardware',
    'ecologits__models',
    'ecologits__providers',
    'hubblo_gpu__cards',
    'hubblo_gpu__impact_factors',
    'hubblo_gpu__transport_factors',
    'networks__intensities',
    'nvidia_pcf__summaries',
    'co2js__electricity_maps_averages',
    'co2js__ember_averages',
    'aib_residual_mix__residual_mixes',
    'green_e__residual_mixes',
    'ipcc_gwp__potentials',
    'user_inventory__flows',
    'reference_tables__cells',
    'power_hungry__run_phases',
    'power_hungry__task_runs',
    'power__channels',
    'power__windows',
    'power__work',
    'power__run_totals',
] -%}
with

{% for contract in contracts %}
{{ contract }} as (
    {{ explode_violations(ref(contract)) }}
),

{% endfor %}
lines_without_sample as (
    select * from {{ source('raw', 'power__rejects') }}
),

found as (
    {% for contract in contracts %}
    select
        '{{ contract.split("__")[1] }}' as entity,
        *
    from {{ contract }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
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
    union all
    select
        source_id,
        'samples' as entity,
        release_id,
        file_sha256,
        row_number,
        'reject_row' as severity,
        file_name as column_name,
        reason as check_name,
        line as offending_text
    from lines_without_sample
)

select * from final
