-- int_power__count_intervals takes the row before from the order in which DuckDB reads the Parquet file, and landing
-- has found that order to be by channel and time: then no stretch is negative, and each usable sample but the first has
-- one before it. A block of rows that is read in another place makes one or the other.
with

interval_classes as (
    select * from {{ ref('int_power__count_intervals') }}
),

channels as (
    select * from {{ ref('stg_power__channels') }}
    where is_in_order
),

read_in_order as (
    select
        interval_classes.channel_key,
        sum(interval_classes.usable_samples) as usable_samples,
        sum(interval_classes.intervals) as intervals,
        min(interval_classes.shortest_us) as shortest_us
    from interval_classes
    inner join channels on interval_classes.channel_key = channels.channel_key
    group by interval_classes.channel_key
),

final as (
    select * from read_in_order
    where intervals != usable_samples - 1 or shortest_us < 0
)

select * from final
