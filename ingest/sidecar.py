"""The sidecar of a source, `ingest/<source_id>/source.yml`: what it is, where it comes from, under which licence."""

import difflib
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from cradle import paths
from cradle.errors import SidecarError

SCHEMES = ("https", "pypi", "file", "release")
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Download(_Record):
    """One file of the source; entries of one release with the same sha256 are one file at several places, in order.

    `release_id` is the release it belongs to, where that is not the sidecar's version.
    """

    url: Text
    sha256: Sha256 | None = None
    bytes: int | None = Field(default=None, gt=0)
    release_id: Text | None = None

    @model_validator(mode="after")
    def _is_pinned(self) -> "Download":
        if self.scheme not in SCHEMES or ":" not in self.url:
            raise ValueError(f"{self.url!r} must begin with one of {', '.join(f'{s}:' for s in SCHEMES)}")
        if self.scheme != "file" and self.sha256 is None:
            raise ValueError(f"{self.url!r} needs a sha256; only a file: that the user supplies may go without")
        # a name that starts with a dash would be an option of pip
        if self.scheme == "pypi" and not re.fullmatch(r"pypi:[A-Za-z0-9][\w.\[\]-]*==[\w.!+]+#.+", self.url):
            raise ValueError(f"{self.url!r} must have the form pypi:<name>==<version>#<path in wheel>")
        if self.file_name in ("", ".", "..") or not self.file_name.isprintable():
            raise ValueError(f"{self.url!r} ends in no name of a file")
        if self.scheme in ("release", "pypi") and ".." in re.split("[:#/]", self.url):
            raise ValueError(f"{self.url!r} leads out of where it lies")
        return self

    @property
    def scheme(self) -> str:
        """The part of the URL before the colon."""
        return self.url.split(":", 1)[0]

    @property
    def file_name(self) -> str:
        """The last part of the URL's path."""
        place = self.url.split("#", 1)[1] if self.scheme == "pypi" else self.url.split("?", 1)[0]
        return place.rstrip("/").rsplit("/", 1)[-1].removeprefix(f"{self.scheme}:")


class Form(_Record):
    """Another form of the same data than the pinned file, at an address of its own where it may change any day."""

    name: Name
    url: Annotated[str, StringConstraints(pattern=r"^data-fair:https://[^/]+/.+")]

    @property
    def download(self) -> Download:
        """The form as a download without a pin, which no `download` of a sidecar may be."""
        return Download.model_construct(url=self.url)


class Licence(_Record):
    """The licence of the data: an SPDX identifier or a short name, its title and its text."""

    id: Text
    name: Text
    url: Text


class KnownFile(_Record):
    """A file of this source that has been seen: its hash says which release it is."""

    sha256: Sha256
    bytes: int | None = None
    release_id: Text
    note: str | None = None


class Sidecar(_Record):
    """A source. Fields are those of the YAML file; `folder` is where it was read."""

    source_id: Name
    producer: Text
    title: Text
    version: Text
    published_on: date | None
    retrieved_on: date
    landing_page: Text
    download: list[Download] = Field(min_length=1)
    licence: Licence
    redistributable: Literal["yes", "share-alike", "no"]
    licence_pack: Literal["open", "odbl", "by-sa"] | None
    citation: Text
    forms: list[Form] = []
    known_files: list[KnownFile] = []
    entities: list[Name] = Field(min_length=1)
    asks_licence: bool = False  # the user's own tables side by side, each under the licence that the user declares
    licence_by_row: bool = False  # each row of the user's file states its licence
    _folder: Path = PrivateAttr(default=Path())

    @field_validator("redistributable", mode="before")
    @classmethod
    def _yaml_bool(cls, value: Any) -> Any:
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value

    @model_validator(mode="after")
    def _pack_needs_permission(self) -> "Sidecar":
        if self.licence_pack and self.redistributable == "no":
            raise ValueError(f"licence_pack is {self.licence_pack!r} although redistributable is 'no'; set it to null")
        if len(set(self.entities)) < len(self.entities):
            raise ValueError(f"entities holds a name twice: {self.entities}")
        return self

    @property
    def folder(self) -> Path:
        """The source's folder: source.yml, parse.py, contract.py and perhaps release.py."""
        return self._folder

    def table(self, entity: str) -> str:
        """The name of an entity's table in the schema raw."""
        return f"{self.source_id}__{entity}"

    def own_file(self, download: Download) -> Path | None:
        """The table of our own that a `file:` names, where it lies in the source's folder; None for any other."""
        if download.scheme != "file":
            return None
        file = (self.folder / download.url.removeprefix("file:")).resolve()
        return file if file.is_relative_to(self.folder.resolve()) and file.is_file() else None

    @property
    def places(self) -> list[list[Download]]:
        """The files of the source, each with the places it can be had from, in the order in which they are tried."""
        places: dict[tuple[str, str], list[Download]] = {}
        for download in self.download:
            # a file that did not change belongs to both releases
            release_id = download.release_id or self.version
            places.setdefault((release_id, download.sha256 or download.url), []).append(download)
        return list(places.values())

    @property
    def needs_file(self) -> bool:
        """Whether the user has to supply a file: one that neither a host nor the source's folder has."""
        return any(all(d.scheme == "file" and not self.own_file(d) for d in places) for places in self.places)

    @property
    def pull_command(self) -> str:
        """The command that lands the source, with the options that it needs."""
        declared = " --mapping NAME --licence NAME --redistributable no" if self.asks_licence else ""
        return f"cradle pull {self.source_id}{' --file PATH' if self.needs_file else ''}{declared}"

    @property
    def is_package(self) -> bool:
        """Whether Python packages hold all of the source."""
        return all(download.scheme == "pypi" for download in self.download)

    def releases_of(self, hashes: list[str]) -> list[str]:
        """The release of each of the files that are given together; `file-<first 12 of the hash>` for an unknown one.

        A file that several releases hold belongs to the one that holds all the others too, else to the newest.
        """
        known: dict[str, list[str]] = {}
        for download in self.download:
            known.setdefault(download.sha256 or "", []).append(download.release_id or self.version)
        for file in self.known_files:
            known[file.sha256] = [file.release_id]
        found = [known.get(sha256, [f"file-{sha256[:12]}"]) for sha256 in hashes]
        common = [release for release in found[0] if all(release in releases for releases in found)] if found else []
        prefer = [*([self.version] if self.version in common else common), self.version]
        return [next((r for r in prefer if r in releases), releases[0]) for releases in found]


_NESTED: dict[str, type[BaseModel]] = {
    "download": Download,
    "licence": Licence,
    "forms": Form,
    "known_files": KnownFile,
}


def read(file: Path) -> Sidecar:
    """The sidecar in a file. Raises SidecarError naming the file, the key and the expected keys."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a day or a number that is none
        raise SidecarError(
            "the sidecar is not readable YAML",
            where=str(file),
            expected="a YAML mapping in UTF-8",
            got=" ".join(str(error).split()),
            todo="mend the line that is named",
        ) from error
    try:
        sidecar = Sidecar.model_validate(content)
    except ValidationError as error:
        raise _explained(file, error) from error
    if sidecar.source_id != file.parent.name:
        raise SidecarError(
            "source_id is not the name of its folder",
            where=str(file),
            expected=file.parent.name,
            got=sidecar.source_id,
            todo="rename one of the two",
        )
    sidecar._folder = file.parent
    return sidecar


def discover(folder: Path | None = None) -> list[Sidecar]:
    """All sources, by id: one for each `<folder>/*/source.yml` (default: the project's `ingest`)."""
    return [read(file) for file in sorted((folder or paths.PROJECT_ROOT / "ingest").glob("*/source.yml"))]


def find(source_ids: list[str], sidecars: list[Sidecar]) -> list[Sidecar]:
    """The sidecars of the named sources, all of them where none is named. Raises SidecarError with a suggestion."""
    known = {sidecar.source_id: sidecar for sidecar in sidecars}
    for name in source_ids:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            raise SidecarError(
                f"there is no source {name!r}",
                expected=", ".join(known) or "a folder ingest/<source_id>/ with a source.yml",
                got=name,
                todo=f"did you mean {close[0]!r}?" if close else "`cradle sources` lists them",
            )
    return [known[name] for name in dict.fromkeys(source_ids)] or sidecars


def _explained(file: Path, error: ValidationError) -> SidecarError:
    expected, got, hints = [], [], []
    for problem in error.errors():
        loc = [str(part) for part in problem["loc"]]
        where = ".".join(loc) or "the file"
        model = _NESTED[loc[0]] if len(loc) > 1 and loc[0] in _NESTED else Sidecar
        if problem["type"] == "extra_forbidden":
            got.append(f"unknown key {where!r}")
            expected.append(f"keys {', '.join(model.model_fields)}")
            close = difflib.get_close_matches(loc[-1], model.model_fields, n=1)
            hints.append(f"did you mean {close[0]!r} for {loc[-1]!r}?" if close else f"remove {where!r}")
        elif problem["type"] == "missing":
            got.append(f"no key {where!r}")
            expected.append(f"keys {', '.join(model.model_fields)}")
            hints.append(f"add {where!r}")
        else:
            expected.append(f"{where}: {problem['msg'].removeprefix('Value error, ').removeprefix('Input should be ')}")
            got.append(f"{where}: {_short(problem['input'])}")
            hints.append(f"mend {where!r}")
    return SidecarError(
        "the sidecar does not follow the schema",
        where=str(file),
        expected="; ".join(dict.fromkeys(expected)),
        got="; ".join(got),
        todo="; ".join(hints),
    )


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
