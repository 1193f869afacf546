"""The results that the pages of interpretation show: one service, one training, one request.

Every page asks for any scenario by the same code; these stand for the kinds of question that people bring. Whoever
wants another scenario on the pages changes this list, or asks the mart that each section names.
"""

from dataclasses import dataclass

from cradle.report.ask import Marts
from cradle.report.quantities import readable, written

# scenario and how the pages call it
FLAGSHIPS = {
    "sd_service_2025_open": "Stable Diffusion as a service",
    "bloom_mlca": "Training of BLOOM",
    "ecologits_0_9_3_llama_3_1_70b_open": "A request to Llama 3.1 70B",
}
CATEGORIES = ("GWP", "ADPe")  # climate change, and the metals that it hides
VIEW = "location"


@dataclass(frozen=True)
class Result:
    """A total of a flagship; `size` is what its numbers are divided by for reading in `unit`."""

    scenario: str
    title: str
    category: str
    value: float
    size: float
    unit: str
    completeness: str

    @property
    def slug(self) -> str:
        """The name of a section about it."""
        return f"{self.scenario}-{self.category}"

    @property
    def heading(self) -> str:
        """The title of a section about it."""
        return f"{self.title}: {self.category}"

    def said(self, value: float) -> str:
        """A value of the mart in the unit for reading."""
        return f"{written(value / self.size)} {self.unit}"

    @property
    def of(self) -> str:
        """What the total is a total of."""
        return of_what(self.completeness)


def of_what(completeness: str) -> str:
    """What a total of this completeness is a total of."""
    return "of the whole" if completeness == "complete" else "of the modelled part"


def results(marts: Marts) -> list[Result]:
    """The modelled totals of the flagships that this warehouse has, location view."""
    found = []
    for scenario, title in FLAGSHIPS.items():
        for category in CATEGORIES:
            for row in marts.rows(
                "select value, unit, completeness from marts.impact_totals where scenario_id = ?"
                " and impact_category = ? and electricity_view = ? and value is not null",
                scenario,
                category,
                VIEW,
            ):
                size, unit = readable([row["value"]], row["unit"])
                found.append(Result(scenario, title, category, row["value"], size, unit, row["completeness"]))
    return found


def not_modelled(marts: Marts) -> str:
    """A sentence on the totals that the pages would show if they were modelled; empty where all are."""
    known = {(result.scenario, result.category) for result in results(marts)}
    missing = [
        f"{category} of {title}"
        for scenario, title in FLAGSHIPS.items()
        for category in CATEGORIES
        if (scenario, category) not in known
    ]
    return f" Not modelled, and therefore without a section: {'; '.join(missing)}." if missing else ""
