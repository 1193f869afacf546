"""What a mart is made from, as the code of the models says: marts it reads, datasets and seeds at the far end."""

import re
from dataclasses import dataclass
from pathlib import Path

from cradle.paths import PROJECT_ROOT

_REF = re.compile(r"\bref\(\s*['\"](\w+)['\"]\s*\)")
_SOURCE = re.compile(r"\bsource\(\s*['\"]raw['\"]\s*,\s*['\"](\w+)['\"]\s*\)")
# a name that is put together or looped over: then each quoted word of the file that names a model may be meant
_PUT_TOGETHER = re.compile(r"\b(?:ref|source)\(\s*(?:['\"]raw['\"],\s*)?(?:['\"](\w+)['\"]\s*~|[a-z])")
_WORD = re.compile(r"['\"](\w+)['\"]")
_LIST_OF_ALL = "sources"  # the mart that says who published what: naming it does not mean resting on every dataset


@dataclass(frozen=True)
class Origins:
    """`datasets` (folders of ingest/) and `seeds` (hand-kept tables) count also through other models."""

    marts_read: tuple[str, ...]
    seeds_read: tuple[str, ...]
    datasets: tuple[str, ...]
    seeds: tuple[str, ...]


class Lineage:
    """The models of a checkout and what each reads."""

    def __init__(self, root: Path = PROJECT_ROOT) -> None:
        """Read the code of every model once."""
        files = [file for ending in ("sql", "py") for file in sorted((root / "models").rglob(f"*.{ending}"))]
        code = {file.stem: file.read_text(encoding="utf-8") for file in files if file.stem != "__init__"}
        self._marts = {file.stem for file in files if file.is_relative_to(root / "models" / "marts")}
        self._seeds = {file.stem for file in (root / "seeds").rglob("*.csv")}
        self._datasets = {file.parent.name for file in (root / "ingest").glob("*/source.yml")}
        self._known = set(code) | self._seeds
        self._reads = {name: self._references(text) for name, text in code.items()}

    def origins(self, model: str) -> Origins:
        """What a model rests on."""
        if model == _LIST_OF_ALL:
            seeds = tuple(sorted(self._reads[model] & self._seeds))
            return Origins((), seeds, tuple(sorted(self._datasets)), seeds)
        seen: set[str] = set()
        ahead = [model]
        while ahead:
            name = ahead.pop()
            if name not in seen and name != _LIST_OF_ALL:
                seen.add(name)
                ahead += self._reads.get(name, ())
        raw = {name.removeprefix("raw.").split("__")[0] for name in seen if name.startswith("raw.")}
        return Origins(
            tuple(sorted(self._reads[model] & self._marts)),
            tuple(sorted(self._reads[model] & self._seeds)),
            tuple(sorted(raw & self._datasets)),
            tuple(sorted(seen & self._seeds)),
        )

    def _references(self, code: str) -> set[str]:
        found = set(_REF.findall(code)) | {f"raw.{table}" for table in _SOURCE.findall(code)}
        prefixes = _PUT_TOGETHER.findall(code)
        for word in _WORD.findall(code) if prefixes else ():
            found |= {prefix + word for prefix in ("", *prefixes) if prefix + word in self._known}
        return found
