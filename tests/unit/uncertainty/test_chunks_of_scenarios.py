"""The simulation in chunks takes each scenario once, and leaves nothing behind in the session."""

import duckdb
import jinja2
import pytest

from cradle.paths import PROJECT_ROOT

MACROS = PROJECT_ROOT / "macros" / "uncertainty" / "chunks_of_scenarios.sql"


def macros(draws):
    """The macros as dbt has them on DuckDB."""

    class Adapter:
        def dispatch(self, name):
            return lambda *given: getattr(template.module, f"duckdb__{name}")(*given)

    given = {"var": {"monte_carlo_draws": draws}.get, "return": str, "adapter": Adapter(), "this": "simulated"}
    template = jinja2.Environment().from_string(MACROS.read_text(encoding="utf-8"), globals=given)
    return template.module


@pytest.mark.parametrize("draws", [2, 1000, 1001, 3000, 10_000])
def test_chunks_together_are_all_scenarios_once(draws):
    found = macros(draws)
    statement = f"select scenario_id from scenarios where {found.in_simulated_chunk('scenario_id')}"
    with duckdb.connect() as con:
        con.execute("create table scenarios as select 's' || range as scenario_id from range(200)")
        con.execute(found.begin_chunks() or "select 1")
        con.execute(f"create table simulated as {statement}")
        first = con.execute("select count(*) from simulated").fetchone()[0]
        con.execute(found.remaining_chunks(statement) or "select 1")
        every = con.execute("select scenario_id from scenarios order by all").fetchall()
        assert con.execute("select scenario_id from simulated order by all").fetchall() == every
        assert con.execute(f"select count(*) from ({statement})").fetchone() == (200,)
    assert (first == 200) == (draws <= 1000)
    assert first < 400 / (-(-draws // 1000))


def test_the_usual_number_of_draws_needs_no_hook():
    assert macros(1000).begin_chunks() == macros(1000).remaining_chunks("select 1") == ""
