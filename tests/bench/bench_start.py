"""T4, the start: from the command to a composer one can type in, what the imports cost, and what the idle window takes."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.bench.figure import Figure
from tests.virtual_screen import virtual_screen

IDS = ("T4",)
_STARTS = 5


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as home, virtual_screen() as screen:
        _start("window", home, screen)  # the first start of a fresh home also makes its files
        windows, empty = [], []
        for _ in range(_STARTS):
            windows.append(_start("window", home, screen))
            empty.append(_start("empty", home, screen))
    window, floor = _medians(windows), _medians(empty)
    figures = [
        Figure("T4.usable", window["usable"], "s", at_most=0.6, beside={"empty window": floor["usable"]}),
        Figure("T4.first_paint", window["painted"] / floor["painted"], "x empty window", at_most=2.5),
        Figure("T4.idle", window["idle"], "% of a core", at_most=0.2, beside={"empty window": floor["idle"]}),
        *(Figure(f"T4.import_{name}", _seconds(imports) * 1000, "ms") for name, imports in _IMPORTS.items()),
    ]
    if "pss" in window:
        figures.append(Figure("T4.memory", window["pss"], "MB PSS", at_most=95, beside={"empty window": floor["pss"]}))
    return figures


_PYSIDE = "import chatdesk.app.plain_imports as imports; imports.load_pyside(); "
_IMPORTS = {
    "ask": "import chatdesk.app.ask, chatdesk.app.console.calling",
    "qt": "import PySide6.QtWidgets",
    "window": _PYSIDE + "import chatdesk.app.window",
}


def _start(kind: str, home: str, screen: dict[str, str]) -> dict[str, float]:
    """Start once, with nothing to find but what Chatdesk brings, and return what the probe tells."""
    environment = os.environ | screen | {"CHATDESK_HOME": home, "OLLAMA_HOST": "127.0.0.1:9"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # people have compiled files after their first start
    command = [sys.executable, "-m", "tests.bench.start_probe", kind, str(time.time())]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False, timeout=60)
    return dict(json.loads(result.stdout))


def _medians(starts: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(start[name] for start in starts) for name in starts[0]}


def _seconds(imports: str) -> float:
    program = f"import time; start = time.perf_counter(); {imports}; print(time.perf_counter() - start)"
    runs = [
        subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
        for _ in range(_STARTS)
    ]
    return statistics.median(float(run.stdout) for run in runs)
