"""Why a cell takes another factor, or the same factor has another value."""

CORRECTIONS = """
create temp table corrections as
select
    correction_id,
    case
        when a.correction_id is null then 'added'
        when b.correction_id is null then 'removed'
        when a.status is distinct from b.status then 'status ' || a.status || ' → ' || b.status
        when a.is_guard_met != b.is_guard_met
            then case when b.is_guard_met then 'takes effect' else 'no longer takes effect' end
        else 'changed'
    end as change,
    coalesce(b.source_id, a.source_id) as source_id,
    regexp_replace(lower(split_part(coalesce(b.record_key, a.record_key), '|', 1)), '[^a-z0-9]+', '_', 'g') as record,
    regexp_replace(lower(coalesce(b.field, a.field)), '[^a-z0-9]+', '_', 'g') as field,
    coalesce(b.action, a.action) as action
from a.correction_checks as a
full join b.correction_checks as b using (correction_id)
where
    a.correction_id is null
    or b.correction_id is null
    or a.status is distinct from b.status
    or a.action is distinct from b.action
    or a.corrected_as is distinct from b.corrected_as
    -- that its source was landed or not is no change of a correction
    or a.is_guard_met != b.is_guard_met
"""

FACTOR_CAUSES = """
create temp table factor_causes as
with asked as (
    select distinct selection_before, selection_after, factor_id_before, factor_id_after
    from cells
    where in_a and in_b
),
-- what of the question is another one; where both get the same factor, its own change is the cause
questions as (
    select
        asked.*,
        list_filter([
            case
                when a.geography_id is distinct from b.geography_id then {
                    'kind': 'place',
                    'change': coalesce(a.geography_id, 'none') || ' → ' || coalesce(b.geography_id, 'none')
                }
            end,
            case
                when a.reference_year is distinct from b.reference_year then {
                    'kind': 'period',
                    'change': coalesce(cast(a.reference_year as varchar), 'none')
                    || ' → ' || coalesce(cast(b.reference_year as varchar), 'none')
                }
            end,
            case
                when a.factor_set_id is distinct from b.factor_set_id
                    then {'kind': 'factor_set', 'change': a.factor_set_id || ' → ' || b.factor_set_id}
            end,
            case
                when a.object_id is distinct from b.object_id or a.component is distinct from b.component then {
                    'kind': 'structure',
                    'change': concat_ws(' ', a.object_id, a.component)
                    || ' → ' || concat_ws(' ', b.object_id, b.component)
                }
            end
        ], lambda x: x is not null and asked.factor_id_before is distinct from asked.factor_id_after) as changes,
        list_transform(changes, lambda x: x.kind) as kinds,
        case
            when len(changes) = 1 then changes[1].change
            else array_to_string(list_transform(changes, lambda x: x.kind || ' ' || x.change), ', ')
        end as question,
        b.reason as reason_after
    from asked
    left join a.factor_selection as a on asked.selection_before = a.selection_id
    left join b.factor_selection as b on asked.selection_after = b.selection_id
),
sides as (
    select
        questions.*,
        old.value as value_before,
        new.value as value_after,
        coalesce(old.source_id, new.source_id) as source_before,
        coalesce(new.source_id, old.source_id) as source_after,
        coalesce(old.release_id, source_then.release_id, 'not landed') as release_before,
        coalesce(new.release_id, source_now.release_id, 'not landed') as release_after,
        coalesce(old.file_sha256, source_then.file_sha256) as file_before,
        coalesce(new.file_sha256, source_now.file_sha256) as file_after,
        old_now.factor_id is null as is_old_gone,
        new_then.factor_id is null as is_new_new,
        old_now.is_eligible as is_old_eligible,
        new_then.is_eligible as was_new_eligible,
        old_now.ineligible_reason as old_barred,
        new_then.ineligible_reason as new_barred,
        -- which record of its source a factor is: its id and where it stands there
        regexp_replace(
            lower(concat_ws(' ', '', old.factor_id, old.locator, new.factor_id, new.locator, '')),
            '[^a-z0-9]+', '_', 'g'
        ) as record
    from questions
    left join a.factors as old on questions.factor_id_before = old.factor_id
    left join b.factors as new on questions.factor_id_after = new.factor_id
    left join b.factors as old_now on questions.factor_id_before = old_now.factor_id
    left join a.factors as new_then on questions.factor_id_after = new_then.factor_id
    left join a.sources as source_then on coalesce(old.source_id, new.source_id) = source_then.source_id
    left join b.sources as source_now on coalesce(new.source_id, old.source_id) = source_now.source_id
),
corrected as (
    select
        sides.selection_before,
        sides.selection_after,
        sides.factor_id_before,
        sides.factor_id_after,
        string_agg(corrections.correction_id, '; ' order by corrections.correction_id) as correction_ids,
        string_agg(
            corrections.correction_id || ' (' || corrections.change || ')', '; ' order by corrections.correction_id
        ) as correction_changes
    from sides
    inner join corrections
        on
            corrections.source_id in (sides.source_before, sides.source_after)
            and (
                contains(
                    concat_ws(' ', sides.old_barred, sides.new_barred),
                    'correction ' || corrections.correction_id || ':'
                )
                or (
                    (corrections.action = 'relabel_field' or contains(sides.record, '_' || corrections.record || '_'))
                    and list_bool_and(list_transform(
                        string_split(corrections.field, '_'), lambda word: contains(sides.record, '_' || word || '_')
                    ))
                )
            )
    group by all
)
select
    sides.selection_before,
    sides.selection_after,
    sides.factor_id_before,
    sides.factor_id_after,
    case
        when len(kinds) > 1 then 'scenario'
        when len(kinds) = 1 then kinds[1]
        when corrected.correction_ids is not null then 'correction'
        else 'factor'
    end as cause_kind,
    case
        when len(kinds) > 0 then question
        when corrected.correction_ids is not null then corrected.correction_ids
        else coalesce(sides.factor_id_after, sides.factor_id_before, 'none')
    end as cause_id,
    case when len(kinds) > 0 then question || ': ' else '' end
    || case when len(kinds) = 0 then coalesce(corrected.correction_changes || ': ', '') else '' end
    || case
        when sides.factor_id_before is not distinct from sides.factor_id_after
            then coalesce(sides.factor_id_after, 'no factor') || ' '
            || shown(value_before) || ' → ' || shown(value_after)
        else coalesce(sides.factor_id_before, 'no factor') || ' (' || shown(value_before) || ') → '
            || coalesce(sides.factor_id_after, 'no factor') || ' (' || shown(value_after) || ')'
            || case
                when len(kinds) > 0 then ''
                when sides.factor_id_before is not null and is_old_gone then ', the former is gone'
                when not is_old_eligible then ', the former is not eligible: ' || old_barred
                when sides.factor_id_after is not null and is_new_new then ', the latter is new'
                when not was_new_eligible then ', the latter was not eligible: ' || new_barred
                else ', ' || coalesce(reason_after, 'no factor is chosen')
            end
    end
    || case
        when source_before = source_after and release_before != release_after
            then '; ' || source_after || ' ' || release_before || ' → ' || release_after
        when source_before = source_after and file_before != file_after
            then '; another file of ' || source_after
        else ''
    end as cause
from sides
left join corrected
    on
        sides.selection_before is not distinct from corrected.selection_before
        and sides.selection_after is not distinct from corrected.selection_after
        and sides.factor_id_before is not distinct from corrected.factor_id_before
        and sides.factor_id_after is not distinct from corrected.factor_id_after
"""
