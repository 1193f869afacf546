"""The marts as their YAML describes them: what one row is, the key, the columns, and what they are made from."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cradle.dictionary.fields import DictionaryError, Field, unit_among
from cradle.dictionary.yaml_file import read_yaml
from cradle.paths import PROJECT_ROOT

MODELS = PROJECT_ROOT / "models"
TOPICS = PROJECT_ROOT / "dictionary" / "marts" / "topics.yml"
QUESTIONS = PROJECT_ROOT / "dictionary" / "marts" / "questions.yml"
LICENCE_COLUMNS = ("licence_set", "licence_id")
_GRAIN = re.compile(r"[;.]\s*(one row an? .+?)(?=\.(?:\s|$)|$)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Mart:
    """One mart: `says` is its description without the grain, `grain` begins with "one row a".

    `columns` holds names and types in order; `key` the columns that tell rows apart, of which `open_key` may be null.
    """

    name: str
    topic: str
    says: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    open_key: tuple[str, ...] = ()

    def described(self, fields: dict[str, Field]) -> list[Field]:
        """The records of its columns as they hold in this mart: units of its own columns, no null in its key."""
        known = [(fields[name], name in self.key and name not in self.open_key) for name, _ in self.columns]
        names = dict(self.columns)
        return [
            field.model_copy(
                update={
                    "unit": unit_among(field.unit, names),
                    "null_meaning": None if is_never_null else field.null_meaning,
                }
            )
            for field, is_never_null in known
        ]

    @cached_property
    def licence_columns(self) -> list[str]:
        """The columns that say under which licence a row stands."""
        return [name for name in LICENCE_COLUMNS if name in dict(self.columns)]


@dataclass(frozen=True)
class Question:
    """What somebody asks, and the marts that answer, the first one first."""

    question: str
    marts: tuple[str, ...]


def load_marts(folder: Path = MODELS / "marts") -> dict[str, Mart]:
    """Every mart by its name, sorted. Raises DictionaryError for one without a grain or a key."""
    marts = {}
    for file in sorted(folder.glob("*/*.yml")):
        for entry in (read_yaml(file) or {}).get("models") or []:
            marts[entry["name"]] = _mart(entry, file)
    return dict(sorted(marts.items()))


def load_topics() -> dict[str, str]:
    """The heading of each topic, which is a folder of models/marts, in the order of reading."""
    return read_yaml(TOPICS)


def load_questions() -> list[Question]:
    """What people ask, each with the marts that answer it."""
    listed = read_yaml(QUESTIONS)
    return [Question(entry["question"], tuple(entry["marts"])) for entry in listed]


def split_grain(description: str) -> tuple[str, str]:
    """The description of a table without its grain, and the grain: "one row a ...", empty where it does not say."""
    text = " ".join(description.split())
    grain = _GRAIN.search(text)
    if grain is None:
        return text, ""
    says = f"{text[: grain.start()].rstrip()}.{text[grain.end() + 1 :]}".strip()
    return says, grain[1][0].lower() + grain[1][1:]


def _mart(entry: dict[str, Any], file: Path) -> Mart:
    says, grain = split_grain(entry["description"])
    key, open_key = _key(entry)
    if not grain or not key:
        raise DictionaryError(
            "a mart does not say what one row is" if not grain else "a mart has no key",
            where=f"{file.name}, {entry['name']}",
            expected="a description with '; one row a ...' and a primary key or a test `unique_key`",
            got=says if not grain else "neither",
            todo="end the description with the grain, and name the key in the YAML of the mart",
        )
    columns = tuple((column["name"], column.get("data_type", "")) for column in entry["columns"])
    return Mart(entry["name"], file.parent.name, says, grain, key, columns, open_key)


def _key(entry: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The primary key, else the columns of a test that no key comes twice, else the column that is unique.

    With it those of its columns that may be null.
    """
    for constraint in entry.get("constraints") or []:
        if constraint["type"] == "primary_key":
            return tuple(constraint["columns"]), ()
    for test in _tests(entry):
        if isinstance(test, dict) and "unique_key" in test:
            said = test["unique_key"].get("arguments", test["unique_key"])
            return tuple(said["columns"]), tuple(said.get("nullable", ()))
    unique = [
        column
        for test in _tests(entry)
        if isinstance(test, dict) and "sound_columns" in test
        for column in test["sound_columns"]["arguments"].get("unique", ())
    ]
    unique += [
        column["name"]
        for column in entry["columns"]
        if any(constraint["type"] == "primary_key" for constraint in column.get("constraints") or [])
    ]
    return tuple(unique[:1]), ()


def _tests(entry: dict[str, Any]) -> list[Any]:
    return [*(entry.get("data_tests") or []), *(entry.get("tests") or [])]
