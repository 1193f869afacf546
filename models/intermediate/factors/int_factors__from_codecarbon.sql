with

mixes as (
    select * from {{ ref('stg_codecarbon__energy_mixes') }}
),

generation as (
    select * from {{ ref('stg_codecarbon__generation') }}
),

conventions as (
    select * from {{ ref('codecarbon__primary_energy_conventions') }}
),

-- 3.6 MJ is one kWh
fuel_inputs as (
    select
        generation.iso_code,
        conventions.is_renewable,
        3.6 * generation.generation_share * conventions.mj_primary_per_mj as primary_mj_per_kwh
    from generation
    left join conventions on generation.fuel = conventions.fuel
),

-- only mixes of which every part is known: a part without a value is not a part of nothing
primary_energy as (
    select
        iso_code,
        {{ ordered_sum('primary_mj_per_kwh') }} as pe_total,
        {{ ordered_sum('case when is_renewable then primary_mj_per_kwh else 0 end') }} as pe_renewable,
        {{ ordered_sum('case when is_renewable then 0 else primary_mj_per_kwh end') }} as pe_non_renewable
    from fuel_inputs
    group by iso_code
    having count(*) = count(primary_mj_per_kwh)
),

valued as (
    select
        iso_code,
        'gwp100_unstated' as indicator_id,
        gwp_kgco2e_per_kwh as value
    from mixes
    where gwp_kgco2e_per_kwh is not null
    {% for indicator in ['pe_total', 'pe_renewable', 'pe_non_renewable'] %}
    union all
    select
        iso_code,
        '{{ indicator }}' as indicator_id,
        {{ indicator }} as value
    from primary_energy
    {% endfor %}
),

judged as (
    select
        valued.*,
        mixes.geography_id,
        concat_ws(', ', mixes.country_name, mixes.iso_code) as geography_as_stated,
        mixes.reference_year,
        mixes.total_twh,
        mixes.release_id,
        mixes.file_sha256,
        mixes.row_number,
        mixes.carbon_intensity_as_printed,
        case
            when mixes.geography_id is null then 'its place is not in the vocabulary of geographies'
            when valued.indicator_id = 'gwp100_unstated' and valued.value = 0
                then 'printed as 0: over its life cycle no electricity is free of emissions'
            when valued.indicator_id != 'gwp100_unstated' and mixes.total_twh < 0.1
                then 'less than 0.1 TWh with parts printed to 0.01 TWh: its shares are not known to a tenth'
        end as ineligible_reason
    from valued
    inner join mixes on valued.iso_code = mixes.iso_code
),

countries as (
    select
        concat('codecarbon:electricity:', indicator_id, ':', iso_code) as factor_id,
        indicator_id,
        geography_id,
        geography_as_stated,
        value,
        case when indicator_id = 'gwp100_unstated' then carbon_intensity_as_printed end as as_printed,
        reference_year,
        cast(null as string) as weighted_over,
        ineligible_reason,
        concat('global_energy_mix.json: ', iso_code) as locator,
        release_id,
        file_sha256,
        row_number
    from judged
),

-- a mix that does not add up has no total that counts, and still tells how much is left out
whole as (
    select
        {{ ordered_sum('try_cast(total_twh_as_printed as double)') }} as twh_printed,
        count(case when try_cast(total_twh_as_printed as double) is null then 1 end) as places_without_twh
    from mixes
),

-- what is too small for a factor of its own still counts by its weight; a 0 that is no measurement does not
weighted as (
    select
        indicator_id,
        {{ ordered_sum('value * total_twh') }} / {{ ordered_sum('total_twh') }} as value,
        {{ ordered_sum('total_twh') }} as twh_weighted,
        count(*) as places,
        min(reference_year) as first_year,
        max(reference_year) as last_year,
        max(release_id) as release_id,
        max(file_sha256) as file_sha256
    from judged
    where total_twh is not null and not (indicator_id = 'gwp100_unstated' and value = 0)
    group by indicator_id
),

covered as (
    select
        weighted.*,
        whole.places_without_twh,
        weighted.twh_weighted / nullif(whole.twh_printed, 0) as share_of_generation
    from weighted
    cross join whole
),

world as (
    select
        concat('codecarbon:electricity:', indicator_id, ':GLO') as factor_id,
        indicator_id,
        'GLO' as geography_id,
        cast(null as string) as geography_as_stated,
        value,
        cast(null as string) as as_printed,
        cast(null as integer) as reference_year,
        concat(
            '; mean of ', places, ' places with ', cast(floor(1000 * share_of_generation) / 10 as string),
            ' % of the generation in the file, weighted by it',
            case when places_without_twh > 0 then concat(' (', places_without_twh, ' of all print none)') else '' end,
            ', newest years of each (', first_year, ' to ', last_year, ')'
        ) as weighted_over,
        case
            when share_of_generation is null or share_of_generation < 0.95
                then 'its places have less than 95 % of the generation in the file'
        end as ineligible_reason,
        'global_energy_mix.json: all countries' as locator,
        release_id,
        file_sha256,
        cast(null as bigint) as row_number
    from covered
),

unioned as (
    select * from countries
    union all
    select * from world
),

final as (
    select
        factor_id,
        'codecarbon' as source_id,
        'electricity' as object_id,
        'Electricity mix' as object_name,
        'total' as component,
        true as is_total,
        indicator_id,
        'use' as life_cycle_stage,
        'use' as stages_covered,
        geography_id,
        geography_as_stated,
        'location' as electricity_basis,
        case when indicator_id = 'gwp100_unstated' then 'generation_life_cycle' else 'combustion_only' end
            as electricity_scope,
        value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as string) as range_kind,
        case when indicator_id = 'gwp100_unstated' then 'kgCO2e' else 'MJ' end as amount_unit,
        'kWh' as reference_unit,
        as_printed,
        case when indicator_id = 'gwp100_unstated' then 'gCO2e/kWh' end as unit_as_printed,
        cast(null as string) as unit_qualifier,
        reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        concat(
            case
                when indicator_id = 'gwp100_unstated'
                    then 'Generation inside the place with its upstream and plants (Ember); no trade, no grid losses'
                else
                    'Energy that plants take in (physical energy content method), derived from generation shares; '
                    || 'no supply of fuels, no plants, no trade, no grid losses'
            end,
            coalesce(weighted_over, '')
        ) as object_boundary,
        false as includes_use_electricity,
        indicator_id = 'gwp100_unstated' as includes_infrastructure,
        'valid' as status,
        ineligible_reason,
        case when as_printed is null then 'generation_shares' end as derivation,
        'CC-BY-4.0' as licence_id,
        locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from unioned
)

select * from final
