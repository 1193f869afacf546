from cradle.paths import PROJECT_ROOT


def test_every_model_ends_with_its_final_step(model_files):
    wrong = [
        str(file.relative_to(PROJECT_ROOT))
        for file in model_files
        if file.suffix == ".sql" and file.read_text(encoding="utf-8").rstrip().splitlines()[-1] != "select * from final"
    ]
    assert wrong == []


def test_every_model_is_described_once_beside_its_file(model_files, models):
    described = sorted((node.file.parent, node.name) for node in models)
    assert described == sorted((file.parent, file.stem) for file in model_files)


def test_every_model_and_seed_states_its_grain(nodes):
    wrong = [node.name for node in nodes if "one row" not in node.properties.get("description", "").lower()]
    assert wrong == [], "the description must say what one row is: 'one row a ...'"


def test_every_model_has_a_tested_key(models):
    assert [node.name for node in models if not _has_tested_key(node)] == []


def test_every_contract_is_in_the_test_of_conservation(model_files):
    text = (PROJECT_ROOT / "tests/singular/rows_conserved.sql").read_text(encoding="utf-8")
    contracts = [file.stem for file in model_files if file.suffix == ".py"]
    assert [name for name in contracts if f"    '{name}': [" not in text] == []


def test_single_columns_are_asked_in_one_test_of_their_table(nodes):
    plain = {"not_null", "unique", "finite", "accepted_values"}
    wrong = [
        f"{node.name}.{column['name']}: {_name(test)}"
        for node in nodes
        for column in node.columns
        for test in column.get("data_tests", [])
        if _name(test) in plain and not (isinstance(test, dict) and "config" in test[_name(test)])
    ]
    assert wrong == [], "put the column into sound_columns of its table: a test of its own costs each build 20 ms"


def test_the_test_of_all_columns_names_columns_that_are_described(nodes):
    wrong = []
    for node in nodes:
        described = {column["name"] for column in node.columns}
        for test in node.properties.get("data_tests", []):
            if _name(test) == "sound_columns":
                asked = test["sound_columns"]["arguments"]
                assert {*asked} <= {"not_null", "unique", "finite", "accepted_values"}
                wrong += [
                    f"{node.name}.{column}" for rule in asked.values() for column in rule if column not in described
                ]
    assert wrong == []


def _has_tested_key(node) -> bool:
    # a contracted table's primary key is DDL: DuckDB refuses the insert
    primary_key = any(constraint["type"] == "primary_key" for constraint in node.properties.get("constraints", []))
    tests = [_name(test) for test in node.properties.get("data_tests", [])]
    return primary_key or _unique_columns(node) or "unique_key" in tests


def _unique_columns(node) -> list[str]:
    tests = [test["sound_columns"] for test in node.properties.get("data_tests", []) if _name(test) == "sound_columns"]
    return [column for test in tests for column in test["arguments"].get("unique", [])]


def _name(test) -> str:
    return test if isinstance(test, str) else next(iter(test))
