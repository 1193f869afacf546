with

formulations as (
    select * from {{ ref('bottom_up_formulations') }}
),

described as (
    select * from {{ ref('int_hardware__describe') }}
),

defaults as (
    select * from {{ ref('bottom_up_defaults') }}
),

dies as (
    select * from {{ ref('bottom_up_dies') }}
),

objects as (
    select * from {{ ref('objects') }}
),

units as (
    select * from {{ ref('units') }}
),

-- a formulation reads the description of its own source first: published results rest on it. What BoaviztAPI describes
-- is for its own formulation: it may not be passed on, and the others must give the same from the bundle alone
stated as (
    select
        formulations.formulation_id,
        described.object_id,
        described.driver,
        described.value,
        coalesce(described.low, described.value) as value_low,
        coalesce(described.high, described.value) as value_high,
        described.unit,
        described.kind,
        described.part_object_id,
        described.source_id,
        described.locator
    from described
    inner join objects on described.object_id = objects.object_id
    inner join formulations on objects.object_class = formulations.object_class
    where described.source_id != 'boaviztapi' or formulations.spec_source_id = 'boaviztapi'
    qualify row_number() over (
        partition by formulations.formulation_id, described.object_id, described.driver
        order by (described.source_id = coalesce(formulations.spec_source_id, '')) desc, described.precedence asc
    ) = 1
),

described_objects as (
    select distinct
        formulation_id,
        object_id
    from stated
),

filled as (
    select
        described_objects.formulation_id,
        described_objects.object_id,
        defaults.driver,
        defaults.value * coalesce(shared.value, units.to_canonical_factor) as value,
        defaults.value * coalesce(shared.value_low, units.to_canonical_factor) as value_low,
        defaults.value * coalesce(shared.value_high, units.to_canonical_factor) as value_high,
        coalesce(shared.unit, units.canonical_unit) as unit,
        'default' as kind,
        cast(null as string) as part_object_id,
        coalesce(shared.source_id, defaults.source_id) as source_id,
        defaults.locator
    from described_objects
    inner join defaults on described_objects.formulation_id = defaults.formulation_id
    inner join units on defaults.unit = units.unit
    left join stated
        on
            described_objects.formulation_id = stated.formulation_id
            and described_objects.object_id = stated.object_id
            and defaults.driver = stated.driver
    left join stated as shared
        on
            described_objects.formulation_id = shared.formulation_id
            and described_objects.object_id = shared.object_id
            and defaults.of_driver = shared.driver
    where stated.driver is null and (defaults.of_driver is null or shared.driver is not null)
),

known as (
    select * from stated
    union all
    select * from filled
),

sized as (
    select
        dies.*,
        areas.object_id,
        areas.source_id as area_source_id,
        -- areas of dies are reckoned in mm2, as defects and kerf are stated
        100 * areas.value * coalesce(dies.area_per_capacity, 1) / coalesce(counts.value, 1) as die_mm2,
        100 * areas.value_low * coalesce(dies.area_per_capacity_low, dies.area_per_capacity, 1)
        / coalesce(counts.value, 1) as die_mm2_low,
        100 * areas.value_high * coalesce(dies.area_per_capacity_high, dies.area_per_capacity, 1)
        / coalesce(counts.value, 1) as die_mm2_high,
        case when dies.dies_counted = 'one' then 1 else coalesce(counts.value, 1) end as dies_to_count,
        concat(areas.driver, ' of ', areas.locator) as rests_on
    from dies
    inner join known as areas
        on
            dies.formulation_id = areas.formulation_id
            and coalesce(dies.area_driver, dies.capacity_driver) = areas.driver
    left join known as counts
        on
            dies.formulation_id = counts.formulation_id
            and areas.object_id = counts.object_id
            and dies.dies_driver = counts.driver
    left join stated as given
        on
            dies.formulation_id = given.formulation_id
            and areas.object_id = given.object_id
            and dies.driver = given.driver
    where given.driver is null and (dies.dies_driver is null or counts.value > 0)
),

final as (
    select * from known
    union all
    select
        formulation_id,
        object_id,
        driver,
        dies_to_count * {{ die_area_with_losses('die_mm2') }} / 100 as value,
        dies_to_count * {{ die_area_with_losses('die_mm2_low') }} / 100 as value_low,
        dies_to_count * {{ die_area_with_losses('die_mm2_high') }} / 100 as value_high,
        'cm**2' as unit,
        'computed' as kind,
        cast(null as string) as part_object_id,
        area_source_id as source_id,
        rests_on as locator
    from sized
    -- a die that fits on no wafer has no area
    where {{ die_area_with_losses('die_mm2') }} is not null
)

select * from final
