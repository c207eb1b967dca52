"""The programs that Chatdesk runs as child processes, and what they share on their own side. The parent's side: `child_process.py`.

Every start looks here for the arguments of a frozen program, so nothing heavy may be imported.
"""

import os
import signal
import sys
import threading
from typing import BinaryIO

from chatdesk.kernel.fast_dataclass import dataclass

_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR = 0, 1, 2
_NICENESS = 5
"""The window goes first. Its frames came up to 18 ms late next to the engine without it, 7 ms with it."""


@dataclass(frozen=True, slots=True)
class ChildProgram:
    """A module whose `main` runs in a process of its own, and the argument that makes a frozen program run it."""

    argument: str
    module: str

    def command(self) -> list[str]:
        """Return the command that starts it, from source or from a frozen program."""
        if getattr(sys, "frozen", False):
            return [sys.executable, self.argument]
        return [sys.executable, "-m", self.module]


ENGINE_CHILD = ChildProgram("--chatdesk-engine-child", "chatdesk.engine.child")
FORMULA_CHILD = ChildProgram("--chatdesk-formula-child", "chatdesk.rendering.formulas.typeset.child")
IMPORT_CHILD = ChildProgram("--chatdesk-import-child", "chatdesk.app.import_child")


def begin_child(most_memory: int = 0) -> tuple[BinaryIO, BinaryIO]:
    """Prepare this process to serve its parent. Return the pipe it reads from, and the one it writes messages to.

    `most_memory` limits the memory, in bytes, where the system can do so. Whatever else is printed goes to standard error.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the parent, which then ends this process
    if sys.platform != "win32":  # there, the parent sets the priority
        os.nice(_NICENESS)
    if sys.platform == "linux" and most_memory:
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
    messages = os.fdopen(os.dup(_STANDARD_OUTPUT), "wb")
    os.dup2(_STANDARD_ERROR, _STANDARD_OUTPUT)
    return os.fdopen(_STANDARD_INPUT, "rb", closefd=False), messages


def exit_with_parent(requests: BinaryIO) -> threading.Thread:
    """End this process as soon as `requests` ends. The system closes the pipe with the parent, even if that is killed."""

    def wait() -> None:
        requests.read()
        os._exit(1)

    thread = threading.Thread(target=wait, name="watch-parent", daemon=True)
    thread.start()
    return thread
