{%- set indicators = ['reliability', 'completeness', 'time', 'geography', 'technology'] -%}
with

multiplied as (
    select * from {{ ref('int_impacts__multiply') }}
    where factor_id is not null
),

factors as (
    select * from {{ ref('factors') }}
),

flows as (
    select * from {{ ref('flows') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

ancestry as (
    select * from {{ ref('int_scenarios__ancestry') }}
),

sources as (
    select * from {{ ref('sources') }}
),

rated_factors as (
    select * from {{ ref('int_quality__rate_factors') }}
),

rated_parameters as (
    select * from {{ ref('int_quality__rate_parameters') }}
),

stand_in_places as (
    select * from {{ ref('stand_in_places') }}
),

factor_variance_classes as (
    select
        *,
        {{ filled_columns(['object_class', 'impact_category']) }} as specificity
    from {{ ref('factor_variance_classes') }}
),

basic_variances as (
    select * from {{ ref('basic_variances') }}
),

pedigree_scores as (
    select * from {{ ref('pedigree_scores') }}
),

stand_ins as (
    select
        ancestry.scenario_id,
        stand_in_places.geography_role,
        min_by(stand_in_places.geography_score, ancestry.distance) as stand_in_score
    from ancestry
    inner join stand_in_places on ancestry.ancestor_id = stand_in_places.scenario_id
    group by ancestry.scenario_id, stand_in_places.geography_role
),

-- flows that ask for the same place in different roles meet in one question: the worse stand-in counts
selected as (
    select
        multiplied.scenario_id,
        multiplied.selection_id,
        multiplied.factor_id,
        multiplied.object_class,
        multiplied.impact_category,
        multiplied.geography_id,
        multiplied.reference_year,
        max(stand_ins.stand_in_score) as stand_in_score
    from multiplied
    inner join flows on multiplied.flow_id = flows.flow_id
    left join stand_ins
        on
            multiplied.scenario_id = stand_ins.scenario_id
            and flows.geography_role = stand_ins.geography_role
    group by
        multiplied.scenario_id,
        multiplied.selection_id,
        multiplied.factor_id,
        multiplied.object_class,
        multiplied.impact_category,
        multiplied.geography_id,
        multiplied.reference_year
),

with_distances as (
    select
        selected.*,
        factors.geography_id as factor_geography_id,
        -- a factor of one year and one that is valid over several: how far the year asked is outside
        greatest(
            coalesce(extract(year from factors.valid_from), factors.reference_year, extract(year from factors.valid_to))
            - selected.reference_year,
            selected.reference_year
            - coalesce(
                extract(year from factors.valid_to), factors.reference_year, extract(year from factors.valid_from)
            ),
            0
        ) as years_away,
        coalesce(factors.reference_year, extract(year from factors.valid_to), extract(year from factors.valid_from))
        is not null
        and selected.reference_year is not null as are_years_known
    from selected
    inner join factors on selected.factor_id = factors.factor_id
),

classified as (
    select
        with_distances.scenario_id,
        with_distances.selection_id,
        factor_variance_classes.variance_class
    from with_distances
    inner join factor_variance_classes
        on
            (
                factor_variance_classes.object_class is null
                or with_distances.object_class = factor_variance_classes.object_class
            )
            and (
                factor_variance_classes.impact_category is null
                or with_distances.impact_category = factor_variance_classes.impact_category
            )
    qualify rank() over (
        partition by with_distances.scenario_id, with_distances.selection_id
        order by factor_variance_classes.specificity desc
    ) = 1
),

of_factors as (
    select
        with_distances.scenario_id,
        'factor' as input_kind,
        concat('factor:', with_distances.factor_id) as input_id,
        with_distances.selection_id,
        rated_factors.treatment,
        rated_factors.reliability_score,
        rated_factors.completeness_score,
        coalesce(
            rated_factors.time_score,
            case when with_distances.are_years_known then {{ time_score('with_distances.years_away') }} else 5 end
        ) as time_score,
        coalesce(
            rated_factors.geography_score,
            greatest(
                case
                    when with_distances.geography_id is null and with_distances.factor_geography_id is null then 2
                    when with_distances.geography_id is null then 1
                    when with_distances.factor_geography_id is null then 5
                    when with_distances.factor_geography_id = with_distances.geography_id then 1
                    when with_distances.factor_geography_id = 'GLO' then 3
                    else 2
                end,
                coalesce(with_distances.stand_in_score, 1)
            )
        ) as geography_score,
        rated_factors.technology_score,
        case when rated_factors.treatment = 'definition' then 'none' else classified.variance_class end
            as variance_class,
        rated_factors.quality_rule_id
    from with_distances
    inner join rated_factors on with_distances.factor_id = rated_factors.factor_id
    inner join classified
        on
            with_distances.scenario_id = classified.scenario_id
            and with_distances.selection_id = classified.selection_id
),

of_parameters as (
    select
        rated_parameters.scenario_id,
        'parameter' as input_kind,
        rated_parameters.uncertainty_id as input_id,
        cast(null as string) as selection_id,
        rated_parameters.treatment,
        rated_parameters.reliability_score,
        rated_parameters.completeness_score,
        coalesce(
            rated_parameters.time_score,
            {{ time_score(
                "abs(try_cast(substr(sources.published_on, 1, 4) as integer) - scenarios.reference_year)"
            ) }}
        ) as time_score,
        rated_parameters.geography_score,
        rated_parameters.technology_score,
        rated_parameters.variance_class,
        rated_parameters.quality_rule_id
    from rated_parameters
    inner join scenarios on rated_parameters.scenario_id = scenarios.scenario_id
    left join sources on rated_parameters.source_id = sources.source_id
),

-- parameters that vary together are one input, as good as the worst of them
parameters_together as (
    select
        of_parameters.scenario_id,
        of_parameters.input_kind,
        of_parameters.input_id,
        of_parameters.selection_id,
        min(of_parameters.treatment) as treatment,
        {%- for indicator in indicators %}
        max(of_parameters.{{ indicator }}_score) as {{ indicator }}_score,
        {%- endfor %}
        max(basic_variances.log_variance) as basic_log_variance,
        {{ distinct_list(
            "concat('rule ', of_parameters.quality_rule_id, '; basic variance ', of_parameters.variance_class)"
        ) }} as quality_basis
    from of_parameters
    inner join basic_variances on of_parameters.variance_class = basic_variances.variance_class
    group by
        of_parameters.scenario_id, of_parameters.input_kind, of_parameters.input_id, of_parameters.selection_id
),

inputs as (
    select * from parameters_together
    union all
    select
        of_factors.scenario_id,
        of_factors.input_kind,
        of_factors.input_id,
        of_factors.selection_id,
        of_factors.treatment,
        {%- for indicator in indicators %}
        of_factors.{{ indicator }}_score,
        {%- endfor %}
        basic_variances.log_variance as basic_log_variance,
        concat('rule ', of_factors.quality_rule_id, '; basic variance ', of_factors.variance_class) as quality_basis
    from of_factors
    inner join basic_variances on of_factors.variance_class = basic_variances.variance_class
),

final as (
    select
        inputs.scenario_id,
        inputs.input_kind,
        inputs.input_id,
        inputs.selection_id,
        inputs.treatment,
        {%- for indicator in indicators %}
        cast(inputs.{{ indicator }}_score as integer) as {{ indicator }}_score,
        {%- endfor %}
        inputs.basic_log_variance,
        {% for indicator in indicators -%}
        {{ indicator }}_scores.log_variance{{ ' +' if not loop.last }}
        {% endfor -%}
        as pedigree_log_variance,
        inputs.quality_basis
    from inputs
    {%- for indicator in indicators %}
    inner join pedigree_scores as {{ indicator }}_scores
        on
            {{ indicator }}_scores.quality_indicator = '{{ indicator }}'
            and inputs.{{ indicator }}_score = {{ indicator }}_scores.score
    {%- endfor %}
)

select * from final
