with

footprints as (
    select * from {{ ref('boavizta_devices__footprints') }}
),

subcategories as (
    select * from {{ ref('boavizta_devices__subcategories') }}
),

accepted as (
    select
        footprints.*,
        concat(
            replace(lower(footprints.manufacturer), ' ', '_'),
            ':',
            substr(md5(concat_ws('|', footprints.manufacturer, footprints.name, footprints.report_urls)), 1, 12)
        ) as device_key,
        -- the file has both 27-05-2022 and 2022-05-27
        case
            when footprints.added_date like '____-%' then footprints.added_date
            else concat_ws(
                '-',
                substr(footprints.added_date, 7, 4),
                substr(footprints.added_date, 4, 2),
                substr(footprints.added_date, 1, 2)
            )
        end as added_on_text
    from footprints
    where not {{ is_rejected('footprints.violations') }}
),

ordered as (
    select
        *,
        try_cast(added_on_text as date) as added_on,
        -- one report in two editions, each with an address of its own; without a date nothing says it is one report
        case
            when report_date is null then 1
            else row_number() over (
                partition by manufacturer, name, report_date
                order by try_cast(added_on_text as date) desc, row_number desc
            )
        end as edition_rank
    from accepted
),

final as (
    select
        ordered.device_key,
        ordered.manufacturer,
        ordered.name,
        ordered.device_category,
        ordered.device_subcategory,
        subcategories.object_id as object_group,
        ordered.gwp_total,
        ordered.gwp_total_as_printed,
        ordered.gwp_error_ratio,
        ordered.gwp_manufacturing_ratio,
        ordered.gwp_transport_ratio,
        ordered.gwp_use_ratio,
        ordered.gwp_eol_ratio,
        ordered.gwp_manufacturing_ratio is not null
        and ordered.gwp_transport_ratio is not null
        and ordered.gwp_use_ratio is not null
        and ordered.gwp_eol_ratio is not null as is_split,
        ordered.gwp_electronics_ratio,
        ordered.gwp_battery_ratio,
        ordered.gwp_hdd_ratio,
        ordered.gwp_ssd_ratio,
        ordered.gwp_othercomponents_ratio,
        ordered.report_date as report_date_as_stated,
        {{ report_year('ordered.report_date') }} as report_year,
        {{ report_month('ordered.report_date') }} as report_month,
        ordered.edition_rank = 1 as is_latest_edition,
        ordered.report_urls,
        ordered.report_hash,
        ordered.lifetime_years,
        ordered.yearly_tec_kwh,
        ordered.use_location,
        ordered.assembly_location,
        ordered.weight_kg,
        nullif(ordered.screen_size_inch, 0) as screen_size_inch,
        ordered.server_type,
        ordered.hard_drive,
        ordered.device_memory_gb,
        ordered.number_cpu,
        ordered.height_u,
        ordered.added_on,
        ordered.add_method,
        ordered.source_id,
        ordered.release_id,
        ordered.file_sha256,
        ordered.row_number
    from ordered
    left join subcategories on ordered.device_subcategory = subcategories.device_subcategory
)

select * from final
