"""The process that reads foreign files: they may be made to cost an hour or all memory, and then it ends, not the window.

It is told in one line which paths to look at for presets, or which file of a chat to read, tells what it finds in lines, and lives no
longer than the program that started it. Here it is put together; what it does is `features/presets/importing/` and
`features/conversations/services/files/chat_reading.py`, and
the program's side of it `features/presets/importing/process.py`.
"""

import gc
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

from chatdesk.features.presets.importing.child_argument import IMPORT_CHILD_ARGUMENT

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes it may take. Where the system does not see to that, the program does: `features/presets/importing/process.py`."""
_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2
_PRIORITY = 5
"""Niceness: the window goes first."""


def child_command() -> list[str]:
    """Return the command that runs this file's `main` in a new process, from source or from a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, IMPORT_CHILD_ARGUMENT]
    return [sys.executable, "-m", "chatdesk.app.import_child"]


def main() -> NoReturn:
    """Read the files that the first line of standard input names, and end; at once when standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the program, which then ends us
    gc.disable()  # it lives for a moment; looking for garbage among millions of values costs more than they do
    _be_modest()
    channel = os.fdopen(os.dup(_STANDARD_OUTPUT), "wb")
    os.dup2(_STANDARD_ERROR, _STANDARD_OUTPUT)
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_program, name="watch", daemon=True).start()

    if isinstance(asked, dict):
        from chatdesk.features.conversations.services.files.chat_reading import (  # noqa: PLC0415 - the program is watched before
            tell_chat,
        )

        tell_chat(Path(asked["chat"]), channel.write)
        channel.close()
        os._exit(0)  # the watching thread would wait for the program
    from chatdesk.features.presets.importing.files import read_files  # noqa: PLC0415 - the program is watched before
    from chatdesk.features.presets.importing.findings_lines import to_line  # noqa: PLC0415 - likewise
    from chatdesk.kernel.presets.preset_import import Finding  # noqa: PLC0415 - likewise
    from chatdesk.storage.files.foreign_assistants import read_foreign_assistants  # noqa: PLC0415 - likewise

    def tell(finding: Finding) -> None:
        channel.write(to_line(finding))
        channel.flush()

    read_files([Path(path) for path in asked], read_foreign_assistants, tell)
    channel.close()
    os._exit(0)  # the watching thread would wait for the program


def _be_modest() -> None:
    if sys.platform != "win32":
        os.nice(_PRIORITY)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _end_with_the_program() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
