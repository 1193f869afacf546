with

mixes as (
    select * from {{ ref('boaviztapi__electricity_mixes') }}
),

criteria as (
    select * from {{ ref('boaviztapi__criteria') }}
    where criteria_group = 'electricity'
),

-- BoaviztAPI and EcoLogits name places alike
places as (
    select * from {{ ref('ecologits__places') }}
),

geographies as (
    select * from {{ ref('geographies') }}
),

accepted as (
    select * from mixes
    where not {{ is_rejected('violations') }}
),

-- the source takes the first priority that has a value for the place
ranked as (
    select
        *,
        row_number() over (
            partition by release_id, criterion, place_code, value is null
            order by priority, file_row
        ) as place_in_order,
        row_number() over (
            partition by release_id, criterion, place_code, priority
            order by file_row
        ) as place_in_priority
    from accepted
),

final as (
    select
        ranked.release_id,
        ranked.place_code,
        ranked.place_name,
        coalesce(places.geography_id, geographies.geography_id) as geography_id,
        ranked.criterion,
        criteria.indicator_id,
        ranked.priority,
        concat(cast(ranked.priority as string), '.', cast(ranked.place_in_priority as string)) as priority_key,
        ranked.value is not null and ranked.place_in_order = 1 as is_selected,
        ranked.value * criteria.to_canonical_factor as value,
        criteria.amount_unit,
        ranked.as_printed,
        ranked.unit_as_printed,
        ranked.factor_source,
        ranked.reference_period,
        criteria.ineligible_reason,
        ranked.source_id,
        ranked.file_sha256,
        ranked.row_number
    from ranked
    left join criteria on ranked.criterion = criteria.criterion
    left join places on ranked.place_code = places.place_code
    left join geographies on ranked.place_code = geographies.geography_id
)

select * from final
