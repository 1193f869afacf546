"""Long tables: what the mapping says of the rows, and what the contract finds."""

import pytest

from cradle.errors import ParseError
from ingest.reference_tables.parse import parse
from tests.unit.reference_tables.conftest import FIXTURES, HEADER, findings

LONG = FIXTURES / "invented_long.csv"


def test_cells_stay_the_text_of_the_file_and_null_is_a_word_for_empty(numecoeval):
    cells = parse(LONG, numecoeval)["cells"]
    assert cells.height == 13 and cells["row_number"].to_list() == list(range(1, 14))
    row = cells.row(5, named=True)
    assert (row["item"], row["value"], row["yearly_electricity_as_stated"]) == ("rack-1", "2.50", None)
    assert cells["item"][0] == "Rack, for 42 units"


def test_both_generations_say_the_same(numecoeval, tmp_path):
    french = LONG.read_text(encoding="utf-8")
    words = {
        "nom;etapeacv;critere": "name;lifecycle_step;criterion",
        "niveau;tiers;categorie;consoElecMoyenne;localisation;valeur;unite": (
            "level;tier;category;avg_electricity_consumption;location;value;unit"
        ),
        "FABRICATION": "MANUFACTURING",
        "DISTRIBUTION": "TRANSPORTATION",
        "UTILISATION": "USING",
        "FIN_DE_VIE": "END_OF_LIFE",
        "Climate change": "CLIMATE_CHANGE",
        "Land use": "LAND_USE",
    }
    english = french
    for word, other in words.items():
        english = english.replace(word, other)
    with_bom = tmp_path / "english.csv"
    with_bom.write_bytes(b"\xef\xbb\xbf" + english.replace("Rack, for 42 units", '"Rack, for 42 units"').encode())
    one, other = (parse(file, numecoeval)["cells"].drop("stage", "criterion") for file in (LONG, with_bom))
    assert one.equals(other)


def test_a_comma_between_the_cells_is_found_from_the_header(numecoeval, tmp_path):
    file = tmp_path / "commas.csv"
    lines = [
        "name,lifecycle_step,criterion,value,unit,location,source,description,category,level,tier,avg_electricity_consumption",
        '"Rack, for 42 units",MANUFACTURING,CLIMATE_CHANGE,1.5,m²,France,Invented,"","","","",""',
    ]
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    (row,) = parse(file, numecoeval)["cells"].to_dicts()
    assert (row["item"], row["reference_unit"], row["item_description"]) == ("Rack, for 42 units", "m**2", None)


def test_electricity_under_manufacturing_with_a_blank_unit_is_per_kwh_of_the_use_stage(checked):
    row = checked(LONG).row(8, named=True)
    assert (row["stage"], row["life_cycle_stage"], row["stages_covered"]) == ("FABRICATION", "use", "use")
    assert (row["reference_unit"], row["object_id"], row["value"]) == ("kWh", "electricity", 0.5)
    assert row["licence_id"] == "LicenseRef-ademe-base-impacts" and row["reference_year"] == 2011
    assert "electricity_per_kwh: " in row["rules_applied"] and not row["includes_use_electricity"]


def test_a_proxy_told_in_the_source_text_is_marked_and_its_place_stays_as_stated(checked):
    row = checked(LONG).row(10, named=True)
    assert row["is_proxy"] and row["geography_as_stated"] == "Sweden"
    assert "another place stands in" in row["rule_reason"] and row["licence_id"] is None


def test_use_of_equipment_is_by_year_and_never_added_to_a_modelled_use_stage(checked):
    row = checked(LONG).row(3, named=True)
    assert (row["life_cycle_stage"], row["reference_unit"]) == ("use", "item*year")
    assert row["includes_use_electricity"] and "never added" in row["rule_reason"]


def test_findings_are_the_fake_row_and_the_zero_that_nobody_modelled(checked):
    refused = "the table itself calls the row fake or test data: Fake data for tests"
    assert findings(checked(LONG)) == {
        (10, "value", "zero_is_not_modelled", "0", "void_cell"),
        (13, "refused_by_rule", "is_no_fake_data", refused, "reject_row"),
    }


def test_a_table_that_is_all_fake_is_refused(numecoeval, long_file):
    file = long_file("a;USING;CLIMATE_CHANGE;1;Item;France;Fake data for tests")
    with pytest.raises(ParseError, match="whole table is fake"):
        parse(file, numecoeval)


RACK = "a;MANUFACTURING;CLIMATE_CHANGE"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [f"{RACK};1;Item;France;s", f"{RACK};2;Item;France;s", f"{RACK};3;Item;Spain;s"],
            {(n, "value", "cell_has_one_value", str(n), "reject_row") for n in (1, 2)},
        ),
        (
            [f"{RACK};1;Item;France;s", f"{RACK};1.0;Item;France;s", f"{RACK};1;Item;;s", f"{RACK};1;Item;;s"],
            {
                (2, "value", "cell_is_not_repeated", "1.0", "reject_row"),
                (4, "value", "cell_is_not_repeated", "1", "reject_row"),
            },
        ),
        # a pair told twice and contradicted a third time: none of the three is known to be right
        (
            [f"{RACK};1;Item;;s", f"{RACK};1;Item;;s", f"{RACK};4;Item;;s"],
            {(n, "value", "cell_has_one_value", text, "reject_row") for n, text in ((1, "1"), (2, "1"), (3, "4"))},
        ),
        ([f"{RACK};1;furlong;;s"], {(1, "reference_unit_as_stated", "is_in_the_mapping", "furlong", "reject_row")}),
        (["a;COOKING;CLIMATE_CHANGE;1;Item;;s"], {(1, "stage", "is_in_the_mapping", "COOKING", "reject_row")}),
        (
            ["a;MANUFACTURING;CLIMATE_CHNGE;1;Item;;s"],
            {(1, "criterion", "is_in_the_mapping", "CLIMATE_CHNGE", "reject_row")},
        ),
        (["a;MANUFACTURING;C1;1;Item;;s"], {(1, "criterion", "is_in_the_mapping", "C1", "reject_row")}),
        ([f"{RACK};1,5;Item;;s"], {(1, "value", "parses_as(Float64)", "1,5", "reject_row")}),
        ([f"{RACK};1.234,5;Item;;s"], {(1, "value", "parses_as(Float64)", "1.234,5", "reject_row")}),
        ([f"{RACK};01/05/2026;Item;;s"], {(1, "value", "parses_as(Float64)", "01/05/2026", "reject_row")}),
        ([f"{RACK};mai-26;Item;;s"], {(1, "value", "parses_as(Float64)", "mai-26", "reject_row")}),
        ([f"{RACK};=A1*2;Item;;s"], {(1, "value", "parses_as(Float64)", "=A1*2", "reject_row")}),
        ([f"{RACK};nan;Item;;s"], {(1, "value", "parses_as(Float64)", "nan", "reject_row")}),
        ([f"{RACK};1e999;Item;;s"], {(1, "value", "parses_as(Float64)", "1e999", "reject_row")}),
        ([f"{RACK};NULL;Item;;s"], {(1, "value", "is_stated", None, "reject_row")}),
        # equipment without a unit is per nothing that is known
        ([f"{RACK};1;;;s"], {(1, "item", "has_a_reference_unit", "a", "reject_row")}),
        ([";MANUFACTURING;CLIMATE_CHANGE;1;Item;;s"], {(1, "item", "not_nullable", None, "reject_row")}),
    ],
)
def test_a_bad_cell_is_one_exact_finding(checked, long_file, rows, expected):
    assert findings(checked(long_file(*rows, "good;MANUFACTURING;CLIMATE_CHANGE;1;Item;;s"))) == expected


def test_a_row_of_another_length_is_rejected_and_the_others_stay(checked, tmp_path):
    file = tmp_path / "ragged.csv"
    good = "a;MANUFACTURING;CLIMATE_CHANGE;1;Item;France;s;;;;;"
    file.write_text("\n".join([HEADER, good, "b;MANUFACTURING;CLIMATE_CHANGE", good.replace("a", "c", 1) + ";x"]))
    found = {finding for finding in findings(checked(file)) if finding[1] == "row_fault"}
    assert found == {
        (2, "row_fault", "has_a_cell_for_each_column", "3 cells under a header of 12", "reject_row"),
        (3, "row_fault", "has_a_cell_for_each_column", "13 cells under a header of 12, 'x'", "reject_row"),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("<html><body>Sign in</body></html>", "web page"),
        (HEADER + "\n", "rows below"),
        (HEADER.replace("value", "valeurs") + "\na;b;c;d;e;f;g;h;i;j;k;l", "a column for value"),
        (HEADER + ";mystery\n" + "a;" * 12 + "b", "'mystery'"),
        (HEADER + ";valeur\n" + "a;" * 12 + "b", "one column for value"),
        (HEADER + ";name\n" + "a;" * 12 + "b", "'name' twice"),
        (HEADER + '\n"a;b;c', "each quote closed"),
    ],
)
def test_a_file_of_another_form_is_refused_with_one_message(numecoeval, tmp_path, text, message):
    file = tmp_path / "t.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ParseError, match=message):
        parse(file, numecoeval)


def test_a_file_in_another_encoding_is_refused(numecoeval, long_file):
    file = long_file("déchet;MANUFACTURING;CLIMATE_CHANGE;1;Item;;s", encoding="cp1252")
    with pytest.raises(ParseError, match="not UTF-8"):
        parse(file, numecoeval)
