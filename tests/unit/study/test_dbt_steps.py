from types import SimpleNamespace

import pytest

from cradle.study import trial
from cradle.study.dbt_steps import Dbt


def node(kind, *fqn, needs=()):
    name = f"{kind}.cradle.{fqn[-1]}"
    return SimpleNamespace(
        unique_id=name,
        name=fqn[-1],
        resource_type=kind,
        fqn=["cradle", *fqn],
        depends_on=SimpleNamespace(nodes=list(needs)),
    )


def test_a_seed_named_as_its_folder_is_loaded_without_the_tests_of_the_folder():
    seed, model = "seed.cradle.service_models", "model.cradle.sources"
    nodes = [
        node("seed", "service_models", "service_models"),
        node("model", "marts", "sources", needs=[seed]),
        node("test", "service_models", "unique_model_id", needs=[seed]),
        node("test", "service_models", "known_source", needs=[seed, model]),
    ]
    children = {seed: [model, "test.cradle.unique_model_id", "test.cradle.known_source"]}
    dbt = object.__new__(Dbt)
    dbt.manifest = SimpleNamespace(
        nodes={one.unique_id: one for one in nodes},
        parent_map={},
        child_map=children,
        build_parent_and_child_maps=lambda: None,
    )
    first, second, third = dbt.steps(["service_models"], anew=False, cited=False)
    assert first[4:6] == ["fqn:cradle.service_models.service_models", "unique_model_id"]
    assert second[4:5] == ["fqn:cradle.marts.sources"]
    assert third[2:3] == ["known_source"]


@pytest.mark.parametrize(("named", "target"), [(None, "target"), ("", "target"), ("elsewhere", "elsewhere")])
def test_the_parse_of_the_last_build_lies_in_the_project_wherever_the_command_is_given(
    tmp_path, monkeypatch, named, target
):
    for folder in ("project", "here"):
        (tmp_path / folder / target).mkdir(parents=True)
        (tmp_path / folder / target / "partial_parse.msgpack").touch()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.delenv("DBT_TARGET_PATH", raising=False)
    if named is not None:
        monkeypatch.setenv("DBT_TARGET_PATH", named)
    given = []

    def invoke(self, words):
        copies = [file.name for file in (tmp_path / "trial").rglob("*") if file.is_file()]
        given.append((words[words.index("--partial-parse-file-path") + 1], copies))
        return SimpleNamespace(result=None)

    monkeypatch.setattr(Dbt, "_invoke", invoke)
    monkeypatch.setattr(Dbt, "steps", lambda *_, **__: [])
    monkeypatch.setattr(Dbt, "close", lambda _: None)
    (tmp_path / "trial").mkdir()
    trial._run(tmp_path / "project", tmp_path / "trial", tmp_path / "trial" / "work.duckdb", [])
    assert given == [(str(tmp_path / "project" / target / "partial_parse.msgpack"), [])]
