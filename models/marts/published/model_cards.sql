with

scopes as (
    select * from {{ ref('int_model_cards__scope') }}
),

from_marts as (
    select * from {{ ref('int_model_cards__answer') }}
),

card_fields as (
    select * from {{ ref('model_card_fields') }}
),

facts as (
    select * from {{ ref('model_facts') }}
),

units as (
    select * from {{ ref('units') }}
),

sources as (
    select * from {{ ref('sources') }}
),

trainings as (
    select distinct
        scenario_id,
        scenario_title
    from scopes
),

idle as (
    select distinct scenario_id
    from scopes
    where part_scope = 'idle'
),

stated_facts as (
    select
        trainings.scenario_id,
        facts.answer_item,
        facts.answer,
        cast(facts.as_printed as double) * units.to_canonical_factor as value,
        facts.source_id,
        facts.locator,
        sources.licence_id
    from trainings
    inner join facts on trainings.scenario_id like facts.scenario_pattern
    left join units on facts.unit = units.unit
    left join sources on facts.source_id = sources.source_id
),

judged as (
    select
        trainings.scenario_id,
        trainings.scenario_title,
        card_fields.*,
        from_marts.detail,
        from_marts.value as value_of_marts,
        from_marts.state as state_of_marts,
        from_marts.state_reason as reason_of_marts,
        from_marts.answer_evidence as evidence_of_marts,
        from_marts.cited_sources as sources_of_marts,
        from_marts.locator as locator_of_marts,
        from_marts.licence_sets as licences_of_marts,
        stated_facts.answer as fact,
        stated_facts.value as value_of_fact,
        stated_facts.source_id as source_of_fact,
        stated_facts.locator as locator_of_fact,
        stated_facts.licence_id as licence_of_fact,
        case
            when
                from_marts.value is not null
                or (card_fields.answer_from in ('place', 'boundary') and from_marts.detail is not null)
                then 'marts'
            when stated_facts.source_id is not null then 'fact'
            when card_fields.part_scope = 'idle' and idle.scenario_id is null then 'no such part'
            else 'none'
        end as answered_by
    from trainings
    cross join card_fields
    left join from_marts
        on
            trainings.scenario_id = from_marts.scenario_id
            and card_fields.answer_item = from_marts.answer_item
    left join stated_facts
        on
            trainings.scenario_id = stated_facts.scenario_id
            and card_fields.answer_item = stated_facts.answer_item
    left join idle on trainings.scenario_id = idle.scenario_id
),

answered as (
    select
        judged.*,
        case judged.answered_by
            when 'marts' then concat_ws('; ', judged.answer, judged.detail)
            when 'fact' then concat_ws('; ', judged.answer, judged.fact)
            when 'none' then 'not stated'
            else 'not applicable'
        end as answer_text,
        case judged.answered_by
            when 'marts' then judged.value_of_marts
            when 'fact' then judged.value_of_fact
        end / coalesce(units.to_canonical_factor, 1) as answer_value,
        case judged.answered_by
            when 'marts' then judged.state_of_marts
            when 'fact' then 'stated'
            when 'none' then 'not_stated'
            else 'not_applicable'
        end as answer_state,
        case judged.answered_by
            when 'marts' then case when judged.state_of_marts = 'computed' then judged.reason_of_marts end
            when 'none' then concat_ws('; ', concat('needed: ', judged.answer_needed), judged.reason_of_marts)
            when 'no such part' then 'the scenario has no idle capacity beside its training'
        end as answer_reason,
        case judged.answered_by
            when 'marts' then judged.evidence_of_marts
            when 'fact' then 'model_facts'
        end as answer_evidence,
        {{ split_list("""case judged.answered_by
            when 'marts' then judged.sources_of_marts
            when 'fact' then judged.source_of_fact
        end""") }} as sources_of_answer,
        case judged.answered_by
            when 'marts' then judged.locator_of_marts
            when 'fact' then judged.locator_of_fact
        end as answer_locator,
        {{ split_list("""case judged.answered_by
            when 'marts' then judged.licences_of_marts
            when 'fact' then judged.licence_of_fact
        end""") }} as licences
    from judged
    left join units on judged.unit = units.unit
),

licence_sets as (
    select
        scenario_id,
        answer_item,
        {{ distinct_list('licence_id') }} as licence_set
    from {{ exploded('answered', 'licences', 'licence_id') }}
    where licence_id != ''
    group by scenario_id, answer_item
),

cited_sources as (
    select
        scenario_id,
        answer_item,
        {{ distinct_list('source_id') }} as cited_sources
    from {{ exploded('answered', 'sources_of_answer', 'source_id') }}
    where source_id != ''
    group by scenario_id, answer_item
),

final as (
    select
        answered.scenario_id,
        answered.scenario_title,
        answered.card,
        answered.field_no,
        answered.question,
        answered.answer_item,
        answered.position,
        answered.answer_text as answer,
        answered.answer_value as value,
        case when answered.answer_value is not null then answered.unit end as unit,
        answered.answer_state as state,
        answered.answer_reason as state_reason,
        answered.answer_evidence,
        cited_sources.cited_sources,
        answered.answer_locator as locator,
        licence_sets.licence_set
    from answered
    left join licence_sets
        on
            answered.scenario_id = licence_sets.scenario_id
            and answered.answer_item = licence_sets.answer_item
    left join cited_sources
        on
            answered.scenario_id = cited_sources.scenario_id
            and answered.answer_item = cited_sources.answer_item
)

select * from final
