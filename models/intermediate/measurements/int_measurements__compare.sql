with

readings as (
    select * from {{ ref('int_measurements__readings') }}
),

gaps as (
    select
        comparison_id,
        tool,
        source_id,
        1 - tool_energy / nullif(reference_energy, 0) as energy_gap
    from readings
),

final as (
    select
        comparison_id,
        tool,
        source_id,
        cast(count(*) as integer) as benchmarks_compared,
        {{ ordered_sum('energy_gap') }} / count(energy_gap) as mean_energy_gap
    from gaps
    group by comparison_id, tool, source_id
)

select * from final
