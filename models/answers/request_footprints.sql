with

request_impacts as (
    select * from {{ ref('request_impacts') }}
    where value is not null
),

final as (
    select
        request_value_id,
        request_case_id,
        scenario_id,
        scenario_title,
        method_id,
        evidence,
        batch_size,
        output_tokens,
        energy_boundary,
        impact_category,
        electricity_view,
        value_per_output_token,
        value,
        unit,
        reference_scenario_id,
        ratio_to_reference,
        is_like_for_like,
        completeness,
        note,
        licence_set
    from request_impacts
)

select * from final
