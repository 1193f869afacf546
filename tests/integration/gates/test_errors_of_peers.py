"""Each error found in data of peers is found by Cradle too, with its real figure, and its sound neighbour is not."""

import pytest
from errors_of_peers import CELLS, GATES, MODELS, QUOTES
from gate_project import judge

from tests.integration import slips


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    return judge(tmp_path_factory.mktemp("gates"), GATES, {"quotes": QUOTES})


@pytest.mark.parametrize("entry", GATES)
def test_a_gate_finds(judged, entry):
    assert judged[entry, False] == ("fail", GATES[entry].bad)
    assert judged[entry, True] == ("pass", set())


@pytest.mark.parametrize("entry", MODELS)
def test_a_test_of_the_models_finds(found_slips, entry):
    error = MODELS[entry]
    found = {row[error.column] for row in slips.rows_of(found_slips, error.test)}
    assert error.bad in found
    assert error.sound not in found


@pytest.mark.parametrize("entry", CELLS)
def test_a_contract_finds(entry):
    import polars as pl

    from cradle.paths import PROJECT_ROOT
    from ingest.hubblo_gpu.contract import check_impact_factors
    from ingest.hubblo_gpu.parse import parse

    error = CELLS[entry]
    fixture = PROJECT_ROOT / "tests/unit/hubblo_gpu/fixtures/gpus_impact_factors.csv"
    rows = parse(fixture)["impact_factors"].head(1)
    lineage = {"source_id": "hubblo_gpu", "release_id": "test", "file_sha256": "0" * 64}
    landed = rows.with_columns(**{column: pl.lit(text) for column, text in lineage.items()})
    components = {"component": tuple(rows["component"])}

    def findings(text: str) -> set[tuple[str, str, str]]:
        (checked,) = check_impact_factors(landed.with_columns(pl.lit(text).alias(error.column)), components).to_dicts()
        return {(each["column_name"], each["value"], each["check_name"]) for each in checked["violations"]}

    assert findings(error.text) == {(error.column, error.text, error.check)}
    assert findings(error.sound) == set()
