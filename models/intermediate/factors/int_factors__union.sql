{%- set sources = [
    'ademe_base_carbone',
    'ademe_impactco2',
    'boavizta_devices',
    'boaviztapi',
    'codecarbon',
    'ecologits',
    'hubblo_gpu',
    'networks',
    'nvidia_pcf',
    'reference_tables',
    'studies',
    'co2js',
    'aib_residual_mix',
    'green_e',
    'recharacterisation',
    'user_inventory',
    'bottom_up',
] -%}
with

{% for source in sources %}
{{ source }} as (
    select * from {{ ref('int_factors__from_' ~ source) }}
),

{% endfor %}
final as (
    {% for source in sources %}
    select * from {{ source }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final
