import pytest
from hypothesis import given
from hypothesis import strategies as st

from cradle.dictionary import DictionaryError, Field, load, page

RECORD = "- name: {name}\n  description: {description}\n  unit: {unit}\n  null_meaning: {null}\n"


@pytest.fixture
def folder(tmp_path):
    def write(**files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def record(name="energy_kwh", description="Energy.", unit="kWh", null="null") -> str:
    return RECORD.format(name=name, description=description, unit=unit, null=null)


def test_records_of_all_files_come_sorted(folder):
    fields = load(folder(b=record("alpha"), a=record("beta", unit="null", null="not said")))
    assert list(fields) == ["alpha", "beta"]
    assert fields["beta"] == Field(name="beta", description="Energy.", unit=None, null_meaning="not said")


def test_an_empty_file_has_no_records(folder):
    assert load(folder(a="# nothing yet\n")) == {}


def test_a_name_in_two_files_is_refused_with_both(folder):
    with pytest.raises(DictionaryError, match=r"`energy_kwh` is recorded twice[\s\S]*grid\.yml and power\.yml"):
        load(folder(power=record(), grid=record(description="Other.")))


def test_a_name_twice_in_a_file_is_refused(folder):
    with pytest.raises(DictionaryError, match=r"twice[\s\S]*grid\.yml and grid\.yml"):
        load(folder(grid=record() + record()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (record(unit="flops / kWh"), r"unit of `energy_kwh`[\s\S]*grid\.yml[\s\S]*flops"),
        (record(unit="'kg CO2e / ('"), r"unit of `energy_kwh`"),
        (record() + "  colour: red\n", r"grid\.yml, record energy_kwh, colour"),
        ("- name: x\n  description: X.\n  unit: null\n", r"record x, null_meaning[\s\S]*Field required"),
        (record(description="''"), r"record energy_kwh, description"),
        (record(name="EnergyKWh"), r"record EnergyKWh, name"),
        (record(null='"two\\nlines"'), r"record energy_kwh, null_meaning"),
        ("name: x\n", r"grid\.yml[\s\S]*list"),
        ("- just a word\n", r"record just a word"),
        ("- [", r"not YAML"),
    ],
)
def test_a_bad_record_is_refused_with_its_place(folder, text, message):
    with pytest.raises(DictionaryError, match=message):
        load(folder(grid=text))


def test_the_page_has_a_block_a_field():
    text = page({"x": Field(name="x", description="An x.", unit="kWh", null_meaning="unknown")})
    assert "{% docs x %}\nAn x.\n\n- Unit: kWh\n- Null: unknown\n{% enddocs %}\n" in text


SAID = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1).filter(
    lambda text: text == text.strip() and text not in ("none", "never")
)


@given(st.lists(SAID, min_size=1).map("\n\n".join), st.none() | SAID, st.none() | SAID)
def test_a_comment_gives_back_the_record(description, unit, null_meaning):
    field = Field(name="x", description=description, unit=unit, null_meaning=null_meaning)
    assert Field.from_doc("x", field.doc()) == field


def test_a_comment_of_another_form_is_the_description():
    field = Field.from_doc("Odd Name", "Written by hand.")
    assert (field.description, field.unit, field.null_meaning) == ("Written by hand.", None, None)
