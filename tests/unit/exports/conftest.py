from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cradle.dictionary import Field

ENERGY = Field(
    name="energy_kwh",
    description="Energy drawn by the run.",
    unit="kWh",
    null_meaning="the meter was off",
)

TABLES = f"""
create schema marts;
create table marts.sources (
    source_id varchar primary key, title varchar, version varchar, landing_page varchar, licence_id varchar,
    licence_name varchar, licence_url varchar, citation varchar, bytes bigint
);
insert into marts.sources values
    ('base', 'Base Carbone', '23', 'https://example.org/base', 'etalab-2.0', 'Licence Ouverte 2.0',
        'https://example.org/lo', 'Producer (2024). Base.', 5),
    ('paper', 'A paper', null, null, 'CC-BY-4.0', 'CC BY 4.0', 'https://example.org/by', 'Author (2023).', null);
create table marts.runs (
    run_id varchar, part integer, energy_kwh double not null, source_id varchar, file_sha256 varchar,
    terms struct(name varchar, "value" double)[], tags map(varchar, integer), licence_set varchar,
    primary key (run_id, part)
);
insert into marts.runs values
    ('a', 1, 1.5, 'base', 'f00', [{{'name': 'pue', 'value': 1.2}}], map {{'x': 1}}, 'etalab-2.0'),
    ('a', 2, 2.5, 'base', 'f00', [], map {{}}, 'etalab-2.0'),
    ('b', 1, 0.25, 'base', 'f00', null, null, null);
comment on table marts.runs is 'Measured runs, one row a run and part.';
comment on column marts.runs.energy_kwh is '{ENERGY.doc()}';
create table marts.results (part integer, source_id varchar, licence_set varchar);
insert into marts.results values (1, 'base', 'CC-BY-4.0'), (2, 'base', 'CC-BY-4.0; etalab-2.0'), (3, null, null);
create table marts.empty_one (code varchar);
create schema staging;
create table staging.not_exported (x integer);
"""


@pytest.fixture
def make_warehouse(tmp_path: Path) -> Callable[[str], Path]:
    """A DuckDB file from SQL; a second call goes on with the same file."""

    def make(sql: str = TABLES) -> Path:
        db = tmp_path / "warehouse" / "cradle.duckdb"
        db.parent.mkdir(exist_ok=True)
        with duckdb.connect(str(db)) as con:
            con.execute(sql)
        return db

    return make
