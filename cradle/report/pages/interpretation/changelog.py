"""What changed between releases of the results, and why."""

from cradle.report.ask import Marts
from cradle.report.page import Page, Section


def page(marts: Marts) -> Page:
    """The changelog of results."""
    rows = marts.rows(
        """
        select new_export_name, old_export_name, cause_kind, cause, count(distinct scenario_id) as scenarios,
            count(distinct concat(scenario_id, ' ', impact_category, ' ', electricity_view)) as totals,
            string_agg(distinct scenario_id, ', ' order by scenario_id) as which
        from marts.changelog
        group by all
        order by max(changed_on) desc, new_export_name, old_export_name, cause_kind, cause
        """
    )
    causes = marts.rows(
        """
        select changed_on, new_export_name, old_export_name, scenario_id, impact_category, electricity_view,
            value_before, value_after, total_change, part_of_change, unit, cause_kind, cause, licence_set
        from marts.changelog
        order by changed_on desc, new_export_name, old_export_name, scenario_id, impact_category, electricity_view,
            cause_kind, cause_id
        """
    )
    moved = sum(row["total_change"] is not None and row["total_change"] != 0 for row in causes)
    pairs = {(row["old_export_name"], row["new_export_name"]) for row in rows}
    text = (
        f"{len(causes)} entries between {len(pairs)} pairs of releases; {moved} of"
        " them are of a total that was there before and moved."
        if causes
        else "No release is recorded yet: cradle diff OLD NEW --changelog writes the entries."
    )
    return Page(
        "changelog",
        "What changed since the last release?",
        "Interpretation",
        "Each total that moved between two kept releases of the results, by how much, and because of what: a parameter,"
        " a factor, a correction, a place, the structure. The parts of a total add up to its change.",
        [
            Section("causes", "By cause", text, rows, "marts.changelog"),
            Section("entries", "Every entry", "One row a total and cause.", causes, "marts.changelog"),
        ],
        short="Changes of results",
    )
