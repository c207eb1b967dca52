"""UTF-8 for pipes on Windows, where Python uses a legacy encoding that lacks the characters of many answers."""

import io
import sys
from collections.abc import Iterable
from typing import TextIO


def use_utf8_in_pipes(streams: Iterable[TextIO | None] | None = None, platform: str = sys.platform) -> None:
    """Use UTF-8 for pipes and files; terminals use it already. Does nothing on other systems, which define their encoding.

    Invalid UTF-8 in the input is replaced by replacement characters.
    """
    if platform != "win32":
        return
    for stream in streams or (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")
