"""Tables of the user's in a published export: what was declared for each decides."""

import duckdb
import pytest

from exports.licences import read_licences
from exports.parquet import publish_parquet

WAREHOUSE = """
create schema seeds;
create table seeds.licences (licence_id varchar, name varchar, pack varchar, redistributable varchar);
insert into seeds.licences values ('CC-BY-4.0', 'CC BY', 'open', 'yes'), ('LicenseRef-closed', 'C', null, 'no');
create schema marts;
create table marts.sources (
    source_id varchar primary key, kind varchar, title varchar, version varchar, landing_page varchar,
    licence_id varchar, licence_name varchar, licence_url varchar, redistributable varchar, licence_pack varchar,
    citation varchar
);
insert into marts.sources values
    ('paper', 'study', 'Paper', null, null, 'CC-BY-4.0', 'CC BY', null, 'yes', 'open', 'P.'),
    ('t:open', 'user_table', 'Open table', null, null, 'LicenseRef-user-o', 'O', null, 'yes', 'open', 'O.'),
    ('t:sa', 'user_table', 'Alike table', null, null, 'LicenseRef-user-s-share-alike', 'S', null,
        'share-alike', null, 'S.'),
    ('t:closed', 'user_table', 'Secret table', null, null, 'LicenseRef-user-c-not-passed-on', 'C', null,
        'no', null, 'C.'),
    ('x', 'dataset', 'X', null, null, 'LicenseRef-nobody-knows', 'X', null, 'yes', 'open', 'X.');
create table marts.factors (factor_id varchar primary key, source_id varchar, value double, licence_id varchar);
insert into marts.factors values
    ('paper:1', 'paper', 1, 'CC-BY-4.0'), ('t:open:1', 't:open', 2, 'LicenseRef-user-o'),
    ('t:open:2', 't:open', 3, 'LicenseRef-closed'), ('t:sa:1', 't:sa', 4, 'LicenseRef-user-s-share-alike'),
    ('t:closed:1', 't:closed', 5, 'LicenseRef-user-c-not-passed-on'), ('x:1', 'x', 6, 'LicenseRef-nobody-knows');
"""


@pytest.fixture
def db(make_warehouse):
    return make_warehouse(WAREHOUSE)


def test_only_what_the_user_said_may_be_passed_on_is(db):
    with duckdb.connect(str(db), read_only=True) as con:
        licences = read_licences(con)
    assert licences.reason("LicenseRef-user-o") is None
    for held in ("LicenseRef-user-s-share-alike", "LicenseRef-user-c-not-passed-on", "LicenseRef-nobody-knows"):
        assert licences.reason(held), held


def test_rows_and_names_of_private_tables_are_not_published(db, tmp_path):
    publish_parquet(db, tmp_path / "out")
    read = duckdb.connect().execute
    factors = read(f"select factor_id from '{tmp_path}/out/factors.parquet' order by 1").fetchall()
    assert factors == [("paper:1",), ("t:open:1",)]
    sources = read(f"select source_id from '{tmp_path}/out/sources.parquet' order by 1").fetchall()
    assert sources == [("paper",), ("t:open",), ("x",)]
    assert "Open table" in (tmp_path / "out" / "ATTRIBUTION.md").read_text()
    for page in ("ATTRIBUTION.md", "datapackage.json"):
        text = (tmp_path / "out" / page).read_text()
        assert not [word for word in ("Secret", "t:closed", "user-c-", "user-s-") if word in text], page


def test_what_the_user_calls_a_licence_is_not_published(make_warehouse, tmp_path):
    db = make_warehouse(
        WAREHOUSE
        + """
        alter table marts.sources add column origin varchar;
        update marts.sources set origin = 'user_file' where source_id = 'x';
        insert into marts.factors values ('x:2', 'x', 7, 'Secret deal with Acme');
        """
    )
    _, held_back = publish_parquet(db, tmp_path / "out")
    assert "a licence that the user names is not in the vocabulary of licences" in {held.reason for held in held_back}
    for page in ("ATTRIBUTION.md", "datapackage.json"):
        assert "Secret" not in (tmp_path / "out" / page).read_text(), page
