"""One page a study: its figures, its impacts by part, stage and category, and its printed results beside ours."""

from collections.abc import Callable, Iterator

from cradle.report.ask import Marts
from cradle.report.page import Page, Section
from cradle.report.pages.studies import berthelot_2025, cases, impacts, index, printed

# studies whose own figures are drawn again
_FIGURES: dict[str, Callable[[Marts], Iterator[Section]]] = {"berthelot_2025": berthelot_2025.figures}


def pages(marts: Marts) -> Iterator[Page]:
    """A page for every study with printed results."""
    for study in index.studies(marts):
        yield _page(marts, study)


def _page(marts: Marts, study: index.Study) -> Page:
    figures = list(_FIGURES[study.study_id](marts)) if study.study_id in _FIGURES else []
    done = [(f"{study.reproduced} of {study.recomputed}", "of those inside print rounding or within 1 %")]
    done = done if study.recomputed else []
    return Page(
        f"study-{study.study_id}",
        study.title if study.title != study.study_id else study.short,
        "Studies",
        f"{study.producer + '. ' if study.producer else ''}What the study prints, beside what the warehouse computes"
        " from the same inputs.",
        [
            *figures,
            *impacts.sections(marts, study.study_id),
            *cases.sections(marts, study.study_id),
            printed.section(marts, study.study_id),
        ],
        short=study.short,
        tiles=[
            (str(study.printed), "printed results"),
            (str(study.recomputed), "recomputed from printed inputs"),
            *done,
        ],
    )
