"""All rows in, all rows out, each with its violations: a bad value is really found, and nothing else is touched."""

import duckdb
import pandera.polars as pa
import polars as pl
import pytest

from cradle.errors import ContractError
from ingest.contract import check, reject_row, violations_type, void_cell


class Things(pa.DataFrameModel):
    """A small contract with each kind of rule."""

    thing_id: str = reject_row(unique=True)
    kind: str = reject_row(vocabulary="kind", nullable=True)
    mass: float = reject_row(gt=0, lt=1000, voids=["less_than(1000)"])
    share: float = void_cell(nullable=True, ge=0, rejects=["share_needs_kind"])
    row_number: int = reject_row()

    class Config:
        strict = True
        metadata = {"decimal_mark": ","}  # noqa: RUF012

    @pa.check("share", name="share_needs_kind")
    def _share_needs_kind(self, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("kind").is_not_null())


KINDS = {"kind": ["cable", "card"]}


def things(**columns: list) -> pl.DataFrame:
    rows = len(next(iter(columns.values())))
    sound = {
        "thing_id": [f"t{n}" for n in range(rows)],
        "kind": ["card"] * rows,
        "mass": ["1,5"] * rows,
        "share": ["0"] * rows,
    }
    return pl.DataFrame({**sound, **columns, "row_number": range(1, rows + 1)}, schema_overrides={"kind": pl.String})


def test_a_bad_value_is_really_found():
    frame = check(things(mass=["1,5", "-2", "3"]), Things, KINDS)
    assert frame["violations"].list.len().to_list() == [0, 1, 0]
    assert frame["violations"][1][0] == {
        "column_name": "mass", "check_name": "greater_than(0)", "value": "-2", "severity": "reject_row",
    }  # fmt: skip


def test_pandera_lets_the_same_value_pass_in_a_lazy_frame():
    lazy = pl.LazyFrame({"thing_id": ["t"], "kind": ["card"], "mass": [-2.0], "share": [0.0], "row_number": [1]})
    Things.to_schema().validate(lazy, lazy=True)  # the trap: the schema alone is looked at
    with pytest.raises(pa.errors.SchemaErrors):
        Things.to_schema().validate(lazy.collect(), lazy=True)


def test_no_row_is_lost_and_their_order_is_kept():
    frame = check(things(mass=["x", "-1", None, "1"], thing_id=["a", "a", "b", "c"]), Things, KINDS)
    assert frame["row_number"].to_list() == [1, 2, 3, 4]
    assert frame["mass"].to_list() == [None, -1.0, None, 1.0]
    assert frame.schema["violations"] == violations_type()


def test_sound_rows_have_an_empty_list_not_null():
    assert check(things(mass=["1"]), Things, KINDS)["violations"].to_list() == [[]]


def test_a_void_cell_is_emptied_and_the_row_stands():
    frame = check(things(share=["0,5", "-1", "viel"]), Things, KINDS)
    assert frame["share"].to_list() == [0.5, None, None]
    assert [v[0]["severity"] for v in frame["violations"].to_list() if v] == ["void_cell", "void_cell"]


def test_a_rejected_cell_keeps_its_value():
    assert check(things(mass=["-1"]), Things, KINDS)["mass"].to_list() == [-1.0]


def test_a_check_may_be_milder_than_its_field():
    frame = check(things(mass=["2000"]), Things, KINDS)
    assert frame["violations"][0][0]["severity"] == "void_cell"
    assert frame["mass"].to_list() == [None]


def test_a_check_may_be_harder_than_its_field():
    frame = check(things(kind=[None], share=["0,5"]), Things, KINDS)
    assert [(v["check_name"], v["severity"]) for v in frame["violations"][0]] == [("share_needs_kind", "reject_row")]


def test_a_cell_that_is_no_number_is_reported_once():
    violations = check(things(mass=["viel"]), Things, KINDS)["violations"][0].to_list()
    assert [v["check_name"] for v in violations] == ["parses_as(Float64)"]
    assert violations[0]["value"] == "viel"


def test_all_violations_of_a_row_are_listed():
    violations = check(things(mass=["-1"], kind=["table"], share=["-1"]), Things, KINDS)["violations"][0].to_list()
    assert [v["column_name"] for v in violations] == ["kind", "mass", "share"]


def test_every_copy_is_reported():
    frame = check(things(thing_id=["a", "b", "a"]), Things, KINDS)
    assert frame["violations"].list.len().to_list() == [1, 0, 1]


def test_a_duckdb_relation_is_checked_as_well():
    con = duckdb.connect()
    relation = con.sql("select 't' as thing_id, 'card' as kind, '-1' as mass, null::varchar as share, 1 as row_number")
    assert check(relation, Things, KINDS)["violations"].list.len().to_list() == [1]


def test_an_empty_table_stays_empty():
    assert check(things(mass=["1"]).clear(), Things, KINDS).height == 0


@pytest.mark.parametrize("frame", [things(mass=["1"]).drop("share"), things(mass=["1"]).with_columns(more=pl.lit("x"))])
def test_other_columns_are_refused(frame):
    with pytest.raises(ContractError, match="columns of its contract"):
        check(frame, Things, KINDS)


def test_a_lacking_vocabulary_is_refused():
    with pytest.raises(ContractError, match="needs the vocabulary 'kind'"):
        check(things(mass=["1"]), Things)


def test_a_check_that_crashes_is_no_pass():
    class Broken(pa.DataFrameModel):
        mass: float = reject_row()

        @pa.check("mass", name="crashes")
        def _crashes(self, data: pa.PolarsData) -> pl.LazyFrame:
            return data.lazyframe.select(pl.col("no_such_column") > 0)

    with pytest.raises(ContractError, match="could not run"):
        check(pl.DataFrame({"mass": ["1"]}), Broken)
