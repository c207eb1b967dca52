"""Child process that reads foreign files: if one is crafted to take an hour or all memory, the child ends, not the window.

It reads one line that names the paths to search for presets or chats, writes its findings as lines, and ends with the program that started
it. This module connects `features/presets/importing/` and `features/conversations/importing/`; `features/presets/importing/process.py` is
the program's side.
"""

import gc
import json
import os
from pathlib import Path
from typing import NoReturn

from chatdesk.kernel.aio.child_program import begin_child, exit_with_parent

MAX_MEMORY = 1024 * 1024 * 1024
"""Maximum memory in bytes. If the system does not enforce it, `features/presets/importing/process.py` does."""


def main() -> NoReturn:
    """Read the files named in the first line of standard input, and exit; exit at once when standard input is closed."""
    gc.disable()  # the process is short-lived; collecting garbage among millions of values would cost more than it saves
    requests, channel = begin_child(MAX_MEMORY)
    asked = json.loads(requests.readline())
    exit_with_parent(requests)

    if isinstance(asked, dict) and "preview" in asked:
        from chatdesk.features.conversations.importing.run import preview  # noqa: PLC0415 - the program is watched before
        from chatdesk.storage.files.foreign_database import open_foreign_database  # noqa: PLC0415 - likewise

        preview([Path(path) for path in asked["preview"]], open_foreign_database, channel.write)
        channel.flush()
        os._exit(0)  # the watching thread would wait for the program
    if isinstance(asked, dict) and "send" in asked:
        from chatdesk.features.conversations.importing.run import send  # noqa: PLC0415 - the program is watched before
        from chatdesk.storage.files.foreign_database import open_foreign_database  # noqa: PLC0415 - likewise

        send([Path(path) for path in asked["send"]], asked["chosen"], open_foreign_database, channel.write)
        channel.flush()
        os._exit(0)  # likewise
    if isinstance(asked, dict) and "bundle" in asked:
        from chatdesk.features.sync.files.bundle import write_findings  # noqa: PLC0415 - the program is watched before

        write_findings(Path(asked["bundle"]), asked["milliseconds"], channel.write)
        channel.flush()
        os._exit(0)  # the watching thread would wait for the program
    if isinstance(asked, dict) and "key_of" in asked:
        from chatdesk.features.conversations.importing.run import send_key  # noqa: PLC0415 - the program is watched before
        from chatdesk.storage.files.foreign_database import open_foreign_database  # noqa: PLC0415 - likewise

        send_key([Path(path) for path in asked["paths"]], asked["key_of"], open_foreign_database, channel.write)
        channel.flush()
        os._exit(0)  # likewise
    from chatdesk.features.presets.importing.files import read_files  # noqa: PLC0415 - the program is watched before
    from chatdesk.features.presets.importing.process import to_line  # noqa: PLC0415 - likewise
    from chatdesk.kernel.presets.preset_import import Finding  # noqa: PLC0415 - likewise
    from chatdesk.storage.files.foreign_database import read_foreign_assistants  # noqa: PLC0415 - likewise

    def tell(finding: Finding) -> None:
        channel.write(to_line(finding))
        channel.flush()

    read_files([Path(path) for path in asked], read_foreign_assistants, tell)
    os._exit(0)  # the watching thread would wait for the program


if __name__ == "__main__":
    main()
