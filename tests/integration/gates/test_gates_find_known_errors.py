"""Each gate finds the known errors among sound rows, and nothing in the sound rows alone."""

import pytest
from bad_data import CASES
from gate_project import judge


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    return judge(tmp_path_factory.mktemp("gates"), CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_gate_finds_exactly_the_errors(judged, name):
    assert judged[name, False] == ("fail", CASES[name].bad)


@pytest.mark.parametrize("name", CASES)
def test_the_gate_lets_the_sound_neighbours_pass(judged, name):
    assert judged[name, True] == ("pass", set())
