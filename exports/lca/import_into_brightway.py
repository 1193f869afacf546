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
    """Scenario, view, category, total by bw2calc, its unit and the mart's total, for every total of the file.

    A total that the mart does not have is None on both sides: Brightway would say 0. The databases must be imported.
    """
    import bw2calc

    units = [process for process in content["databases"][DATABASE] if "totals" in process]
    if not content["methods"]:
        return [_row(process, total, None) for process in units for total in process["totals"]]
    ids = _ids(content)
    lca = bw2calc.MultiLCA(
        demands={process["code"]: {ids[DATABASE, process["code"]]: 1.0} for process in units},
        method_config={"impact_categories": [tuple(method["name"]) for method in content["methods"]]},
        data_objs=[matrices(content, ids)],
    )
    lca.lci()
    lca.lcia()
    scores = lca.scores
    rows = []
    for process in units:
        for total in process["totals"]:
            key = ("Cradle", total["impact_category"]), process["code"]
            rows.append(_row(process, total, None if total["value"] is None else float(scores[key])))
    return rows


def matrices(content: dict[str, Any], ids: dict[tuple[str, str], int]) -> Any:
    """The file as a bw_processing datapackage in double precision, for bw2calc.

    Those that bw2data makes of a database are in single precision (bw_processing 1.6), and so right to 7 digits only.
    """
    import bw_processing
    import numpy as np

    package = bw_processing.create_datapackage(sum_intra_duplicates=True, sum_inter_duplicates=False)

    def add(
        matrix: str, name: str, cells: list[tuple[int, int, float]], flip: list[bool] | None = None, **more
    ) -> None:
        package.add_persistent_vector(
            matrix=matrix,
            name=name,
            indices_array=np.array([cell[:2] for cell in cells], dtype=bw_processing.INDICES_DTYPE),
            data_array=np.array([cell[2] for cell in cells], dtype=np.float64),
            **({} if flip is None else {"flip_array": np.array(flip)}),
            **more,
        )

    technosphere, flip, biosphere = [], [], []
    for process in content["databases"][DATABASE]:
        column = ids[DATABASE, process["code"]]
        for exchange in process["exchanges"]:
            cell = ids[tuple(exchange["input"])], column, exchange["amount"]
            if exchange["type"] == "biosphere":
                biosphere.append(cell)
            else:
                technosphere.append(cell)
                flip.append(exchange["type"] == "technosphere")
    add("technosphere_matrix", "technosphere", technosphere, flip)
    add("biosphere_matrix", "biosphere", biosphere)
    for number, method in enumerate(content["methods"]):
        cells = [(ids[tuple(flow)], ids[tuple(flow)], value) for flow, value in method["factors"]]
        add("characterization_matrix", f"method_{number}", cells, identifier=method["name"])
    return package


def _ids(content: dict[str, Any]) -> dict[tuple[str, str], int]:
    import bw2data

    return {(name, node["code"]): node.id for name in content["databases"] for node in bw2data.Database(name)}


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
