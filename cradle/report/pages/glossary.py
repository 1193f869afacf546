"""The page of the glossary."""

from cradle.dictionary.glossary import PARTS, load
from cradle.report.page import Page, Section


def page() -> Page:
    """The terms of LCA for engineers and of data work for LCA people."""
    terms = load()
    sections = [
        Section(
            part,
            title,
            "In our own words; the source says where a term is defined bindingly.",
            [
                {
                    "term": term.term,
                    "also": ", ".join(term.also) or None,
                    "meaning": term.definition,
                    "not to be confused": term.confusion,
                    "in Cradle": ", ".join(term.in_cradle),
                    "defined in": term.source,
                }
                for term in terms
                if term.part == part
            ],
            f"dictionary/glossary/{part}.yml; a test holds that each table and column named is there",
        )
        for part, title in PARTS.items()
    ]
    lead = "Engineers and LCA people use the same words for different things. What they mean here."
    return Page("glossary", "Glossary", "Provenance", lead, sections)
