"""The published form is read cell by cell; what is not in it is refused with a message that says how to go on."""

import json

import pytest

from cradle.errors import ParseError


@pytest.fixture
def refusal(parsed):
    def message(content: bytes) -> str:
        with pytest.raises(ParseError) as error:
            parsed(content)
        for part in ("what", "where", "expected", "got", "todo"):
            assert getattr(error.value, part), f"the message does not say {part}"
        return str(error.value)

    return message


def test_cells_keep_the_text_of_the_file(parsed, mixes_text):
    frame = parsed(mixes_text.encode())
    assert frame["row_number"].to_list() == [1, 2, 3]
    assert frame["country_key"].to_list() == frame["iso_code"].to_list() == ["AAA", "BBB", "CCC"]
    assert frame["total_twh"].to_list() == ["10.0", "0.30000000000000004", "0.01"]
    assert frame["coal_twh"].to_list() == ["2.0", "0", "0.01"]
    assert frame["carbon_intensity"].to_list() == ["250.5", "0.0", "9.9e2"]
    assert frame["per_capita_kwh"][0] == "4321.125"
    assert frame["country_name"][1] == "Île d'essai"


def test_a_byte_order_mark_changes_nothing(parsed, mixes_text):
    assert parsed(b"\xef\xbb\xbf" + mixes_text.encode()).equals(parsed(mixes_text.encode()))


def test_null_is_no_value(parsed, changed):
    frame = parsed(changed(lambda mixes: mixes["BBB"].update(coal_TWh=None)))
    assert frame["coal_twh"].to_list() == ["2.0", None, "0.01"]


def test_a_country_that_is_there_twice_is_landed_twice(parsed, mixes_text):
    frame = parsed(mixes_text.replace('"CCC": {', '"AAA": {').encode())
    assert frame["country_key"].to_list() == ["AAA", "BBB", "AAA"]
    assert frame["iso_code"].to_list() == ["AAA", "BBB", "CCC"]


def test_a_key_that_is_there_twice_in_a_country(refusal, mixes_text):
    message = refusal(mixes_text.replace('"biofuel_TWh": 1.0', '"coal_TWh": 7, "biofuel_TWh": 1.0').encode())
    assert "twice: 'coal_TWh'" in message
    assert "country 'AAA'" in message


def test_a_missing_and_an_unknown_key(refusal, changed):
    def rename(mixes):
        mixes["BBB"]["peat_TWh"] = mixes["BBB"].pop("coal_TWh")

    message = refusal(changed(rename))
    assert "missing: 'coal_TWh'; unknown: 'peat_TWh'" in message


@pytest.mark.parametrize("value", [[1, 2], {"min": 1, "max": 2}])
def test_a_value_that_is_no_cell(refusal, changed, value):
    assert "country 'AAA', coal_TWh" in refusal(changed(lambda mixes: mixes["AAA"].update(coal_TWh=value)))


def test_a_country_that_is_no_object(refusal, changed):
    assert "an object" in refusal(changed(lambda mixes: mixes.update(AAA=3)))


def test_an_empty_object(refusal):
    assert "no country" in refusal(b"{}")


def test_a_list_of_countries(refusal, mixes_text):
    assert "an object" in refusal(json.dumps(list(json.loads(mixes_text).values())).encode())
