"""The encoding of what is piped in and out on Windows, where Python takes that of old programs: in it, an answer may have no letters."""

import io
import sys
from collections.abc import Iterable
from typing import TextIO


def use_utf8_in_pipes(streams: Iterable[TextIO | None] | None = None, platform: str = sys.platform) -> None:
    """Read and write UTF-8 in pipes and files; terminals have it already. Does nothing on other systems: they say what they want.

    What is piped in and is not UTF-8 is read with marks in the place of what cannot be read.
    """
    if platform != "win32":
        return
    for stream in streams or (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")
