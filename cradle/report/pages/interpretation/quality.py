"""How good the data behind a result are."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.flagships import FLAGSHIPS, VIEW, Result, not_modelled, results
from cradle.report.pages.interpretation.wording import called

_INDICATORS = ["reliability", "completeness", "time", "geography", "technology"]
_BAD = 4  # a score of 4 or 5 is where better data would pay


def page(marts: Marts) -> Page:
    """Mean and worst scores of the flagships, and what of each result rests on which score."""
    return Page(
        "data-quality",
        "How good are the data?",
        "Interpretation",
        "Five scores of each number that a result rests on, from 1 (best) to 5: how it was found, what it comes from,"
        " whose year, whose place, whose technology. Scores are judgements; they say where better data would pay, and"
        f" nothing of what a result leaves out.{not_modelled(marts)}",
        [_means(marts), *_shares(marts)],
        short="Data quality",
    )


def _means(marts: Marts) -> Section:
    rows = [
        row
        for scenario in FLAGSHIPS
        for row in marts.rows(
            """
            select scenario_id, impact_category, completeness, reliability_score_mean, completeness_score_mean,
                time_score_mean, geography_score_mean, technology_score_mean, reliability_score_worst,
                completeness_score_worst, time_score_worst, geography_score_worst, technology_score_worst,
                amount_quality_score_worst, licence_set
            from marts.impact_totals
            where scenario_id = ? and electricity_view = ? and impact_category in ('GWP', 'ADPe', 'PE', 'WC')
            order by list_position(['GWP', 'ADPe', 'PE', 'WC'], impact_category)
            """,
            scenario,
            VIEW,
        )
    ]
    cells = [
        {
            "result": f"{FLAGSHIPS[row['scenario_id']]}: {row['impact_category']}",
            "indicator": indicator,
            "score": row[f"{indicator}_score_mean"],
            "text": _both(row[f"{indicator}_score_mean"], row[f"{indicator}_score_worst"]),
        }
        for row in rows
        for indicator in _INDICATORS
    ]
    known = [cell for cell in cells if cell["score"] is not None]
    worst = max((round(cell["score"], 6) for cell in known), default=None)
    of = [f"{cell['indicator']} of {cell['result']}" for cell in known if round(cell["score"], 6) == worst]
    said = f" The worst mean is {worst:.1f}, for {'; '.join(of)}." if of else " No result has a score."
    return Section(
        "means",
        "The factors behind each result",
        "The mean score of the factors, weighted by what each contributes, and after the stroke the worst. A result"
        f" that is not modelled has no score.{said} The amounts have scores of their own, in the sections below.",
        rows,
        "marts.impact_totals, location view",
        charts.scores(cells, "indicator", "result", "score", "text", (1, 5), unknown="not modelled") if cells else None,
        "A grid of results by indicators: mean score and worst score, darker where the mean is worse.",
    )


def _both(mean: float | None, worst: int | None) -> str:
    return "" if mean is None else f"{mean:.1f} / {worst}"


def _shares(marts: Marts) -> Iterator[Section]:
    for result in results(marts):
        rows = marts.rows(
            """
            select quality_indicator, input_kind, score, value_share, inputs, largest_input_id, largest_input_share,
                licence_set
            from marts.data_quality
            where scenario_id = ? and impact_category = ? and electricity_view = ?
            order by input_kind, list_position(
                ['reliability', 'completeness', 'time', 'geography', 'technology'], quality_indicator
            ), score
            """,
            result.scenario,
            result.category,
            VIEW,
        )
        if rows:
            yield _scored(result, rows)


def _scored(result: Result, rows: list[Row]) -> Section:
    cells = [
        {
            "line": f"{called(row['quality_indicator'])} of {row['input_kind']}s",
            "score": f"score {row['score']}",
            "share": row["value_share"],
            "text": f"{100 * row['value_share']:.0f} %" if row["value_share"] >= 0.005 else "< 1 %",
        }
        for row in rows
    ]
    # columns in the order of the scores, also where the first line lacks one
    cells.sort(key=lambda cell: cell["score"])
    lines = list(dict.fromkeys(f"{called(row['quality_indicator'])} of {row['input_kind']}s" for row in rows))
    bad = sorted(
        (row for row in rows if row["score"] >= _BAD),
        key=lambda row: (-row["value_share"], row["quality_indicator"], row["input_kind"], row["score"]),
    )
    text = (
        f"What part of {result.said(result.value)} {result.of} rests on factors, and on the worst parameter of an"
        " amount, of each score."
    )
    if bad:
        first = bad[0]
        text += (
            f" Most rests on a score of {first['score']} for {first['quality_indicator']} of {first['input_kind']}s:"
            f" {100 * first['value_share']:.0f} %, {first['largest_input_id']} foremost"
            f" ({100 * first['largest_input_share']:.0f} %)."
        )
    else:
        text += f" No input scores {_BAD} or worse."
    return Section(
        result.slug,
        result.heading,
        text,
        rows,
        "marts.data_quality, location view",
        charts.scores(cells, "score", "line", "share", "text", (0, 1), lines=lines),
        "A grid of indicators by scores: the share of the result that rests on each score, darker where it is larger."
        " An empty cell: nothing of the result rests on that score; a parameter that is not the worst of its amount has"
        " no cell.",
    )
