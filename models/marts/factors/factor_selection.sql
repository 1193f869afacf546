with

expected as (
    select * from {{ ref('int_impacts__expect') }}
),

factors as (
    select * from {{ ref('factors') }}
),

factor_set_rules as (
    select * from {{ ref('factor_set_rules') }}
),

factor_sets as (
    select * from {{ ref('factor_sets') }}
),

licences as (
    select * from {{ ref('licences') }}
),

fallbacks as (
    select * from {{ ref('int_geographies__fallback') }}
),

demanded as (
    select distinct
        selection_id,
        factor_set_id,
        object_id,
        object_class,
        component,
        life_cycle_stage,
        impact_category,
        geography_id,
        electricity_basis,
        reference_year
    from expected
),

-- a factor whose source states no place or no year fits any, after those that state the one asked for;
-- one whose place is stated but not in the vocabulary fits none
placed as (
    select
        demanded.*,
        factors.factor_id,
        factors.source_id,
        factors.electricity_scope,
        factors.geography_id as factor_geography_id,
        factors.reference_year as factor_reference_year,
        factors.geography_as_stated,
        coalesce(licences.redistributable, 'no') as redistributable,
        coalesce(extract(year from factors.valid_to) < demanded.reference_year, false) as is_expired,
        coalesce(extract(year from factors.valid_from) > demanded.reference_year, false) as is_not_begun,
        factors.valid_from,
        factors.valid_to,
        factors.stages_covered,
        coalesce(fallbacks.distance, 100) as geography_distance,
        case
            when factors.reference_year is null then 1000
            when demanded.reference_year is null then 3000 - factors.reference_year
            else abs(factors.reference_year - demanded.reference_year)
        end as year_gap
    from demanded
    inner join factors
        on
            demanded.object_id = factors.object_id
            and demanded.component = factors.component
            and demanded.life_cycle_stage = factors.life_cycle_stage
            and demanded.impact_category = factors.impact_category
            and demanded.electricity_basis = factors.electricity_basis
    left join licences on factors.licence_id = licences.licence_id
    left join fallbacks
        on
            demanded.geography_id = fallbacks.geography_id
            and factors.geography_id = fallbacks.wider_geography_id
    where
        factors.is_eligible
        and (
            (factors.geography_id is null and factors.geography_as_stated is null)
            or fallbacks.distance is not null
            or (demanded.geography_id is null and factors.geography_id = 'GLO')
        )
),

-- an end alone does not say that the years before it are meant, a beginning does
fitting as (
    select
        *,
        is_expired or is_not_begun as is_outside_validity,
        reference_year is not null and valid_from is not null and not is_expired and not is_not_begun as is_held_valid
    from placed
),

candidates as (
    select
        fitting.*,
        factor_set_rules.rank,
        factor_set_rules.reason as rule_reason
    from fitting
    inner join factor_sets on fitting.factor_set_id = factor_sets.factor_set_id
    inner join factor_set_rules
        on
            fitting.factor_set_id = factor_set_rules.factor_set_id
            and fitting.source_id = factor_set_rules.source_id
            and (factor_set_rules.object_class is null or fitting.object_class = factor_set_rules.object_class)
            and (
                factor_set_rules.electricity_scope is null
                or fitting.electricity_scope = factor_set_rules.electricity_scope
            )
            and (
                factor_set_rules.factor_id_pattern is null
                or fitting.factor_id like factor_set_rules.factor_id_pattern
            )
    where
        (
            factor_sets.licences_taken = 'any'
            or fitting.redistributable = 'yes'
            or (factor_sets.licences_taken = 'redistributable' and fitting.redistributable = 'share-alike')
        )
        -- unknown years pass, and years for which the source holds it valid; a known gap may not be wider than the
        -- rule allows
        and (
            fitting.is_held_valid
            or coalesce(
                abs(fitting.factor_reference_year - fitting.reference_year) <= factor_set_rules.max_year_gap, true
            )
        )
),

-- of the user's own tables the family alone: what a private one is called is not for results that may be published
outside as (
    select
        selection_id,
        {{ distinct_list("split_part(source_id, ':', 1)") }} as other_sources
    from fitting
    -- the electricity of one study's data centre, whose place is not told, is no alternative for another service
    where object_class != 'electricity' or factor_geography_id is not null
    group by selection_id
),

best as (
    select
        *,
        count(*) over (partition by selection_id) as candidates
    from candidates
    qualify row_number() over (
        partition by selection_id
        order by
            rank asc,
            geography_distance asc,
            is_outside_validity asc,
            case when is_held_valid then 0 else year_gap end asc,
            year_gap asc,
            valid_to desc nulls last,
            factor_id asc
    ) = 1
),

selected as (
    select
        demanded.*,
        best.factor_id,
        best.source_id,
        best.rank,
        best.rule_reason,
        best.factor_geography_id,
        best.factor_reference_year,
        best.geography_as_stated,
        best.geography_distance,
        best.is_expired,
        best.is_not_begun,
        best.is_held_valid,
        best.valid_from,
        best.valid_to,
        coalesce(best.candidates, 0) as candidates,
        outside.other_sources,
        best.stages_covered,
        bool_or(best.factor_id is not null and demanded.life_cycle_stage = 'manufacturing') over same_thing
            as has_manufacturing,
        bool_or(best.factor_id is not null and demanded.life_cycle_stage = 'transport') over same_thing
            as has_transport,
        bool_or(best.factor_id is not null and demanded.life_cycle_stage = 'end_of_life') over same_thing
            as has_end_of_life
    from demanded
    left join best on demanded.selection_id = best.selection_id
    left join outside on demanded.selection_id = outside.selection_id
    window
        same_thing as (
            partition by
                demanded.factor_set_id,
                demanded.object_id,
                demanded.component,
                demanded.impact_category,
                demanded.geography_id,
                demanded.reference_year
        )
),

-- a lump beside a stage that it holds would count the same kilograms twice; one that does not say what it holds gives
-- way to any stage
without_overlap as (
    select
        *,
        factor_id is not null
        and life_cycle_stage = 'embodied_unsplit'
        and (
            (has_manufacturing and coalesce(stages_covered, 'manufacturing') like '%manufacturing%')
            or (has_transport and coalesce(stages_covered, 'transport') like '%transport%')
            or (has_end_of_life and coalesce(stages_covered, 'end_of_life') like '%end_of_life%')
        ) as is_overlapping_lump
    from selected
),

final as (
    select
        selection_id,
        factor_set_id,
        object_id,
        component,
        life_cycle_stage,
        impact_category,
        geography_id,
        electricity_basis,
        reference_year,
        case when not is_overlapping_lump then factor_id end as factor_id,
        case when not is_overlapping_lump then source_id end as source_id,
        cast(candidates as integer) as candidates,
        case
            when factor_id is null or is_overlapping_lump then 'none'
            when geography_distance between 1 and 99 then 'wider_geography'
            when geography_id is not null and factor_geography_id is null then 'place_not_stated'
            when is_expired then 'expired'
            when is_not_begun then 'not_yet_valid'
            when is_held_valid then 'exact'
            when factor_reference_year != reference_year then 'other_year'
            when reference_year is not null and factor_reference_year is null then 'year_not_stated'
            else 'exact'
        end as match_kind,
        case
            when is_overlapping_lump then 'a source that splits the embodied stages is selected instead of the lump'
            when factor_id is null and other_sources is not null
                then concat('no eligible factor in this set; its rules leave out those of ', other_sources)
            when factor_id is null then 'no eligible factor in this set'
            else concat(
                'rule ',
                cast(rank as string),
                ': ',
                rule_reason,
                ' (place: ',
                coalesce(factor_geography_id, geography_as_stated, 'not stated'),
                ', year: ',
                coalesce(cast(factor_reference_year as string), 'not stated'),
                case
                    when is_expired then concat(', valid until ', cast(valid_to as string))
                    when is_not_begun then concat(', valid only from ', cast(valid_from as string))
                    when is_held_valid and valid_to is null
                        then concat(', valid from ', cast(valid_from as string))
                    when is_held_valid
                        then concat(', valid from ', cast(valid_from as string), ' to ', cast(valid_to as string))
                    else ''
                end,
                ')'
            )
        end as reason
    from without_overlap
)

select * from final
