"""The rules of data quality as they fall on what is shipped, asked of the warehouse built from the bundle."""

import duckdb
import pytest


@pytest.fixture
def ask(built_warehouse):
    with duckdb.connect(str(built_warehouse), read_only=True) as con:
        yield lambda query: con.execute(query).fetchall()


@pytest.mark.parametrize("kind", ["factors", "parameters"])
def test_nothing_that_is_shipped_falls_to_a_catch_all(ask, kind):
    assert not ask(
        f"select distinct source_id, quality_rule_id from intermediate.int_quality__rate_{kind}"
        " where quality_rule_id like 'any!_%' escape '!' order by all"
    )


def test_no_definition_declares_a_range(ask):
    """The seed would call exact what a source gives a range for; the model takes the source's side."""
    assert not ask(
        "select distinct r.parameter_name from intermediate.int_quality__rate_parameters r"
        " inner join intermediate.int_parameters__inherit i using (scenario_id, parameter_name)"
        " inner join seeds.parameter_quality q using (quality_rule_id)"
        " where i.is_ranged and q.treatment = 'definition' order by all"
    )


def test_the_shares_of_each_indicator_add_up_to_the_whole(ask):
    apart = ask(
        "select count(*), max(abs(share - 1)) from (select sum(value_share) as share from marts.data_quality"
        " group by scenario_id, impact_category, electricity_view, input_kind, quality_indicator)"
    )[0]
    assert apart[0] > 1000 and apart[1] < 1e-12


def test_the_mean_score_of_a_total_is_that_of_its_results(ask):
    """Added up apart from the marts' macro, over all totals."""
    apart = ask(
        "select count(*), max(abs(t.time_score_mean - r.mean)) from marts.impact_totals t inner join ("
        "  select scenario_id, impact_category, v.electricity_view,"
        "    sum(time_score * abs(value)) / sum(abs(value)) as mean"
        "  from marts.impacts i inner join (values ('location'), ('market')) v(electricity_view)"
        "    on i.electricity_basis in (v.electricity_view, 'not_applicable')"
        "  where state = 'modelled' group by all having sum(abs(value)) > 0"
        ") r using (scenario_id, impact_category, electricity_view)"
    )[0]
    assert apart[0] > 100 and apart[1] < 1e-9
