"""`python3 dev.py bench [ID ...] [--json FILE]`: measures, prints one line a figure, and writes them as JSON.

Each file `bench_*.py` beside this one has `IDS`, the goals it measures ("T7"), and `measure()`, which returns a list of figures.
Every file is measured in a process of its own, so that none finds the memory or the caches of another. Exit code 1 says that a goal
is not met.
"""

import argparse
import importlib
import json
import multiprocessing
import platform
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench.figure import Figure


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="measure only these goals or figures, by the beginning of their names"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    figures = []
    for figure in measure_all(tuple(options.ids)):
        sys.stdout.write(line(figure) + "\n")
        sys.stdout.flush()
        figures.append(figure)
    if not figures:
        parser.error(f"nothing is measured for {' '.join(options.ids)}")
    if options.json:
        options.json.write_text(json.dumps([as_json(figure) for figure in figures], indent=1), encoding="utf-8")
    return 0 if all(figure.met for figure in figures) else 1


def measure_all(ids: tuple[str, ...]) -> Iterator[Figure]:
    """Measure the files that can hold figures so named; without names, all."""
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        bench = importlib.import_module(f"tests.bench.{file.stem}")
        if ids and {name.partition(".")[0] for name in ids}.isdisjoint(bench.IDS):
            continue
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            figures = process.submit(bench.measure).result()
        yield from (figure for figure in figures if not ids or figure.id.startswith(ids))


def line(figure: Figure) -> str:
    """`T7.list   0.52 ms   goal <= 50: met   (empty window 0.1)`."""
    text = f"{figure.id:30} {figure.value:12,.2f} {figure.unit:16}"
    if figure.goal:
        text += f" goal {figure.goal}: {'met' if figure.met else 'NOT MET'}"
    if figure.beside:
        text += "  (" + ", ".join(f"{name} {value:,.2f}" for name, value in figure.beside.items()) + ")"
    return text.rstrip()


def as_json(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "value": figure.value,
        "unit": figure.unit,
        "goal": figure.goal,
        "met": figure.met,
        "beside": dict(figure.beside),
        "machine": f"{platform.platform()}, Python {platform.python_version()}",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
