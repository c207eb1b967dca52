"""The programs that Chatdesk runs as child processes, and what the children share. The parent's side is `child_process.py`.

Every start looks up the arguments of a frozen program here, so nothing heavy may be imported.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from typing import BinaryIO

from chatdesk.kernel.fast_dataclass import dataclass

_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR = 0, 1, 2
_LIBRARY_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""A bundled program puts its own libraries first; the original values are saved in variables with `_ORIG`, and other programs need them."""
_NICENESS = 5
"""The window has priority. Next to the engine its frames were up to 18 ms late without this, 7 ms with it."""


@dataclass(frozen=True, slots=True)
class ChildProgram:
    """A module whose `main` runs in a separate process, and the argument with which a frozen program runs it."""

    argument: str
    module: str

    def command(self) -> list[str]:
        """Return the command that starts the program, from source or from a frozen program."""
        if getattr(sys, "frozen", False):
            return [sys.executable, self.argument]
        return [sys.executable, "-m", self.module]


ENGINE_CHILD = ChildProgram("--chatdesk-engine-child", "chatdesk.engine.child")
FORMULA_CHILD = ChildProgram("--chatdesk-formula-child", "chatdesk.rendering.formulas.typeset.child")
DOCUMENT_CHILD = ChildProgram("--chatdesk-document-child", "chatdesk.app.document_child")
IMPORT_CHILD = ChildProgram("--chatdesk-import-child", "chatdesk.app.import_child")
PDF_CHILD = ChildProgram("--chatdesk-pdf-child", "chatdesk.app.children.pdf_child")
PASSPHRASE_CHILD = ChildProgram("--chatdesk-passphrase-child", "chatdesk.storage.files.age_encryption")


def begin_child(most_memory: int = 0, most_program_memory: int = 0) -> tuple[BinaryIO, BinaryIO]:
    """Prepare this process to serve its parent. Return the input pipe and the pipe for messages to the parent.

    `most_memory` limits the memory, in bytes, if the system supports it. The programs that this process starts inherit the limit; it can
    be raised for them up to `most_program_memory`. Everything else that is printed goes to standard error.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the parent, which then ends this process
    if sys.platform != "win32":  # there, the parent sets the priority
        os.nice(_NICENESS)
    if sys.platform == "linux" and most_memory:
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (most_memory, max(most_memory, most_program_memory)))
    messages = os.fdopen(os.dup(_STANDARD_OUTPUT), "wb")
    os.dup2(_STANDARD_ERROR, _STANDARD_OUTPUT)
    return os.fdopen(_STANDARD_INPUT, "rb", closefd=False), messages


def exit_with_parent(requests: BinaryIO, before_exit: Callable[[], None] = lambda: None) -> threading.Thread:
    """End this process as soon as `requests` is closed. The system closes the pipe when the parent ends, even if it is killed."""

    def wait() -> None:
        requests.read()
        try:
            before_exit()
        finally:
            os._exit(1)

    thread = threading.Thread(target=wait, name="watch-parent", daemon=True)
    thread.start()
    return thread


def outside_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a program that is not part of this one."""
    cleaned = dict(environment)
    for name in _LIBRARY_VARIABLES:
        original = cleaned.pop(f"{name}_ORIG", None)
        if original is not None:
            cleaned[name] = original
        elif getattr(sys, "frozen", False):
            cleaned.pop(name, None)
    return cleaned
