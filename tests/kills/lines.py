"""Does something at a chosen line of the program, such as killing the own process: reproducible, and hits every step of an operation."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import CodeType

import chatdesk

_PACKAGE = Path(chatdesk.__file__).parent


class CountedLines:
    """Counts lines. `reached` is the number of those that ran so far."""

    reached = 0


@contextmanager
def at_line(number: int, act: Callable[[], object], *parts: str) -> Iterator[CountedLines]:
    """Call `act` when the line with this number, from 1, is about to run in these parts of the package; again if it returns False.

    Lines are counted in all threads, and as often as they run. If there are fewer, the block completes; at `0` nothing is called.
    """
    folders = tuple(str(_PACKAGE / part) for part in parts)
    lines = count(1)
    counted = CountedLines()
    is_due = number > 0

    def on_line(code: CodeType, _line: int) -> object:
        nonlocal is_due
        if not code.co_filename.startswith(folders):
            return sys.monitoring.DISABLE
        counted.reached = next(lines)
        if is_due and counted.reached >= number:
            is_due = False
            is_due = act() is False
        return None

    tool = sys.monitoring.DEBUGGER_ID
    sys.monitoring.use_tool_id(tool, "lines")
    sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, on_line)
    sys.monitoring.restart_events()
    sys.monitoring.set_events(tool, sys.monitoring.events.LINE)
    try:
        yield counted
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)


@contextmanager
def killed_at_line(number: int, *parts: str) -> Iterator[None]:
    """Kill this process, as with `kill -9`, at a line, as in `at_line`. At `0`, print the number of lines at the end."""
    with at_line(number, lambda: os.kill(os.getpid(), signal.SIGKILL), *parts) as counted:
        yield
    if number == 0:
        sys.stdout.write(f"{counted.reached}\n")


def chosen_lines(total: int, times: int, seed: int) -> list[int]:
    """Return `times` of the lines from 1 to `total`: one at random out of each of as many equal stretches, so that no stretch is missed."""
    import random  # noqa: PLC0415 - not in the process that is killed

    randomly = random.Random(seed)
    return sorted({1 + min(total - 1, int((stretch + randomly.random()) * total / times)) for stretch in range(times)})
