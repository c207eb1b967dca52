"""The output of a small tool of the system, or nothing: asked with a time limit, never through a shell."""

import subprocess
import sys
from collections.abc import Sequence

SECONDS = 2.0
_LONGEST = 64 * 1024

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0


def output_of(command: Sequence[str], seconds: float = SECONDS) -> str:
    """Return what the command wrote; empty if it is not there, failed, or took longer. Blocks: never call it on the loop."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no text from outside
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            creationflags=_FLAGS,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout[:_LONGEST].decode("utf-8", "replace")
