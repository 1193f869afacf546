"""Small warehouses made in SQL: what is given, and the marts that follow from it by the rules of the real ones."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cradle.diff.comparing import Comparison, compare
from cradle.diff.wanted import Wanted
from exports.kept import keep_export

# A service on 100 kWh at a PUE of 1.2, and 4 cards for 5 years of which nine tenths are its own.
GIVEN = """
create schema given;
create table given.licences (licence_id varchar, pack varchar, redistributable varchar);
insert into given.licences values ('open', 'open', 'yes'), ('closed', null, 'no');
create table given.sources (source_id varchar, licence_id varchar, redistributable varchar, release_id varchar);
insert into given.sources values
    ('grid', 'open', 'yes', '1'), ('makers', 'open', 'yes', '7'), ('study', 'open', 'yes', 'x');
create table given.scenarios (scenario_id varchar, place varchar, year integer);
insert into given.scenarios values ('service', 'FRA', 2022), ('still', 'FRA', 2022);
create table given.parameters (scenario_id varchar, parameter_name varchar, value double, unit varchar);
insert into given.parameters
select scenario_id, p.* from given.scenarios, (values
    ('it_energy', 100, 'kWh'), ('pue', 1.2, '1'), ('cards', 4, 'item'), ('lifetime', 5, 'yr'), ('lost', 0.1, '1')
) as p (parameter_name, value, unit);
create table given.inputs (
    parameter_name varchar, input_name varchar, method varchar, constant double, weight double, unit varchar
);
insert into given.inputs values
    ('facility_energy', 'it_energy', 'product', 1, 1, 'kWh'), ('facility_energy', 'pue', 'product', 1, 1, 'kWh'),
    ('own_share', 'lost', 'sum', 1, -1, '1');
create table given.terms (flow_id varchar, parameter_name varchar, exponent integer);
insert into given.terms values
    ('power', 'facility_energy', 1), ('cards', 'cards', 1), ('cards', 'lifetime', -1), ('cards', 'own_share', 1);
create table given.factors (
    factor_id varchar, source_id varchar, flow_id varchar, impact_category varchar, place varchar, year integer,
    value double, ineligible_reason varchar
);
insert into given.factors values
    ('grid:fra:2019', 'grid', 'power', 'GWP', 'FRA', 2019, 0.06, null),
    ('grid:fra:2022', 'grid', 'power', 'GWP', 'FRA', 2022, 0.05, null),
    ('grid:pol:2022', 'grid', 'power', 'GWP', 'POL', 2022, 0.8, null),
    ('makers:card:gwp', 'makers', 'cards', 'GWP', null, null, 150, null),
    ('makers:card:adpe', 'makers', 'cards', 'ADPe', null, null, 0.02, null);
create table given.corrections (
    correction_id varchar, source_id varchar, record_key varchar, field varchar, action varchar, corrected_as varchar,
    status varchar, is_guard_met boolean
);
insert into given.corrections values ('of_a_screen', 'makers', 'screen', 'gwp', 'set_value', '9', 'active', true);
"""

FOLLOWS = """
create schema seeds;
create table seeds.licences as from given.licences;
create schema marts;
create table marts.sources as
select source_id, source_id as title, licence_id, redistributable, release_id as version, release_id, release_id as
    file_sha256
from given.sources;
create table marts.parameter_inputs as
select 'm' as model_id, i.*, 'study' as source_id, 'open' as licence_set from given.inputs as i;
create table marts.parameter_values as
with derived as (
    select
        p.scenario_id,
        i.parameter_name,
        case
            when any_value(i.method) = 'product'
                then any_value(i.constant) * product(pow(p.value, i.weight) order by i.input_name)
            when any_value(i.method) = 'minimum' then any_value(i.constant) + min(p.value * i.weight)
            else any_value(i.constant) + sum(p.value * i.weight order by i.input_name)
        end as value,
        any_value(i.unit) as unit,
        any_value(i.method) as method
    from given.inputs as i
    inner join given.parameters as p on i.input_name = p.parameter_name
    group by all
)
select scenario_id, parameter_name, scenario_id || '.' || parameter_name as parameter_id, value, unit,
    'stated' as method, 'study' as source_id, 'open' as licence_set
from given.parameters
union all
select scenario_id, parameter_name, null, value, unit, method, 'study', 'open' from derived;
create table marts.flow_amounts as
select distinct s.scenario_id, 'm' as model_id, t.flow_id, 'open' as licence_set
from given.scenarios as s, given.terms as t;
create table marts.flow_amount_terms as
select s.scenario_id, t.flow_id, t.parameter_name, t.exponent, v.value, 'open' as licence_set
from given.scenarios as s
cross join given.terms as t
left join marts.parameter_values as v on s.scenario_id = v.scenario_id and t.parameter_name = v.parameter_name;
create table marts.factors as
select f.factor_id, f.source_id, f.value, f.ineligible_reason is null as is_eligible, f.ineligible_reason,
    f.factor_id as locator, s.licence_id, s.release_id, s.release_id as file_sha256
from given.factors as f
inner join given.sources as s on f.source_id = s.source_id;
create table marts.factor_selection as
with questions as (
    select distinct 'set' as factor_set_id, t.flow_id as object_id, 'total' as component, c.impact_category,
        b.electricity_basis, s.place as geography_id, s.year as reference_year
    from given.scenarios as s
    cross join given.terms as t
    cross join (values ('GWP'), ('ADPe')) as c (impact_category)
    inner join (values ('location'), ('market'), ('not_applicable')) as b (electricity_basis)
        on (t.flow_id = 'power') = (b.electricity_basis != 'not_applicable')
)
select
    concat_ws('|', object_id, q.impact_category, geography_id, electricity_basis, reference_year) as selection_id,
    q.factor_set_id, q.object_id, q.component, q.impact_category, q.electricity_basis, q.geography_id, q.reference_year,
    min_by(f.factor_id, (abs(coalesce(f.year, q.reference_year) - q.reference_year), f.factor_id)) as factor_id,
    min_by(f.source_id, (abs(coalesce(f.year, q.reference_year) - q.reference_year), f.factor_id)) as source_id,
    'the nearest year' as reason
from questions as q
left join given.factors as f
    on q.object_id = f.flow_id and q.impact_category = f.impact_category and q.electricity_basis != 'market'
    and coalesce(f.place, q.geography_id) = q.geography_id and f.ineligible_reason is null
group by all;
create table marts.impacts as
with amounts as (
    select scenario_id, flow_id, case when count(*) = count(value) then
        product(pow(value, exponent) order by parameter_name) end as amount
    from marts.flow_amount_terms
    group by all
),
multiplied as (
    select a.scenario_id, a.flow_id,
        case when a.flow_id = 'power' then 'use' else 'manufacturing' end as life_cycle_stage,
        q.impact_category, q.electricity_basis, a.amount, f.value as factor_value, a.amount * f.value as value,
        case q.impact_category when 'GWP' then 'kgCO2e' else 'kgSbe' end as unit, q.selection_id, f.factor_id,
        f.source_id as factor_source_id, concat_ws('; ', nullif(f.licence_id, 'open'), 'open') as licence_set
    from amounts as a
    inner join given.scenarios as s on a.scenario_id = s.scenario_id
    inner join marts.factor_selection as q
        on a.flow_id = q.object_id and s.place = q.geography_id and s.year = q.reference_year
    left join marts.factors as f on q.factor_id = f.factor_id
)
select *, case when value is null then 'not_modelled' else 'modelled' end as state,
    case when value is null then 'no factor' else 'rule 1' end as state_reason
from multiplied;
create table marts.impact_totals as
select scenario_id, impact_category, view as electricity_view,
    case count(value) when count(*) then 'complete' when 0 then 'none' else 'partial' end as completeness,
    case when count(value) = 0 then 'none' else 'modelled' end as state, cast(null as varchar) as state_reason,
    sum(value order by value) as value, unit, min(licence_set) as licence_set
from marts.impacts, (values ('location'), ('market')) as views (view)
where electricity_basis in (view, 'not_applicable')
group by all;
create table marts.correction_checks as select *, 'open' as licence_id from given.corrections;
create table marts.published_results as
select 'printed' as published_value_id, sum(value) as computed, 'open' as licence_set
from marts.impact_totals where electricity_view = 'location' and scenario_id = 'service' and impact_category = 'GWP';
"""

Keep = Callable[..., str]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def keep(tmp_path: Path, kept: Path) -> Keep:
    """`keep(name, changes)`: keep an export of the small warehouse with SQL changes; the name again."""

    def make(name: str, changes: str = "", *, publish: bool = False) -> str:
        keep_export(small(tmp_path / f"{name}.duckdb", changes), kept, name, publish=publish)
        return name

    return make


@pytest.fixture(scope="session")
def q2_and_q3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two kept exports: in q3 the service has a PUE of 1.5 and not 1.2. Copy it before you change it."""
    folder = tmp_path_factory.mktemp("q2_and_q3")
    hotter = "update given.parameters set value = 1.5 where parameter_name = 'pue' and scenario_id = 'service'"
    for name, changes in (("q2", ""), ("q3", hotter)):
        keep_export(small(folder / f"{name}.duckdb", changes), folder / "kept", name)
    return folder


def small(db: Path, changes: str = "") -> Path:
    """The file of a small warehouse with SQL changes to what is given."""
    with duckdb.connect(str(db)) as con:
        con.execute(f"{GIVEN}{changes};{FOLLOWS}")
    return db


@pytest.fixture
def compared() -> Callable[..., Comparison]:
    """`compared(changes)`: the comparison of the small warehouse before and after SQL changes to what is given.

    The schemas stand where the views of two exports would; `before` changes what both begin with, `after` the marts.
    """

    def make(changes: str, wanted: Wanted | None = None, before: str = "", after: str = "") -> Comparison:
        with duckdb.connect() as con:
            for side, script in (("a", f"{GIVEN}{before};{FOLLOWS}"), ("b", f"{GIVEN}{changes};{FOLLOWS}{after}")):
                renamed = re.sub(r"\b(given|seeds)\b", rf"\1_{side}", script)
                con.execute(re.sub(r"\bmarts\b", side, renamed))
            return compare(con, wanted or Wanted())

    return make
