"""The numbers of the pedigree matrix and of basic uncertainty, checked against the factors of the older version."""

import csv
import math
from decimal import Decimal
from itertools import pairwise

import pytest

from cradle.paths import PROJECT_ROOT

QUALITY = PROJECT_ROOT / "seeds" / "quality"
INDICATORS = ("reliability", "completeness", "time", "geography", "technology")


def rows(name: str) -> list[dict[str, str]]:
    with (QUALITY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def variance(uncertainty_factor: str) -> float:
    """Variance of the logarithm of a lognormal whose squared geometric standard deviation is given: (ln U / 2)^2."""
    return (math.log(float(uncertainty_factor)) / 2) ** 2


def test_the_matrix_has_each_indicator_and_score_once():
    assert sorted((r["quality_indicator"], int(r["score"])) for r in rows("pedigree_scores")) == sorted(
        (indicator, score) for indicator in INDICATORS for score in range(1, 6)
    )


@pytest.mark.parametrize(
    "row",
    [r for r in rows("pedigree_scores") if r["uncertainty_factor"] and r["score"] != "1"],
    ids=lambda r: f"{r['quality_indicator']}-{r['score']}",
)
def test_variances_are_those_of_the_older_factors_as_rounded_in_print(row):
    """Weidema et al. 2013 print (ln U / 2)^2 of the factors U of Frischknecht et al. 2007, to one or two digits."""
    printed = Decimal(row["as_printed"])
    step = Decimal(1).scaleb(printed.as_tuple().exponent)
    assert abs(Decimal(variance(row["uncertainty_factor"])) - printed) <= step / 2


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_worse_score_adds_more(indicator):
    added = [
        float(r["log_variance"])
        for r in sorted(rows("pedigree_scores"), key=lambda r: int(r["score"]))
        if r["quality_indicator"] == indicator
    ]
    assert added[0] == 0 and all(better < worse for better, worse in pairwise(added))


@pytest.mark.parametrize("row", rows("basic_variances"), ids=lambda r: r["variance_class"])
def test_basic_variances_are_those_of_their_factors(row):
    expected = variance(row["uncertainty_factor"])
    if row["is_own_estimate"] == "true":
        assert float(row["log_variance"]) == round(expected, 4)
    else:
        printed = Decimal(row["log_variance"])
        assert abs(Decimal(expected) - printed) <= Decimal(1).scaleb(printed.as_tuple().exponent) / 2


def test_every_source_of_factors_that_is_shipped_has_a_rule_of_its_own():
    with (PROJECT_ROOT / "seeds" / "factors" / "study_factors.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["source_id"] for row in csv.DictReader(file)}
    ingested = {folder.name for folder in (PROJECT_ROOT / "ingest").iterdir() if (folder / "source.yml").exists()}
    models = (PROJECT_ROOT / "models" / "intermediate" / "factors").glob("int_factors__from_*.sql")
    sources |= {file.stem.removeprefix("int_factors__from_") for file in models} & ingested
    patterns = [row["source_pattern"].replace("%", "") for row in rows("source_quality") if row["source_pattern"]]
    own = {source for source in sources if source.startswith("own_study__")}
    assert {s for s in sources - own if not any(s.startswith(pattern) for pattern in patterns)} == set()


@pytest.mark.parametrize("name", ["source_quality", "parameter_quality", "stand_in_places", "basic_variances"])
def test_every_judgement_gives_its_reason(name):
    assert [row for row in rows(name) if len(row["reason"]) < 20] == []
