"""The process that reads foreign files: they may be made to cost an hour or all memory, and then it ends, not the window.

It is told in one line which paths to look at for presets, or which file of a chat to read, tells what it finds in lines, and lives no
longer than the program that started it. Here it is put together; what it does is `features/presets/importing/` and
`features/conversations/services/files/chat_reading.py`, and
the program's side of it `features/presets/importing/process.py`.
"""

import gc
import json
import os
from pathlib import Path
from typing import NoReturn

from chatdesk.kernel.aio.child_program import begin_child, exit_with_parent

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes it may take. Where the system does not see to that, the program does: `features/presets/importing/process.py`."""


def main() -> NoReturn:
    """Read the files that the first line of standard input names, and end; at once when standard input ends."""
    gc.disable()  # it lives for a moment; looking for garbage among millions of values costs more than they do
    requests, channel = begin_child(MOST_MEMORY)
    asked = json.loads(requests.readline())
    exit_with_parent(requests)

    if isinstance(asked, dict):
        from chatdesk.features.conversations.services.files.chat_reading import (  # noqa: PLC0415 - the program is watched before
            write_chat,
        )

        write_chat(Path(asked["chat"]), channel.write)
        channel.flush()
        os._exit(0)  # the watching thread would wait for the program
    from chatdesk.features.presets.importing.files import read_files  # noqa: PLC0415 - the program is watched before
    from chatdesk.features.presets.importing.findings_lines import to_line  # noqa: PLC0415 - likewise
    from chatdesk.kernel.presets.preset_import import Finding  # noqa: PLC0415 - likewise
    from chatdesk.storage.files.foreign_assistants import read_foreign_assistants  # noqa: PLC0415 - likewise

    def tell(finding: Finding) -> None:
        channel.write(to_line(finding))
        channel.flush()

    read_files([Path(path) for path in asked], read_foreign_assistants, tell)
    os._exit(0)  # the watching thread would wait for the program


if __name__ == "__main__":
    main()
