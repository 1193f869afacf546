"""Licence and redistributability are asked for: nothing is assumed, and nothing is allowed that a licence forbids."""

from pathlib import Path

import pytest

from cradle.errors import FetchError
from ingest.declared_licence import licence_of
from ingest.reference_tables.declaration import declare

FILE = Path("My Table (2026).csv")


@pytest.mark.parametrize("lacking", ["mapping", "licence", "redistributable"])
@pytest.mark.parametrize("said", [None, "", " "])
def test_what_is_not_said_is_asked_for(lacking, said):
    told = {"mapping": "numecoeval", "licence": "L", "redistributable": "no"} | {lacking: said}
    with pytest.raises(FetchError) as caught:
        declare(FILE, **told)
    assert f"no --{lacking}" in str(caught.value) and "--licence 'NAME or SPDX id'" in str(caught.value)


def test_the_name_of_the_table_is_that_of_the_file():
    assert declare(FILE, "numecoeval", "L", "no").table_id == "my_table_2026"


@pytest.mark.parametrize(
    ("said", "passed_on", "expected"),
    [
        ("CC-BY-4.0", "yes", ("CC-BY-4.0", "yes", "open")),
        ("cc-by-4.0", "yes", ("CC-BY-4.0", "yes", "open")),
        ("ODbL-1.0", "share-alike", ("ODbL-1.0", "share-alike", "odbl")),
        # stricter than the licence: an id of its own, or all of CC-BY-4.0 would be held back
        ("CC-BY-4.0", "no", ("LicenseRef-user-CC-BY-4.0-not-passed-on", "no", None)),
        ("NegaOctet, our contract", "no", ("LicenseRef-user-NegaOctet-our-contract-not-passed-on", "no", None)),
        ("In-house", "yes", ("LicenseRef-user-In-house", "yes", "open")),
        # a share-alike licence of which Cradle knows no pack stays at home
        ("In-house", "share-alike", ("LicenseRef-user-In-house-share-alike", "share-alike", None)),
        ("LicenseRef-not-stated", "no", ("LicenseRef-not-stated", "no", None)),
        ("CC BY-SA 4.0", "share-alike", ("CC-BY-SA-4.0", "share-alike", "by-sa")),
    ],
)
def test_a_licence_becomes_one_of_the_vocabulary_or_one_of_the_users(said, passed_on, expected):
    licence = licence_of(said, passed_on)
    assert (licence.id, licence.redistributable, licence.pack) == expected


@pytest.mark.parametrize(
    ("said", "passed_on"),
    [
        ("LicenseRef-ademe-base-impacts", "yes"),
        ("CC-BY-SA-4.0", "yes"),
        ("CC-BY-4.0", "share-alike"),
        ("CC BY-SA 4.0", "yes"),
        ("CC BY-SA 3.0", "yes"),
        ("odbl", "yes"),
        ("aib", "yes"),
        ("ADEME Base IMPACTS", "yes"),
        ("LicenseRef-user-declared", "no"),
        ("***", "no"),
        ("x" * 201, "no"),
    ],
)
def test_more_than_a_licence_allows_is_refused(said, passed_on):
    with pytest.raises(FetchError):
        licence_of(said, passed_on)


@pytest.mark.parametrize(
    ("option", "value"), [("redistributable", "maybe"), ("table", "a b"), ("table", "../x"), ("title", " ")]
)
def test_a_slip_on_the_command_line_is_named(option, value):
    told = {"mapping": "m", "licence": "L", "redistributable": "no"} | {option: value}
    with pytest.raises(FetchError, match=f"--{option}"):
        declare(FILE, **told)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("X", "no"), ("X-not-passed-on", "yes")),
        (("X", "share-alike"), ("X share-alike", "yes")),
        (("\N{GREEK CAPITAL LETTER ALPHA} 1", "yes"), ("\N{GREEK CAPITAL LETTER BETA} 1", "yes")),
    ],
)
def test_two_licences_never_share_an_id(first, second):
    assert licence_of(*first).id != licence_of(*second).id
