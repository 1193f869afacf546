"""Licences that ask for more than their name: every copy carries their own words."""

from cradle.paths import PROJECT_ROOT

ASKED_BY = ("MIT",)


def permission_notice(licence_id: str | None) -> str:
    """The words that go with each copy; the citation holds the copyright line. Empty where a link is enough."""
    if licence_id not in ASKED_BY:
        return ""
    text = (PROJECT_ROOT / "LICENSES" / f"{licence_id}.txt").read_text(encoding="utf-8")
    return "\n" + text[text.index("Permission is hereby granted") :].rstrip("\n") + "\n"
