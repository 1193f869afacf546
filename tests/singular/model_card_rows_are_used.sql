-- A fact or a link that fits no training scenario, and a count of answers that the linked scenario lacks, are slips.
with

scopes as (
    select * from {{ ref('int_model_cards__scope') }}
),

facts as (
    select * from {{ ref('model_facts') }}
),

links as (
    select * from {{ ref('model_card_links') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
)

select
    'model_facts' as seed_name,
    facts.scenario_pattern as row_key,
    facts.answer_item as what
from facts
left join scopes on scopes.scenario_id like facts.scenario_pattern
where scopes.scenario_id is null
union all
select
    'model_card_links' as seed_name,
    links.scenario_id as row_key,
    links.link_role as what
from links
left join scopes on links.scenario_id = scopes.scenario_id
where scopes.scenario_id is null
union all
select
    'model_card_links' as seed_name,
    links.scenario_id as row_key,
    links.samples_parameter_name as what
from links
left join parameter_values
    on
        links.linked_scenario_id = parameter_values.scenario_id
        and links.samples_parameter_name = parameter_values.parameter_name
where
    links.samples_parameter_name is not null
    and parameter_values.value is null
