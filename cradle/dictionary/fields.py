"""The field dictionary: one record a column name, project-wide, in dictionary/<topic>.yml.

The dbt doc blocks of docs/fields/fields.md are generated from it, so a column says the same in every table, in the
warehouse's comments, in the Parquet files and in datapackage.json.
"""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from cradle.dictionary.yaml_file import read_yaml
from cradle.errors import CradleError
from cradle.paths import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "dictionary"
IN_COLUMN = "in "  # the unit differs by row and stands in another column
PAGE = PROJECT_ROOT / "docs" / "fields" / "fields.md"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n]+$")]
DOC = re.compile(r"(?P<description>.+)\n\n- Unit: (?P<unit>[^\n]+)\n- Null: (?P<null>[^\n]+)", re.DOTALL)


_LOOK = "mend the record as its neighbours are written, then: python -m cradle.dictionary"


class DictionaryError(CradleError):
    """A field dictionary that contradicts itself or does not follow the schema."""


class Field(BaseModel):
    """What one column name means wherever it occurs.

    `unit` is an expression of Cradle's pint registry; or `in` and the column or columns that hold it; or None for text,
    codes, counts and dates. `null_meaning` is None where the column is never null.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    description: Text
    unit: Line | None
    null_meaning: Line | None

    def doc(self) -> str:
        """The text of the doc block, which dbt also stores as the comment on the column."""
        return f"{self.description}\n\n- Unit: {self.unit or 'none'}\n- Null: {self.null_meaning or 'never'}"

    @classmethod
    def from_doc(cls, name: str, text: str) -> "Field":
        """The field a comment was made from; a comment of another form is taken as the description alone."""
        found = DOC.fullmatch(text)
        unit = found["unit"] if found and found["unit"] != "none" else None
        null = found["null"] if found and found["null"] != "never" else None
        description = found["description"] if found else text
        return cls.model_construct(name=name, description=description, unit=unit, null_meaning=null)


def unit_in_words(unit: str | None) -> str:
    """The unit as Markdown for a reader: an expression, the column that holds it, or nothing."""
    unit = unit or ""
    return f"in `{unit.removeprefix(IN_COLUMN)}`" if unit.startswith(IN_COLUMN) else unit


def unit_among(unit: str | None, columns: Collection[str]) -> str | None:
    """The unit of a column in a table with these columns.

    A record that is used in several tables may name columns as alternatives ("in unit, or amount_unit per
    reference_unit"): those stay that the table has; all of them where it has none.
    """
    if unit is None or not unit.startswith(IN_COLUMN):
        return unit
    alternatives = unit.removeprefix(IN_COLUMN).split(", or ")
    there = [alternative for alternative in alternatives if alternative.split()[0] in columns]
    return IN_COLUMN + ", or ".join(there or alternatives)


def load(folder: Path = FOLDER) -> dict[str, Field]:
    """Every field by its name, sorted; raises DictionaryError on a bad record, a doubled name or an unknown unit."""
    fields: dict[str, Field] = {}
    homes: dict[str, Path] = {}
    for file in sorted(folder.glob("*.yml")):
        for field in _records(file):
            if field.name in homes:
                raise DictionaryError(
                    f"the field `{field.name}` is recorded twice",
                    where=f"{homes[field.name].name} and {file.name}",
                    expected="one record a column name in the whole project",
                    todo="keep one record, or give the columns different names if they mean different things",
                )
            fields[field.name], homes[field.name] = field, file
    _check_units(fields, homes)
    return dict(sorted(fields.items()))


def page(fields: dict[str, Field]) -> str:
    """The dbt docs page: one block a field."""
    head = "<!-- Written by `make docs` from dictionary/*.yml; change it there. -->\n"
    blocks = [f"{{% docs {f.name} %}}\n{f.doc()}\n{{% enddocs %}}\n" for f in fields.values()]
    return "\n".join([head, *blocks])


def _records(file: Path) -> list[Field]:
    import yaml

    try:
        found = read_yaml(file)
        return TypeAdapter(list[Field]).validate_python(found or [])
    except yaml.YAMLError as err:
        raise DictionaryError("the dictionary file is not YAML", where=file.name, got=str(err), todo=_LOOK) from err
    except ValidationError as err:
        first = err.errors()[0]
        at = first["loc"][0] if first["loc"] else None
        record = found[at] if isinstance(at, int) else found
        name = record.get("name", "without a name") if isinstance(record, dict) else record
        raise DictionaryError(
            "a record of the field dictionary does not follow the schema",
            where=f"{file.name}, record {name}, {'.'.join(str(part) for part in first['loc'][1:])}",
            expected="name, description, unit (or null), null_meaning (or null), and nothing else",
            got=first["msg"],
            todo=_LOOK,
        ) from err


def _check_units(fields: dict[str, Field], homes: dict[str, Path]) -> None:
    with_unit = [field for field in fields.values() if field.unit and not field.unit.startswith(IN_COLUMN)]
    if not with_unit:
        return
    from cradle.units import registry

    units = registry()
    for field in with_unit:
        try:
            units.parse_units(field.unit)
        except Exception as err:  # pint raises its own errors, tokenize's and plain ValueErrors for a bad expression
            raise DictionaryError(
                f"the unit of `{field.name}` is not one that Cradle knows",
                where=homes[field.name].name,
                expected="an expression of the units in cradle/units.py",
                got=f"{field.unit} ({err})",
                todo="spell it as the registry does, or define the unit there",
            ) from err
