"""Each of the three files is known by its keys and read cell by cell; anything else is refused."""

import pytest

from cradle.errors import ParseError
from ingest.ecologits.parse import parse


def test_electricity_mixes(parsed):
    (frame,) = parsed("electricity_mixes").values()
    assert frame["place_code"].to_list() == ["AAA", "BBB", "WOR"]
    assert frame["adpe"].to_list() == ["5.0e-08", "2.75e-08", "2.75e-08"]
    assert frame["wue"].to_list() == ["3.25", "5", "5"]
    world = "electricity-mix-adpe-world;electricity-mix-pe-world;electricity-mix-wue-world"
    assert frame["warnings"].to_list() == [None, world, None]
    assert frame["row_number"].to_list() == [1, 2, 3]


def test_models_and_aliases(parsed):
    found = parsed("models")
    assert list(found) == ["models", "aliases"]
    ends = [f"parameters_{which}_{end}" for which in ("total", "active") for end in ("min", "max")]
    assert found["models"].select(ends).rows() == [
        ("32.30", "32.30", None, None),
        ("7", "12.5", None, None),
        ("218", "218", "10", "20"),
    ]
    assert found["models"]["sources"].to_list()[:2] == ["https://example.org/a;b https://example.org/c", None]
    assert found["models"].select("tps", "ttft").rows() == [(None, "0.32"), ("51.5", "0.3"), (None, None)]
    assert found["aliases"].drop("row_number").rows() == [("alias", "maker", "model-a-latest", "model-a")]


def test_hardware_and_providers(parsed):
    found = parsed("video_models")
    assert found["hardware"].drop("row_number").rows() == [
        (
            *("eight_cards", "8", "4000.25", "4500.5", "5000.75"),
            *("4200", "0.35", "52000", "190", "0.00725", "2600"),
        )
    ]
    assert found["providers"].drop("row_number").rows() == [
        ("maker", "AAA", "1.20", "1.20", "0.5", "0.5"),
        ("other", "BBB", "1.09", "1.14", "0.13", "0.999"),
    ]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("electricity_mixes", lambda file: file.update(more=[]), "none of the files"),
        ("electricity_mixes", lambda file: file.clear(), "none of the files"),
        ("electricity_mixes", lambda file: file.update(electricity_mixes=[]), "empty"),
        ("electricity_mixes", lambda file: file.update(electricity_mixes={}), "empty|keys"),
        ("electricity_mixes", lambda file: file.update(electricity_mixes=3), "a list"),
        ("electricity_mixes", lambda file: file["electricity_mixes"][0].pop("pe"), "missing: 'pe'"),
        ("electricity_mixes", lambda file: file["electricity_mixes"][1].update(odp=0), "unknown: 'odp'"),
        ("electricity_mixes", lambda file: file["electricity_mixes"][1].update(gwp=[1]), "entry 2, gwp"),
        ("electricity_mixes", lambda file: file["electricity_mixes"][1].update(warnings="all"), "a list"),
        ("models", lambda file: file["models"][0]["architecture"].update(parameters={"min": 1}), "missing: 'max'"),
        ("models", lambda file: file["models"][2]["architecture"]["parameters"].pop("total"), "missing: 'total'"),
        ("models", lambda file: file["models"][2].update(architecture="dense"), "an object"),
        ("models", lambda file: file.update(aliases=[]), "empty"),
        ("video_models", lambda file: file["hardware_configurations"]["eight_cards"].pop("server_power"), "missing"),
        ("video_models", lambda file: file["hardware_configurations"].update(x=None), "an object"),
        ("video_models", lambda file: file.pop("models"), "none of the files"),
    ],
)
def test_another_form_is_refused(parsed, name, change, said):
    with pytest.raises(ParseError, match=said) as error:
        parsed(name, change)
    assert all(getattr(error.value, part) for part in ("what", "where", "expected", "got", "todo"))


def test_a_truncated_file_is_refused(tmp_path):
    file = tmp_path / "electricity_mixes.json"
    file.write_text('{"electricity_mixes": [{"name": "FRA", "ad', encoding="utf-8")
    with pytest.raises(ParseError, match="truncated"):
        parse(file)
