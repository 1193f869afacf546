"""The licence under which a user holds data of their own, and whether it may be passed on. Nothing is assumed."""

import hashlib
import re
from dataclasses import dataclass

from cradle.errors import FetchError
from ingest.reference_tables.mapping import vocabulary

REDISTRIBUTABLE = ("yes", "share-alike", "no")
SUFFIX = {"yes": "", "share-alike": "-share-alike", "no": "-not-passed-on"}


@dataclass(frozen=True)
class Licence:
    """A licence under its id in the vocabulary, or under one of the user's own."""

    id: str
    name: str
    url: str | None
    redistributable: str
    pack: str | None


def licence_of(said: str, redistributable: str) -> Licence:
    """Return the licence that was meant: one of the vocabulary, else one of the user's own, `LicenseRef-user-...`.

    Its id holds whether it may be passed on: a result names licences alone, so that a table which may not be passed on
    never shares an id with one that may. Raises FetchError where more is allowed than the licence allows.
    """
    known = {_bare(row[key]): row for row in vocabulary("licences").values() for key in ("licence_id", "name")}
    row = known.get(_bare(said))
    if row and row["licence_id"] == "LicenseRef-user-declared":
        raise refused_word("--licence", "the licence itself", said)
    if row and row["redistributable"] == redistributable:
        return Licence(row["licence_id"], row["name"], row["url"] or None, redistributable, row["pack"] or None)
    if row and redistributable != "no":
        allowed = "no" if row["redistributable"] == "no" else f"{row['redistributable']} or no"
        raise refused_word("--redistributable", f"{allowed}, as {row['licence_id']} has it", redistributable)
    if len(said) > 200 or not said.isprintable():
        raise refused_word("--licence", "one line of at most 200 characters", said[:60])
    families = {
        _bare(i).rstrip("0123456789"): r for i, r in vocabulary("licences").items() if r["redistributable"] != "yes"
    }
    if redistributable == "yes" and (family := families.get(_bare(said).rstrip("0123456789"))):
        got = f"yes for a version of {family['licence_id']}, which is {family['redistributable']}"
        raise refused_word("--redistributable", "what this version of the licence allows: share-alike or no", got)
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", said.removeprefix("LicenseRef-")).strip("-.")
    if not slug:
        raise refused_word("--licence", "a name with letters or digits", said)
    if not said.isascii() or slug.casefold().endswith(tuple(filter(None, SUFFIX.values()))):
        # two names with the same Latin letters, or one that ends as ours do, are still two licences
        slug += f"-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
    pack = "open" if redistributable == "yes" else None
    return Licence(f"LicenseRef-user-{slug}{SUFFIX[redistributable]}", said, None, redistributable, pack)


def _bare(licence: str) -> str:
    """'CC BY-SA 4.0' and 'cc-by-sa-4.0' are one licence."""
    return "".join(filter(str.isalnum, licence.casefold().removeprefix("licenseref-")))


def refused_word(option: str, expected: str, got: str) -> FetchError:
    """Return the error for a word on the command line that cannot be."""
    return FetchError("what you say of the table cannot be", where=option, expected=expected, got=got, todo="mend it")
