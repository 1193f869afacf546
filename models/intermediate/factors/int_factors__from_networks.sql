with

intensities as (
    select * from {{ ref('stg_networks__intensities') }}
),

-- figures with the network's electricity inside would count it twice beside the flow of electricity
embodied as (
    select
        *,
        concat('networks:', intensity_id) as factor_id,
        case quantity
            when 'embodied_gwp' then 'gwp100_unstated'
            when 'embodied_adpe' then 'adpe_unstated'
            when 'embodied_pe' then 'pe_total'
        end as indicator_id
    from intensities
    where quantity in ('embodied_gwp', 'embodied_adpe', 'embodied_pe')
),

final as (
    select
        factor_id,
        source_id,
        case network_type
            when 'fixed' then 'fixed_network'
            when 'mobile' then 'mobile_network'
            else factor_id
        end as object_id,
        concat_ws(', ', title, network_type) as object_name,
        'total' as component,
        true as is_total,
        indicator_id,
        'embodied_unsplit' as life_cycle_stage,
        'manufacturing;transport;end_of_life' as stages_covered,
        geography_id,
        geography_as_stated,
        'not_applicable' as electricity_basis,
        cast(null as string) as electricity_scope,
        value,
        value_low,
        value_high,
        case when value_low is not null or value_high is not null then 'range stated by the source' end as range_kind,
        amount_unit,
        reference_unit,
        as_printed,
        unit_as_printed,
        cast(null as string) as unit_qualifier,
        reference_year,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        object_boundary,
        false as includes_use_electricity,
        true as includes_infrastructure,
        'valid' as status,
        case
            when verification != 'read' then 'the figure is from memory and was not checked'
            when geography_id is null then 'its place is not in the vocabulary of geographies'
        end as ineligible_reason,
        cast(null as string) as derivation,
        cast(null as string) as licence_id,
        locator,
        release_id,
        cast(null as string) as file_path,
        file_sha256,
        row_number
    from embodied
)

select * from final
