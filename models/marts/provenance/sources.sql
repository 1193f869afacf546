with

datasets as (
    select * from {{ source('raw', 'sources') }}
),

-- what the user holds: reference tables, and sets of power traces
user_tables as (
    {% for table in ['reference_tables__tables', 'power__tables'] %}
    select
        source_id,
        title,
        release_id,
        licence_id,
        licence_name,
        licence_url,
        redistributable,
        licence_pack,
        file_sha256,
        bytes,
        rows_landed
    from {{ source('raw', table) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

study_sources as (
    select * from {{ ref('study_sources') }}
),

licences as (
    select * from {{ ref('licences') }}
),

from_sidecars as (
    select
        source_id,
        kind,
        producer,
        title,
        version,
        cast(published_on as string) as published_on,
        cast(retrieved_on as string) as retrieved_on,
        landing_page,
        licence_id,
        licence_name,
        licence_url,
        redistributable,
        citation,
        origin,
        release_id,
        file_sha256,
        cast(bytes as bigint) as bytes,
        cast(rows as bigint) as rows_landed,
        licence_pack
    from datasets
),

from_studies as (
    select
        study_sources.source_id,
        'study' as kind,
        study_sources.producer,
        study_sources.title,
        study_sources.version,
        study_sources.published_on,
        study_sources.retrieved_on,
        study_sources.landing_page,
        study_sources.licence_id,
        licences.name as licence_name,
        licences.url as licence_url,
        study_sources.redistributable,
        study_sources.citation,
        'seed' as origin,
        study_sources.version as release_id,
        cast(null as string) as file_sha256,
        cast(null as bigint) as bytes,
        cast(null as bigint) as rows_landed,
        licences.pack as licence_pack
    from study_sources
    left join licences on study_sources.licence_id = licences.licence_id
),

from_user_tables as (
    select
        source_id,
        'user_table' as kind,
        'as the user names it' as producer,
        title,
        release_id as version,
        cast(null as string) as published_on,
        cast(null as string) as retrieved_on,
        cast(null as string) as landing_page,
        licence_id,
        licence_name,
        licence_url,
        redistributable,
        title as citation,
        'user_file' as origin,
        release_id,
        file_sha256,
        cast(bytes as bigint) as bytes,
        cast(rows_landed as bigint) as rows_landed,
        licence_pack
    from user_tables
),

final as (
    select * from from_sidecars
    union all
    select * from from_user_tables
    union all
    select * from from_studies
)

select * from final
