"""Write the synthetic traces of this folder again: `python examples/power/make_traces.py`.

No meter was read. The numbers are drawn with a seed from a rule that is stated here, so that what the warehouse makes
of them can be checked: a node takes 120 W idle; a run of training takes 15 s at 200 W to start and then 0.2 s a step at
420 W; a run of inference takes 60 s at 180 W and 40 W more for each doubling of the batch. Noise is normal, 6 W.
"""

import csv
import math
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20260101
STEPS = (50, 100, 200, 500, 1000, 2000)
BATCHES = (1, 2, 4, 8, 16, 32, 64)
REPEATS = (1, 2, 3)
IDLE_W, START_W, STEP_W, NOISE_W = 120, 200, 420, 6
IDLE_S, START_S, STEP_S, INFERENCE_S = 20, 15, 0.2, 60
TRAINING_BEGAN, INFERENCE_BEGAN = datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 2, tzinfo=UTC)


def main() -> None:
    """Write the two traces, and the windows of their runs with what each run did."""
    draw = random.Random(SEED)
    training = [
        (
            f"synthetic_training_{steps}_steps_{n}",
            [(START_W, START_S), (STEP_W, steps * STEP_S)],
            ("synthetic_training", "step", steps),
        )
        for n in REPEATS
        for steps in STEPS
    ]
    inference = [
        (
            f"synthetic_inference_batch_{batch}_{n}",
            [(180 + 40 * math.log2(batch), INFERENCE_S)],
            (f"synthetic_inference_batch_{batch}", "image", batch * INFERENCE_S),
        )
        for n in REPEATS
        for batch in BATCHES
    ]
    windows = []
    for name, runs, began in (
        ("synthetic_training.csv", training, TRAINING_BEGAN),
        ("synthetic_inference.csv", inference, INFERENCE_BEGAN),
    ):
        powers = []
        for run, parts, did in runs:
            powers += [IDLE_W] * IDLE_S
            begin = len(powers)
            for power, seconds in parts:
                powers += [power] * round(seconds)
            begin_and_end = (_text(began, second) for second in (begin, len(powers)))
            windows.append([run, run, name, *begin_and_end, *did])
        powers += [IDLE_W] * IDLE_S
        rows = [(_text(began, second), round(draw.gauss(power, NOISE_W), 1)) for second, power in enumerate(powers)]
        _write(HERE / "traces" / name, ["time", "synthetic_w"], rows)
    header = ["window_name", "run_id", "file", "begin", "end", "task", "work_unit", "work_amount"]
    _write(HERE / "windows.csv", header, windows)


def _text(began: datetime, second: int) -> str:
    return (began + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _write(file: Path, header: list[str], rows: list) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
