"""The first page: what is in the warehouse and how far it reproduces what is published."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Section


def page(marts: Marts) -> Page:
    """The overview."""
    return Page(
        "index",
        "Cradle: footprints of AI services, with their sources",
        "Overview",
        "Climate, water, metal and energy figures of AI services. Each number has its source, boundary, range and"
        " licence; what is not modelled is said and never counts as nothing.",
        [_reproduced(marts), _modelled(marts), _disagreement(marts)],
    )


def _reproduced(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            study_id as study,
            case
                when inside_print_rounding then 'inside print rounding'
                when abs(residual_pct) < 1 then 'within 1 %'
                else 'further off'
            end as computed,
            count(*) as printed_results
        from marts.published_results
        where kind = 'recompute' and residual_pct is not null
        group by all
        order by study, computed
        """
    )
    return Section(
        "reproduced_results",
        "How far are published results reproduced?",
        "Printed results that their own printed inputs give, computed in the warehouse and compared. Nothing is tuned;"
        " what is further off stands with a note on its study's page.",
        rows,
        "marts.published_results, kind recompute",
        charts.stacked_bars(
            rows,
            "printed_results",
            "study",
            "computed",
            "printed results",
            parts=["further off", "inside print rounding", "within 1 %"],
        ),
        "Bars by study: printed results computed inside print rounding, within one per cent, or further off.",
    )


def _modelled(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            impact_category,
            completeness,
            count(*) as scenarios
        from marts.impact_totals
        where electricity_view = 'location' and completeness != 'none'
        group by all
        order by impact_category, completeness
        """
    )
    return Section(
        "modelled_scenarios",
        "What is modelled?",
        "Scenarios with a result in each impact category. Partial means that some cell of the service has no factor or"
        " no amount: the result is of the modelled part.",
        rows,
        "marts.impact_totals, location view",
        charts.stacked_bars(rows, "scenarios", "impact_category", "completeness", "scenarios"),
        "Bars by impact category: scenarios with a complete and with a partial result.",
    )


def _disagreement(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select
            object_group_id as object_group,
            compared_stage,
            reference_unit,
            min(value) as lowest,
            median(value) as middle,
            max(value) as highest,
            count(*) as values_compared,
            max(value) / min(value) as ratio,
            string_agg(distinct licence_id, '; ' order by licence_id) as licence_set
        from marts.factor_disagreement
        where impact_category = 'GWP' and compared_stage = 'embodied_total' and value > 0
        group by all
        having count(distinct source_id) > 1
        order by ratio desc, object_group
        limit 25
        """
    )
    return Section(
        "disagreement",
        "Where do sources disagree most?",
        "Embodied climate impact of the same family of things by different sources: lowest, middle and highest. Nobody"
        " averages; each study selects, and the pages of studies say why.",
        rows,
        "marts.factor_disagreement, GWP",
        charts.bars(rows, "ratio", "object_group", "highest over lowest value", log=True),
        "Points by family of objects: the ratio of the highest to the lowest published value, on a logarithmic axis.",
    )
