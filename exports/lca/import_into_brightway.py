"""Import a Brightway export of Cradle into the current project, and compute its totals.

    python import_into_brightway.py PROJECT cradle-brightway.json

Needs bw2data and bw2calc alone, and nothing of Cradle.
"""

import json
import sys
from pathlib import Path
from typing import Any

FORM, DATABASE, FACTORS = "cradle-brightway-1", "cradle", "cradle factors"


def import_file(path: Path) -> dict[str, Any]:
    """Write the databases and methods of the file into the current Brightway project; returns the file's content.

    Raises ValueError for a file of another form. Databases of the same names are replaced.
    """
    import bw2data

    content = json.loads(path.read_text(encoding="utf-8"))
    if content.get("form") != FORM:
        raise ValueError(f"{path}: expected a file of the form {FORM}, got {content.get('form')}")
    for name in (FACTORS, DATABASE):  # what is pointed at comes first
        data = {(name, process["code"]): _process(process) for process in content["databases"][name]}
        bw2data.Database(name).write(data)
    for method in content["methods"]:
        target = bw2data.Method(tuple(method["name"]))
        target.register(unit=method["unit"])
        target.write([(tuple(flow), value) for flow, value in method["factors"]])
    return content


def totals(content: dict[str, Any]) -> list[tuple[str, str, str, float | None, str, float | None]]:
    """Scenario, view, category, total by Brightway, its unit and the mart's total, for every total of the file.

    A total that the mart does not have is None on both sides: Brightway would say 0.
    """
    import bw2calc

    units = [process for process in content["databases"][DATABASE] if "totals" in process]
    methods = {tuple(method["name"]) for method in content["methods"]}
    wanted = [(process, total) for process in units for total in process["totals"]]
    if not wanted or not methods:
        return [_row(process, total, None) for process, total in wanted]
    import bw2data

    ids = {process["code"]: bw2data.get_node(database=DATABASE, code=process["code"]).id for process in units}
    scores = bw2calc.MultiLCA(
        demands={process["code"]: {ids[process["code"]]: 1.0} for process in units},
        method_config={"impact_categories": sorted(methods)},
        data_objs=bw2data.get_multilca_data_objs(
            {process["code"]: {ids[process["code"]]: 1.0} for process in units},
            {"impact_categories": sorted(methods)},
        ),
    )
    scores.lci()
    scores.lcia()
    found = scores.scores
    rows = []
    for process, total in wanted:
        key = ("Cradle", total["impact_category"]), process["code"]
        rows.append(_row(process, total, None if total["value"] is None else float(found[key])))
    return rows


def _row(process: dict, total: dict, score: float | None) -> tuple:
    about = process["scenario_id"], process["electricity_view"], total["impact_category"]
    return (*about, score, total["unit"], total["value"])


def _process(process: dict) -> dict:
    exchanges = [{**exchange, "input": tuple(exchange["input"])} for exchange in process.get("exchanges", [])]
    ready = {**process, "exchanges": exchanges}
    if "categories" in ready:
        ready["categories"] = tuple(ready["categories"])
    return ready


if __name__ == "__main__":
    import bw2data

    bw2data.projects.set_current(sys.argv[1])
    for row in totals(import_file(Path(sys.argv[2]))):
        print(*("not modelled" if cell is None else cell for cell in row), sep="\t")
