"""What is not in the published form is refused with its place and what to do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError

EVERY = ["impact_factors", "transport_factors", "cards"]


@pytest.fixture
def refusal(parsed):
    def refuse(content: bytes) -> str:
        with pytest.raises(ParseError) as error:
            parsed(content)
        message = str(error.value)
        assert all(f"{part}:" in message for part in ("where", "expected", "got")), message
        return message

    return refuse


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(refusal, content):
    assert "empty" in refusal(content)


def test_a_web_page(refusal):
    assert "web page" in refusal(b"\n<!DOCTYPE html><html>404</html>")


def test_a_pointer_of_git_lfs(refusal):
    assert "Git LFS" in refusal(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n")


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", "graphics_card,x".encode("utf-16")])
def test_a_binary_file(refusal, content):
    assert "no text file" in refusal(content)


def test_another_encoding(refusal, content):
    assert "not UTF-8" in refusal(content("impact_factors").replace(b"Example", b"Ex\xe9mple"))


@pytest.mark.parametrize("entity", EVERY[:2])
@pytest.mark.parametrize("delimiter", [b";", b"\t", b"|"])
def test_a_wrong_delimiter(refusal, content, entity, delimiter):
    assert "wrong sign" in refusal(content(entity).replace(b",", delimiter))


@pytest.mark.parametrize("entity", EVERY[:2])
def test_a_header_without_rows(refusal, content, entity):
    assert "no rows" in refusal(content(entity).split(b"\n")[0] + b"\n")


@pytest.mark.parametrize("entity", EVERY[:2])
def test_a_row_cut_short(refusal, content, entity):
    assert "cells" in refusal(content(entity)[:-40])


def test_a_quote_that_is_never_closed(refusal, content):
    text = content("impact_factors")
    assert "quoted cell" in refusal(text[: text.index(b'"-1,25') + 4])


def test_a_renamed_column_with_the_closest_name(refusal, content):
    message = refusal(content("impact_factors").replace(b"manufacturing_POCP", b"manufacturing_PCOP"))
    assert "unknown column 'manufacturing_PCOP'" in message
    assert "manufacturing_POCP" in message


def test_a_column_that_is_there_twice(refusal, content):
    assert "'GWP' twice" in refusal(content("transport_factors").replace(b",GWPb,", b",GWP,"))


def test_a_table_of_another_source(refusal):
    assert "none of the three files" in refusal(b"card,component_name\nx,y\n")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[{", "not readable JSON"),
        ("[]", "no cards"),
        ('{"name": "x"}', "no cards"),
        ("[1]", "no card"),
        ('[{"name": "x"}]', "no key 'totalWeight'"),
        ('[{"name": "x", "name": "y"}]', "twice"),
    ],
)
def test_json_that_is_no_list_of_cards(refusal, text, what):
    assert what in refusal(text.encode())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b'"videoRamDies":4', b'"videoRamDice":4', "unknown key 'videoRamDice'; no key 'videoRamDies'"),
        (b'"videoRamDies":4', b'"videoRamDies":[4]', "'videoRamDies' is no text and no number"),
        (b'"videoRamDies":4', b'"videoRamDies":true', "'videoRamDies' is no text and no number"),
    ],
)
def test_a_card_with_other_keys(refusal, content, old, new, what):
    message = refusal(content("cards").replace(old, new))
    assert what in message
    assert "object 1" in message


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=120), start=st.sampled_from([b"", b"[", b"{", b"graphics_card,", b"transport_mode,"]))
def test_noise_is_refused_and_never_crashes(parsed, noise, start):
    with pytest.raises(ParseError):
        parsed(start + noise)
