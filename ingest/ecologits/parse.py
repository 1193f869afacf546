"""The three published JSON files to tables of text under our names. Nothing is judged, merged or converted here."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.json_text import Members, cell, items, members, read_json, words

if TYPE_CHECKING:
    import polars as pl

# no warning holds a ';' and no address a blank
WARNINGS, ADDRESSES = ";", " "
MIX = {"name": "place_code", "adpe": "adpe", "pe": "pe", "gwp": "gwp", "wue": "wue"}
EMBODIED = ["gwp", "adpe", "pe"]
POWER = ["p2_5", "mean", "p97_5"]


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return the entities that a file holds, each as text columns and row_number; raise ParseError.

    electricity_mixes.json gives electricity_mixes, models.json gives models and aliases, video_models.json gives
    hardware and providers. A number where a range may stand is its own lower and upper end.
    """
    path = Path(path)
    content = read_json(path)
    keys = {key for key, _ in content}
    for known, entities in FILES.items():
        if keys == set(known):
            record = content.only(list(known), path.name)
            return {
                entity: _frame([row(*part) for part in _parts(record[key], f"{path.name}, {key}")], entity, path.name)
                for entity, (key, row) in entities.items()
            }
    raise ParseError(
        "This is none of the files of EcoLogits that are read here",
        where=path.name,
        expected=" or ".join("an object with " + ", ".join(known) for known in FILES),
        got=", ".join(map(ascii, sorted(keys)))[:200] or "an empty object",
        todo="give electricity_mixes.json, models.json and video_models.json of the package",
    )


def _parts(value: object, where: str) -> list[tuple]:
    """The objects of a list, or of an object with their key, each with the place where it stands."""
    if isinstance(value, Members):
        return [((key, part), f"{where}, {key!a}") for key, part in value]
    return [(part, f"{where}, entry {number}") for number, part in enumerate(items(value, where), start=1)]


def _mix(value: object, where: str) -> dict[str, str | None]:
    mix = members(value, where).only([*MIX, "warnings"], where)
    cells = {ours: cell(mix[theirs], f"{where}, {theirs}") for theirs, ours in MIX.items()}
    return cells | {"warnings": words(mix["warnings"], f"{where}, warnings", WARNINGS)}


def _alias(value: object, where: str) -> dict[str, str | None]:
    alias = members(value, where).only(["type", "provider", "name", "alias"], where)
    names = {"type": "record_type", "provider": "provider", "name": "model_alias", "alias": "model_name"}
    return {ours: cell(alias[theirs], f"{where}, {theirs}") for theirs, ours in names.items()}


def _model(value: object, where: str) -> dict[str, str | None]:
    keys = ["type", "provider", "name", "architecture", "warnings", "sources", "deployment"]
    model = members(value, where).only(keys, where)
    architecture = members(model["architecture"], where).only(["type", "parameters"], f"{where}, architecture")
    speed = members(model["deployment"], where).only(["tps", "ttft"], f"{where}, deployment")
    return {
        "record_type": cell(model["type"], where),
        "provider": cell(model["provider"], where),
        "model_name": cell(model["name"], where),
        "architecture_type": cell(architecture["type"], where),
        **_parameters(architecture["parameters"], f"{where}, parameters"),
        "tps": cell(speed["tps"], f"{where}, tps"),
        "ttft": cell(speed["ttft"], f"{where}, ttft"),
        "warnings": words(model["warnings"], f"{where}, warnings", WARNINGS),
        "sources": words(model["sources"], f"{where}, sources", ADDRESSES),
    }


def _parameters(value: object, where: str) -> dict[str, str | None]:
    total, active = value, None
    if isinstance(value, Members) and {key for key, _ in value} & {"total", "active"}:
        both = value.only(["total", "active"], where)
        total, active = both["total"], both["active"]
    return _ends("parameters_total", total, where) | _ends("parameters_active", active, where)


def _hardware(value: tuple[str, object], where: str) -> dict[str, str | None]:
    name, content = value
    keys = ["number_of_accelerators", "server_power", "server_embodied", "accelerator_embodied"]
    hardware = members(content, where).only(keys, where)
    cells = {"configuration": cell(name, where), "number_of_accelerators": cell(hardware[keys[0]], where)}
    for group, names, ours in (
        ("server_power", POWER, "server_power_w_{}"),
        ("server_embodied", EMBODIED, "server_{}"),
        ("accelerator_embodied", EMBODIED, "accelerator_{}"),
    ):
        found = members(hardware[group], f"{where}, {group}").only(names, f"{where}, {group}")
        cells |= {ours.format(key): cell(found[key], f"{where}, {group}") for key in names}
    return cells


def _provider(value: tuple[str, object], where: str) -> dict[str, str | None]:
    name, content = value
    keys = ["datacenter_location", "datacenter_pue", "datacenter_wue"]
    provider = members(content, where).only(keys, where)
    return {
        "provider": cell(name, where),
        "datacenter_location": cell(provider[keys[0]], where),
        **_ends("datacenter_pue", provider[keys[1]], where),
        **_ends("datacenter_wue", provider[keys[2]], where),
    }


def _ends(name: str, value: object, where: str) -> dict[str, str | None]:
    if isinstance(value, Members):
        ends = value.only(["min", "max"], where)
        return {f"{name}_{end}": cell(ends[end], where) for end in ("min", "max")}
    return {f"{name}_{end}": cell(value, where) for end in ("min", "max")}


def _frame(rows: list[dict[str, str | None]], entity: str, file_name: str) -> "pl.DataFrame":
    import polars as pl

    if not rows:
        raise ParseError(
            "A list of the file is empty",
            where=f"{file_name}, {entity}",
            expected="at least one entry",
            got="none",
            todo="download the file again",
        )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    return frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


Row = Callable[[object, str], dict[str, str | None]]
# the keys of each file -> entity -> the key it stands under and what reads one entry; the models of
# video_models.json are regressions for one tool and are not landed
FILES: dict[tuple[str, ...], dict[str, tuple[str, Row]]] = {
    ("electricity_mixes",): {"electricity_mixes": ("electricity_mixes", _mix)},
    ("aliases", "models"): {"models": ("models", _model), "aliases": ("aliases", _alias)},
    ("provider_configurations", "hardware_configurations", "models"): {
        "hardware": ("hardware_configurations", _hardware),
        "providers": ("provider_configurations", _provider),
    },
}
