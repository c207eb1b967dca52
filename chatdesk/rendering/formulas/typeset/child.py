"""The process that sets formulas: one after the other, as lines of JSON, no longer than the program that started it.

A process and not a thread, because a thread would hold Python's lock while the window wants to paint. The program's side: `process.py`.
"""

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from chatdesk.rendering.formulas.typeset.child_argument import FORMULA_CHILD_ARGUMENT

_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2
_PRIORITY = 5
"""Niceness: the window goes first."""
_MOST_MEMORY = 512 * 1024 * 1024


def child_command() -> list[str]:
    """Return the command that runs this file's `main` in a new process, from source or from a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FORMULA_CHILD_ARGUMENT]
    return [sys.executable, "-m", "chatdesk.rendering.formulas.typeset.child"]


def request(latex: str, *, displayed: bool) -> bytes:
    """Return the line that asks for a formula."""
    return json.dumps([latex, displayed]).encode("ascii") + b"\n"


def main() -> NoReturn:
    """Set what standard input asks for until it ends, and end at once: also in the middle of a formula that takes forever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the program, which then ends us
    _be_modest()
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), name="read", daemon=True).start()
    send = _open_channel()
    from chatdesk.rendering.formulas.typeset.outline import (  # noqa: PLC0415 - the parent must be watched before this takes its time
        encode,
    )
    from chatdesk.rendering.formulas.typeset.setter import FormulaSetter  # noqa: PLC0415 - likewise

    setter = FormulaSetter()
    while True:
        latex, displayed = json.loads(lines.get())
        send(encode(setter.set(latex, displayed=displayed)))


def _be_modest() -> None:
    """Take no more than a share of the machine, as far as the system lets us say so."""
    if sys.platform != "win32":  # there, the program sets the priority
        os.nice(_PRIORITY)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _open_channel() -> Callable[[bytes], None]:
    """Keep standard output for formulas, and send whatever else is printed there to standard error."""
    channel = os.fdopen(os.dup(_STANDARD_OUTPUT), "wb", buffering=0)
    os.dup2(_STANDARD_ERROR, _STANDARD_OUTPUT)

    def send(line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[channel.write(rest) :]

    return send


def _read(lines: "queue.SimpleQueue[bytes]") -> None:
    """Pass on what is asked for. The system ends the pipe when the program ends, even when that is killed; then we end too."""
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
