"""YAML that is well formed and yet makes no value of Python: refused with a message, in every file a user writes."""

from pathlib import Path

import pytest

from cradle.errors import CradleError
from ingest import sidecar
from ingest.power.formats import plain_csv
from ingest.reference_tables import mapping

TEXTS = {
    "a day that is none": "published_on: 2024-13-45\n",
    "a number without digits": "rows: 0b_\n",
    "a number of 6000 digits": "rows: 1" + "0" * 6000 + "\n",
    "5000 lists inside each other": "[" * 5000 + "\n",
}


def _by_name_or_path(file: Path) -> None:
    mapping.read_mapping(str(file))


@pytest.mark.parametrize("read", [sidecar.read, plain_csv.load_mapping, _by_name_or_path])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_is_refused_with_the_name_of_the_file(tmp_path, read, text):
    file = tmp_path / "source.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CradleError) as caught:
        read(file)
    assert file.name in caught.value.where and caught.value.got and caught.value.todo
