"""A screen that nobody sees (Xvfb), for started programs: the end-to-end tests and the measurements use it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """Give the environment variables that let a program open windows there.

    Off Linux there is always a screen, and nothing to say.
    """
    if not sys.platform.startswith("linux"):
        yield {}
        return
    server = shutil.which("Xvfb")
    assert server, "Xvfb is missing; `python3 dev.py test` installs it or says how"
    read_end, write_end = os.pipe()
    # With -displayfd the server itself chooses a free number and tells it once it answers.
    command = [server, "-displayfd", str(write_end), "-screen", "0", "1600x1200x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(
        command, pass_fds=[write_end], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            os.close(write_end)
            with os.fdopen(read_end) as pipe:
                number = pipe.readline().strip()
            assert number, "Xvfb did not start"
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            process.terminate()
