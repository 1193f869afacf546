-- A place that upstream names is in the seed, with an id or with a note why it has none. A newer release may name more:
-- its lines have no geography until the seed names it.
{{ config(severity='warn') }}

with

elements as (
    select * from {{ ref('stg_ademe_base_carbone__elements') }}
),

geographies as (
    select * from {{ ref('ademe_base_carbone__geographies') }}
),

final as (
    select distinct
        elements.location_as_stated,
        elements.sublocation_as_stated
    from elements
    left join geographies
        on
            elements.location_as_stated = geographies.location
            and elements.sublocation_as_stated = geographies.sublocation_fr
            and (geographies.geography_id is not null or geographies.note is not null)
    where
        elements.geography_id is null
        and elements.sublocation_as_stated is not null
        and geographies.location is null
)

select * from final
