"""Runs a small tool of the system with a time limit, never through a shell, and returns its output."""

import subprocess
import sys
from collections.abc import Sequence

SECONDS = 2.0
_MAX_OUTPUT_BYTES = 64 * 1024

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0


def output_of(command: Sequence[str], seconds: float = SECONDS) -> str:
    """Return the output of a command; empty if it does not exist, failed, or exceeded the time limit.

    Blocks: never call it on the event loop.
    """
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no external text
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
    return done.stdout[:_MAX_OUTPUT_BYTES].decode("utf-8", "replace")
