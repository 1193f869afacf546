from types import SimpleNamespace

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
