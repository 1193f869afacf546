{%- set reading = [
    ('answers.service_impacts', 'What does a service cost, by part and life-cycle stage?'),
    ('answers.service_totals', 'And in total, for what functional unit, how sure, and what is left out?'),
    ('answers.not_modelled', 'What is not modelled, and why?'),
    ('answers.total_drivers', 'What drives a total?'),
    ('answers.printed_and_computed', 'Does Cradle come to what a study prints?'),
    ('answers.request_footprints', 'What does a request to a language model take, like for like?'),
    ('answers.electricity_intensities', 'What does a kilowatt-hour emit, where, when and by which source?'),
    ('answers.hardware_footprints', 'What does a piece of hardware embody, by source and boundary?'),
    ('answers.source_disagreements', 'Where do the sources disagree, and by how much?'),
    ('answers.measured_runs', 'What did the meters read?'),
    ('marts.scenario_list', 'Which services and trainings are there, and for what functional unit?'),
    ('marts.impacts', 'Which flow, amount and factor is behind a result?'),
    ('marts.explanations', 'How does a result come about, down to the printed numbers?'),
    ('marts.parameter_values', 'Which number was taken, and from which place of which source?'),
    ('marts.factors', 'Which factors does each source publish, chosen or not?'),
    ('marts.sources', 'Which sources are there, and under which licence?'),
] -%}
with

reading as (
    {% for relation_name, question in reading %}
    select
        {{ loop.index }} as position,
        '{{ relation_name }}' as relation_name,
        '{{ question }}' as question
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        position,
        relation_name,
        question
    from reading
)

select * from final
