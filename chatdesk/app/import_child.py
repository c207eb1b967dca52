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
    request = json.loads(requests.readline())
    exit_with_parent(requests)

    if isinstance(request, dict) and "preview" in request:
        from chatdesk.features.conversations.importing.run import preview  # noqa: PLC0415 - the program is watched before
        from chatdesk.storage.files.foreign_database import open_foreign_database  # noqa: PLC0415 - likewise

        preview([Path(path) for path in request["preview"]], open_foreign_database, channel.write)
        channel.flush()
        os._exit(0)  # the watching thread would wait for the program
    if isinstance(request, dict) and "send" in request:
        from chatdesk.features.conversations.importing.run import send  # noqa: PLC0415 - the program is watched before
        from chatdesk.storage.files.foreign_database import open_foreign_database  # noqa: PLC0415 - likewise

        send([Path(path) for path in request["send"]], request["chosen"], open_foreign_database, channel.write)
        channel.flush()
        os._exit(0)  # likewise
    if isinstance(request, dict) and "bundle" in request:
        from chatdesk.features.sync.files.bundle import write_findings  # noqa: PLC0415 - the program is watched before

        write_findings(Path(request["bundle"]), request["milliseconds"], channel.write)
        channel.flush()
        os._exit(0)  # the watching thread would wait for the program
    if isinstance(request, dict) and "key_of" in request:
        from chatdesk.features.conversations.importing.run import send_key  # noqa: PLC0415 - the program is watched before
        from chatdesk.storage.files.foreign_database import open_foreign_database  # noqa: PLC0415 - likewise

        send_key([Path(path) for path in request["paths"]], request["key_of"], open_foreign_database, channel.write)
        channel.flush()
        os._exit(0)  # likewise
    from chatdesk.features.presets.importing.files import read_files  # noqa: PLC0415 - the program is watched before
    from chatdesk.features.presets.importing.process import to_line  # noqa: PLC0415 - likewise
    from chatdesk.kernel.presets.preset_import import Finding  # noqa: PLC0415 - likewise
    from chatdesk.storage.files.foreign_database import read_foreign_assistants  # noqa: PLC0415 - likewise

    def send_finding(finding: Finding) -> None:
        channel.write(to_line(finding))
        channel.flush()

    read_files([Path(path) for path in request], read_foreign_assistants, send_finding)
    os._exit(0)  # the watching thread would wait for the program


if __name__ == "__main__":
    main()
