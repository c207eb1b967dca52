"""T8, the preview: how long the first one takes, for how long the window stands still, and the memory that stays when it is closed."""

import json
import statistics
import subprocess
import sys

from tests.bench.figure import Figure
from tests.unprivileged import surroundings

IDS = ("T8",)
_STARTS = 5


def measure() -> list[Figure]:
    with surroundings() as (privileges, environment):
        runs = {
            kind: [
                json.loads(
                    subprocess.run(
                        [*privileges, sys.executable, "-m", "tests.bench.preview_probe", kind],
                        env=environment,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,  # Chromium misses D-Bus and fonts
                        text=True,
                        check=True,
                        timeout=60,
                    ).stdout
                )
                for _ in range(_STARTS)
            ]
            for kind in ("cold", "warmed")
        }
    cold, warmed = (
        {name: statistics.median(run[name] for run in runs[kind]) for name in runs[kind][0]} for kind in runs
    )
    more = {name: cold[f"memory {name}"] - cold["memory before"] for name in ("open", "closed")}
    return [
        Figure("T8.first_open", cold["open"], "ms", at_most=450, beside={"prewarmed": warmed["open"]}),
        Figure("T8.longest_slice", cold["open slice"], "ms", beside={"prewarmed": warmed["open slice"]}),
        Figure("T8.warming_slice", warmed["warming slice"], "ms", beside={"the one after it": warmed["other slice"]}),
        Figure("T8.close_slice", cold["close slice"], "ms"),
        Figure("T8.memory_open", more["open"], "MB PSS more"),
        Figure(
            "T8.memory_closed",
            more["closed"],
            "MB PSS more",
            beside={"only prewarmed": warmed["memory warmed"] - warmed["memory before"]},
        ),
    ]
