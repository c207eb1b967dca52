"""The process that typesets formulas one after another, exchanging lines of JSON, and ends with its parent.

It is a process because a thread would hold Python's lock while the window has to paint. The parent's side is `process.py`.
"""

import json
import os
import queue
import threading
from typing import BinaryIO, NoReturn

from chatdesk.kernel.aio.child_program import begin_child

_MAX_MEMORY = 512 * 1024 * 1024


def request(latex: str, *, displayed: bool) -> bytes:
    """Return the line that requests a formula."""
    return json.dumps([latex, displayed]).encode("ascii") + b"\n"


def main() -> NoReturn:
    """Typeset the formulas requested on standard input until it ends; then exit immediately, even during an endless formula."""
    requests, answers = begin_child(_MAX_MEMORY)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, lines), name="read", daemon=True).start()
    # Start watching the parent before this takes its time.
    from chatdesk.rendering.formulas.typeset.setter import FormulaSetter  # noqa: PLC0415
    from chatdesk.rendering.formulas.typeset.typeset_formula import encode  # noqa: PLC0415

    setter = FormulaSetter()
    while True:
        latex, displayed = json.loads(lines.get())
        answers.write(encode(setter.set(latex, displayed=displayed)))
        answers.flush()


def _read(requests: BinaryIO, lines: "queue.SimpleQueue[bytes]") -> None:
    """Pass on requests. The system closes the pipe when the parent ends, even if it is killed; then exit."""
    for line in requests:
        lines.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
