"""Runs pytest as a user without privileges, on a screen that nobody sees: for the superuser Chromium would not start its sandbox.

The user is a number that no account has. It may read what the superuser may read (the clone, its Python) and nothing else: it writes
only in a folder that is made for it and gone afterwards. Only Linux needs this.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.virtual_screen import virtual_screen

PLATFORM = {"linux": "xcb", "win32": "windows", "darwin": "cocoa"}[sys.platform]
"""Qt's name for the screen that the tests of the preview are seen on."""
_MARK = "CHATDESK_TESTS_UNPRIVILEGED"
_USER = 61_234
_READ_ALL = 1 << 2
"""CAP_DAC_READ_SEARCH."""


def is_needed() -> bool:
    """Whether this process is not yet the one that `run_pytest` starts."""
    return sys.platform.startswith("linux") and _MARK not in os.environ


def run_pytest(arguments: Sequence[str]) -> int:
    """Run pytest with these arguments and return its exit code."""
    with surroundings() as (privileges, environment):
        return subprocess.call([*privileges, sys.executable, "-m", "pytest", *arguments], env=environment)


@contextmanager
def surroundings() -> Iterator[tuple[list[str], dict[str, str]]]:
    """Give the beginning of a command that gives up privileges, and the environment for it, with a screen and a home."""
    if not is_needed():
        yield [], dict(os.environ)
        return
    with tempfile.TemporaryDirectory(prefix="chatdesk-tests-") as folder, virtual_screen() as screen:
        home = Path(folder)
        home.chmod(0o700)
        privileges = _give_up_privileges(home)
        places = dict.fromkeys(("HOME", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT"))}
        yield privileges, variables | screen | places | {"PYTHONDONTWRITEBYTECODE": "1", _MARK: "1"}


def _give_up_privileges(home: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    program = shutil.which("setpriv")
    assert program, "setpriv (of util-linux) is missing: without it the superuser cannot test the preview"
    os.chown(home, _USER, _USER)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    may_read_all = int(status.partition("CapEff:")[2].split()[0], 16) & _READ_ALL
    capabilities = "-all,+dac_read_search" if may_read_all else "-all"
    command = [program, f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups", "--no-new-privs"]
    return [*command, f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}"]
