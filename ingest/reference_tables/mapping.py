"""The mapping of a reference table: a YAML file that says which column is what and what its words mean."""

import csv
import difflib
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from cradle import paths
from cradle.errors import ParseError

FOLDER = Path(__file__).parent / "mappings"
COLUMNS = (
    *("item", "item_description", "item_category", "level", "tier", "stage", "criterion", "value"),
    *("amount_unit_as_stated", "reference_unit_as_stated", "geography_as_stated", "source_text"),
    "yearly_electricity_as_stated",
)
STAGES = ("manufacturing", "transport", "use", "end_of_life", "embodied_unsplit")
BYTES_MAX = 1_000_000  # a mapping is some pages; what is larger is the table itself

Text = Annotated[str, StringConstraints(min_length=1)]
Column = Literal[COLUMNS]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileForm(_Record):
    """How the file is written. Rows are counted from 1."""

    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    delimiter: Literal["auto", ";", ",", "\t", "|"] = "auto"
    decimal_mark: Literal[".", ","] = "."
    sheet: Text | None = None
    header_row: int = Field(default=1, ge=1, le=100)
    units_row: int | None = Field(default=None, ge=2, le=101)
    empty_words: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _units_follow(self) -> "FileForm":
        if self.units_row is not None and self.units_row <= self.header_row:
            raise ValueError("units_row must come after header_row")
        return self


class Stage(_Record):
    """A life-cycle stage of Cradle and the stages inside it (itself alone where none are named)."""

    life_cycle_stage: Literal[STAGES]
    stages_covered: tuple[Literal[STAGES[:4]], ...] = ()

    @model_validator(mode="after")
    def _lump_names_its_stages(self) -> "Stage":
        if self.life_cycle_stage == "embodied_unsplit" and (not self.stages_covered or "use" in self.stages_covered):
            raise ValueError("embodied_unsplit needs stages_covered, without use")
        return self

    @property
    def covered(self) -> str:
        """The stages, joined by ';'."""
        return ";".join(self.stages_covered or (self.life_cycle_stage,))


class Criterion(_Record):
    """An indicator: how the table calls it, and the unit of its values where no column or header states one."""

    indicator_id: Text
    labels: tuple[Text, ...] = Field(min_length=1)
    unit: Text | None = None
    zero_is_not_modelled: bool = False


class Settings(_Record):
    """What a rule says of the rows it fits, in the place of what the columns say."""

    life_cycle_stage: Literal[STAGES[:4]] | None = None
    reference_unit: Text | None = None
    object_id: Text | None = None
    electricity_scope: Literal["combustion_only", "generation_life_cycle", "consumption_life_cycle"] | None = None
    reference_year: int | None = Field(default=None, ge=1950, le=2100)
    object_boundary: Text | None = None
    licence_id: Text | None = None


class Rule(_Record):
    """Rows whose cells fit all patterns of `where` (`^$` fits an empty cell) and not all of `unless`, and what holds.

    `marks`: fake (the row is refused), proxy (it stands for another place), use_electricity (it holds electricity of
    the use stage) or ineligible; none where the rule only sets.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    where: dict[Column, str] = Field(min_length=1)
    unless: dict[Column, str] = {}
    marks: Literal["fake", "proxy", "use_electricity", "ineligible"] | None = None
    reason: Text
    sets: Settings = Settings()

    @field_validator("where", "unless")
    @classmethod
    def _patterns_compile(cls, where: dict[str, str]) -> dict[str, str]:
        import polars as pl

        for column, pattern in where.items():
            try:  # the engine that will run it, and which takes time in line with the text whatever the pattern
                pl.Series(["x"]).str.contains(pattern)
            except pl.exceptions.ComputeError as error:
                reason = " ".join(str(error).split())
                raise ValueError(f"the pattern {pattern!r} of {column} is no regular expression: {reason}") from None
        return where

    @model_validator(mode="after")
    def _says_something(self) -> "Rule":
        if self.marks is None and not self.sets.model_dump(exclude_none=True):
            raise ValueError(f"rule {self.name} neither marks nor sets anything")
        return self


class Mapping(_Record):
    """A mapping. See docs/load-a-reference-table.md."""

    title: Text
    shape: Literal["long", "wide"]
    file: FileForm = FileForm()
    columns: dict[Column, tuple[Text, ...]]
    constants: dict[Column, Text] = {}
    ignored_columns: tuple[Text, ...] = ()
    stages: dict[Text, Stage]
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    amount_units: dict[Text, Text] = {}
    reference_units: dict[Text, Text] = {}
    places: dict[Text, Text] = {}
    rules: tuple[Rule, ...] = ()

    @field_validator("columns", mode="before")
    @classmethod
    def _one_or_several_names(cls, columns: object) -> object:
        if not isinstance(columns, dict):
            return columns
        return {key: (names,) if isinstance(names, str) else names for key, names in columns.items()}

    @field_validator("stages", mode="before")
    @classmethod
    def _short_stages(cls, stages: object) -> object:
        if not isinstance(stages, dict):
            return stages
        return {key: {"life_cycle_stage": s} if isinstance(s, str) else s for key, s in stages.items()}

    @model_validator(mode="after")
    def _is_whole(self) -> "Mapping":
        given = set(self.columns) | set(self.constants)
        wanted = {"item", "stage"} | ({"criterion", "value"} if self.shape == "long" else set())
        if lacking := sorted(wanted - given):
            raise ValueError(f"no column and no constant for {', '.join(lacking)}")
        if self.shape == "wide" and (extra := given & {"criterion", "value"}):
            raise ValueError(f"a wide table has its indicators in columns: leave out {', '.join(sorted(extra))}")
        if self.shape == "long" and self.file.units_row:
            raise ValueError("units_row goes with shape: wide")
        if both := sorted(set(self.columns) & set(self.constants)):
            raise ValueError(f"{', '.join(both)} cannot be a column and a constant")
        _refuse_twice("column", [name for names in self.columns.values() for name in names])
        _refuse_twice("label", [label for criterion in self.criteria for label in criterion.labels])
        for words in (self.stages, self.places):
            _refuse_twice("word", list(words))
        _refuse_twice("rule", [rule.name for rule in self.rules])
        return self


def place_names() -> dict[str, str]:
    """Names of places that tables write otherwise than Cradle's vocabulary, by geography_id."""
    return yaml.load((Path(__file__).parent / "places.yml").read_text(encoding="utf-8"), Loader=_PlainLoader)


def same_word(text: str) -> str:
    """How words are compared: without regard to case and to the number of spaces."""
    return " ".join(text.split()).casefold()


def same_unit(text: str) -> str:
    """How units are compared: mJ is not MJ."""
    return " ".join(text.split())


def read_mapping(name_or_path: str) -> tuple[Mapping, bytes]:
    """Return a mapping that ships under this name, or the one in a file, and its bytes.

    Raises ParseError where there is none, it is no plain YAML (tags are refused), it does not follow the schema or it
    names an indicator, unit, object or place that Cradle does not have.
    """
    file = _file_of(name_or_path)
    content = file.read_bytes()
    if len(content) > BYTES_MAX:
        raise _refused(file, "YAML of some pages", f"{len(content):,} bytes", "give the mapping and not the table")
    try:
        mapping = Mapping.model_validate(yaml.load(content.decode("utf-8"), Loader=_PlainLoader))
    except ValidationError as error:
        raise _explained(file, error) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a day or a number that is none
        got = " ".join(str(error).split())
        raise _refused(file, "plain YAML in UTF-8, without tags, anchors and keys twice", got, "mend it") from None
    _refuse_unknown_words(mapping, file)
    return mapping, content


class _PlainLoader(yaml.SafeLoader):
    """Safe, and stricter: no tags, no aliases (a few lines of them expand to gigabytes), no key twice."""

    def compose_node(self, parent, index):
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.YAMLError(f"anchors and aliases are not taken (line {event.start_mark.line + 1})")
        if getattr(event, "tag", None):
            raise yaml.YAMLError(f"the tag {event.tag} is not taken (line {event.start_mark.line + 1})")
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if twice := sorted({key for key in map(str, keys) if list(map(str, keys)).count(key) > 1}):
            raise yaml.YAMLError(f"key {twice[0]!r} stands twice (line {node.start_mark.line + 1})")
        return super().construct_mapping(node, deep)


def _file_of(name_or_path: str) -> Path:
    ships = {file.stem: file for file in sorted(FOLDER.glob("*.yml"))}
    file = ships.get(name_or_path) or Path(name_or_path)
    if not file.is_file():
        close = difflib.get_close_matches(name_or_path, ships, n=1)
        raise ParseError(
            "there is no such mapping",
            where="--mapping",
            expected=f"{' or '.join(ships)}, or the path of a YAML file",
            got=name_or_path,
            todo=f"did you mean {close[0]!r}?" if close else "docs/load-a-reference-table.md says how to write one",
        )
    return file


def _refused(file: Path, expected: str, got: str, todo: str) -> ParseError:
    return ParseError("the mapping cannot be used", where=file.name, expected=expected, got=got, todo=todo)


def _explained(file: Path, error: ValidationError) -> ParseError:
    said = []
    for problem in error.errors()[:10]:
        where = ".".join(str(part) for part in problem["loc"]) or "the file"
        what = problem["msg"].removeprefix("Value error, ")
        said.append(f"{where}: unknown key" if problem["type"] == "extra_forbidden" else f"{where}: {what}")
    keys = f"keys {', '.join(Mapping.model_fields)}; columns {', '.join(COLUMNS)}"
    return _refused(file, keys, "; ".join(said), "mend the keys that are named (docs/load-a-reference-table.md)")


def _refuse_twice(kind: str, words: list[str]) -> None:
    seen = [same_word(word) for word in words]
    if twice := sorted({word for word in seen if seen.count(word) > 1}):
        raise ValueError(f"{kind} {', '.join(map(repr, twice))} stands twice")


def _refuse_unknown_words(mapping: Mapping, file: Path) -> None:
    known = {kind: vocabulary(kind) for kind in ("indicators", "units", "objects", "geographies", "licences")}
    used = [("indicators", c.indicator_id) for c in mapping.criteria]
    used += [("units", c.unit) for c in mapping.criteria if c.unit]
    used += [("units", unit) for unit in (*mapping.amount_units.values(), *mapping.reference_units.values())]
    used += [("geographies", place) for place in mapping.places.values()]
    for rule in mapping.rules:
        found = (rule.sets.reference_unit, rule.sets.object_id, rule.sets.licence_id)
        used += [pair for pair in zip(("units", "objects", "licences"), found, strict=True) if pair[1]]
    unknown = sorted({(kind, word) for kind, word in used if word not in known[kind]})
    if not unknown:
        return
    kind, word = unknown[0]
    close = difflib.get_close_matches(word, known[kind], n=3)
    raise _refused(
        file,
        f"words of seeds/vocabulary/{kind}.csv",
        "; ".join(f"{kind}: {word!r}" for kind, word in unknown),
        f"closest to {word!r}: {', '.join(close)}" if close else "see the file of the vocabulary",
    )


@cache
def vocabulary(kind: str) -> dict[str, dict[str, str]]:
    """The rows of a file of seeds/vocabulary by the cell of their first column."""
    with (paths.PROJECT_ROOT / "seeds" / "vocabulary" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {next(iter(row.values())): row for row in rows}


def header_and_unit(text: str) -> tuple[str, str | None]:
    """'GWP (kgCO2e)' or 'GWP [kgCO2e]' gives ('GWP', 'kgCO2e'); a header without a unit gives itself and None."""
    found = re.fullmatch(r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]\s*", text)
    return (found[1], found[2].strip()) if found else (text.strip(), None)
