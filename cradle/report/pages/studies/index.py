"""The studies with printed results, and how far each is reproduced."""

import re
from dataclasses import dataclass

from cradle.report.ask import Marts
from cradle.report.quantities import spelled


@dataclass(frozen=True)
class Study:
    """A study: results it prints, those recomputed from its printed inputs, and those of them that agree.

    `reproduced` counts what is inside print rounding or within 1 %; `inside` what is inside print rounding.
    """

    study_id: str
    title: str
    producer: str
    printed: int
    recomputed: int
    inside: int
    reproduced: int

    @property
    def short(self) -> str:
        """The id as a reader says it: `luccioni_2024_power_hungry` as "Luccioni 2024 power hungry"."""
        return spelled(re.sub(r"(?<=\d)_(?=\d)", ".", self.study_id))


def studies(marts: Marts) -> list[Study]:
    """Every study with a printed result, by id."""
    rows = marts.rows(
        """
        with results as (
            select
                study_id,
                count(*) as printed,
                count(*) filter (where kind = 'recompute' and residual_pct is not null) as recomputed,
                count(*) filter (where kind = 'recompute' and inside_print_rounding) as inside,
                count(*) filter (
                    where kind = 'recompute' and (inside_print_rounding or abs(residual_pct) < 1)
                ) as reproduced
            from marts.published_results
            group by all
        )
        select
            results.study_id,
            coalesce(sources.title, results.study_id) as title,
            coalesce(sources.producer, '') as producer,
            results.printed,
            results.recomputed,
            results.inside,
            results.reproduced
        from results
        left join marts.sources on results.study_id = sources.source_id
        order by results.study_id
        """
    )
    return [Study(**row) for row in rows]
