"""The process that sets formulas: one after the other, as lines of JSON, no longer than the program that started it.

A process and not a thread, because a thread would hold Python's lock while the window wants to paint. The program's side: `process.py`.
"""

import json
import os
import queue
import threading
from typing import BinaryIO, NoReturn

from chatdesk.kernel.aio.child_program import begin_child

_MOST_MEMORY = 512 * 1024 * 1024


def request(latex: str, *, displayed: bool) -> bytes:
    """Return the line that asks for a formula."""
    return json.dumps([latex, displayed]).encode("ascii") + b"\n"


def main() -> NoReturn:
    """Set what standard input asks for until it ends, and end at once: also in the middle of a formula that takes forever."""
    requests, answers = begin_child(_MOST_MEMORY)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, lines), name="read", daemon=True).start()
    from chatdesk.rendering.formulas.typeset.setter import FormulaSetter  # noqa: PLC0415 - likewise
    from chatdesk.rendering.formulas.typeset.typeset_formula import (  # noqa: PLC0415 - the parent must be watched before this takes its time
        encode,
    )

    setter = FormulaSetter()
    while True:
        latex, displayed = json.loads(lines.get())
        answers.write(encode(setter.set(latex, displayed=displayed)))
        answers.flush()


def _read(requests: BinaryIO, lines: "queue.SimpleQueue[bytes]") -> None:
    """Pass on what is asked for. The system ends the pipe when the program ends, even when that is killed; then we end too."""
    for line in requests:
        lines.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
