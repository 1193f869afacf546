-- What a study prints and its published inputs allow to recompute comes out to the last printed digit. Where it does
-- not, the residual is a row of standing_residuals with its reason in the note, and stays what it is.
with

published_results as (
    select * from {{ ref('published_results') }}
),

standing_residuals as (
    select * from {{ ref('standing_residuals') }}
),

final as (
    select
        published_results.*,
        standing_residuals.residual_pct as standing_residual_pct
    from published_results
    left join standing_residuals
        on published_results.published_value_id = standing_residuals.published_value_id
    where
        published_results.kind in ('recompute', 'own_arithmetic')
        and case
            when published_results.inside_print_rounding
                then standing_residuals.published_value_id is not null
            else coalesce(
                published_results.note is null
                or abs(published_results.residual_pct - standing_residuals.residual_pct) > 0.005,
                true
            )
        end
)

select * from final
