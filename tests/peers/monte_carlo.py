"""Brightway's Monte Carlo of a system given as JSON on standard input; run by the peers' Python, which has bw2calc.

In: draws, seed, `edges` (from, to, distribution) of a tree of activities that begins at `demand`, `factors` (activity,
category, distribution), `categories` and `keep` (whether the scores are given back). A distribution has kind (fixed,
lognormal or uniform), value, log_deviation, lower_limit and upper_limit; the value of a lognormal is its median.
Out: seconds and seconds of the processor of the draws alone, seconds of the first calculation, peak memory in MB and,
by category, the scores of the draws.
"""

import json
import math
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import bw2calc  # noqa: E402
import bw_processing  # noqa: E402
import numpy as np  # noqa: E402

KINDS = {"fixed": 1, "lognormal": 2, "uniform": 4}


def uncertain(distributions: list[dict]) -> np.ndarray:
    """Rows of stats_arrays: of a lognormal, loc is the logarithm of the median and scale the deviation of it."""
    rows = np.zeros(len(distributions), dtype=bw_processing.UNCERTAINTY_DTYPE)
    for row, one in zip(rows, distributions, strict=True):
        row["uncertainty_type"] = KINDS[one["kind"]]
        row["loc"] = math.log(one["value"]) if one["kind"] == "lognormal" else one["value"]
        row["scale"] = one["log_deviation"] if one["kind"] == "lognormal" else np.nan
        row["shape"] = np.nan
        row["minimum"] = one["lower_limit"] if one["kind"] == "uniform" else np.nan
        row["maximum"] = one["upper_limit"] if one["kind"] == "uniform" else np.nan
    return rows


def add(package, matrix: str, cells: list[tuple[int, int]], distributions: list[dict], **more) -> None:
    package.add_persistent_vector(
        matrix=matrix,
        name=f"{matrix}-{len(package.resources)}",
        indices_array=np.array(cells, dtype=bw_processing.INDICES_DTYPE),
        data_array=np.array([one["value"] for one in distributions], dtype=float),
        distributions_array=uncertain(distributions),
        **more,
    )


def main() -> None:
    system = json.load(sys.stdin)
    names = sorted({system["demand"]} | {edge["to"] for edge in system["edges"]})
    number = {name: position + 1 for position, name in enumerate(names)}
    emission = {name: position + 10_000 for position, name in enumerate(names)}
    one = {"kind": "fixed", "value": 1.0}
    base = bw_processing.create_datapackage()
    add(base, "technosphere_matrix", [(number[name], number[name]) for name in names], [one] * len(names))
    edges = [(number[edge["to"]], number[edge["from"]]) for edge in system["edges"]]
    add(
        base,
        "technosphere_matrix",
        edges,
        [edge["distribution"] for edge in system["edges"]],
        flip_array=np.ones(len(edges), dtype=bool),
    )
    # one emission an activity, so that each factor stands in the characterisation
    add(base, "biosphere_matrix", [(emission[name], number[name]) for name in names], [one] * len(names))
    seconds, processor, first, scores = 0.0, 0.0, 0.0, {}
    for category in system["categories"]:
        method = bw_processing.create_datapackage()
        chosen = [factor for factor in system["factors"] if factor["category"] == category]
        add(
            method,
            "characterization_matrix",
            [(emission[factor["activity"]], emission[factor["activity"]]) for factor in chosen],
            [factor["distribution"] for factor in chosen],
        )
        began = time.perf_counter()
        lca = bw2calc.LCA(
            {number[system["demand"]]: 1.0},
            data_objs=[base, method],
            use_distributions=True,
            seed_override=system["seed"],
        )
        lca.lci()
        lca.lcia()
        first += time.perf_counter() - began
        began, worked = time.perf_counter(), time.process_time()
        drawn = []
        for _ in range(system["draws"]):
            next(lca)
            drawn.append(float(lca.score))
        seconds += time.perf_counter() - began
        processor += time.process_time() - worked
        scores[category] = drawn if system["keep"] else []
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer = {"seconds": seconds, "processor": processor, "first": first, "peak": peak, "scores": scores}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
