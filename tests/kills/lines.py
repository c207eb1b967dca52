"""Kills the own process at a chosen line: reproducible, and hits every step of an operation, unlike a kill after some time."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import CodeType

import chatdesk

_PACKAGE = Path(chatdesk.__file__).parent


@contextmanager
def killed_at_line(number: int, *parts: str) -> Iterator[None]:
    """Kill this process, as with `kill -9`, when the line with this number, from 1, is about to run in these parts of the package.

    Lines are counted in all threads, and as often as they run. If there are fewer, the block completes; `0` never kills, and prints the
    number of lines at the end.
    """
    folders = tuple(str(_PACKAGE / part) for part in parts)
    lines = count(1)
    reached = 0

    def on_line(code: CodeType, _line: int) -> object:
        nonlocal reached
        if not code.co_filename.startswith(folders):
            return sys.monitoring.DISABLE
        reached = next(lines)
        if reached == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return None

    tool = sys.monitoring.DEBUGGER_ID
    sys.monitoring.use_tool_id(tool, "kills")
    sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, on_line)
    sys.monitoring.set_events(tool, sys.monitoring.events.LINE)
    try:
        yield
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)
    if number == 0:
        sys.stdout.write(f"{reached}\n")


def chosen_lines(total: int, times: int, seed: int) -> list[int]:
    """Return `times` of the lines from 1 to `total`: one at random out of each of as many equal stretches, so that no stretch is missed."""
    import random  # noqa: PLC0415 - not in the process that is killed

    randomly = random.Random(seed)
    return sorted({1 + min(total - 1, int((stretch + randomly.random()) * total / times)) for stretch in range(times)})
