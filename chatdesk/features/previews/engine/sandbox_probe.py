"""Whether Chromium's own sandbox can start here. Asked before the web engine is loaded: without the sandbox it ends the whole program.

Chatdesk never switches the sandbox off. Where it cannot run, no preview opens.
"""

import ctypes
import os
import sys
from enum import Enum, auto

_CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
_SAFE_PLACE = b"/proc/self/fdinfo/"
"""Where Chromium locks its processes in; it is gone with the process, so nothing can be reached from there."""


class Sandbox(Enum):
    """What was found."""

    RUNS = auto()
    SUPERUSER = auto()
    """Chromium refuses to run for the superuser."""
    FORBIDDEN = auto()
    """The system forbids the name spaces that the sandbox is made of, as Ubuntu 24.04 does for programs it does not know."""


def probe_sandbox() -> Sandbox:
    """Try, in a child process, what Chromium's sandbox does on Linux (user, process and network name spaces, then chroot).

    Takes about a millisecond; on other systems the sandbox needs no privilege and always runs.
    """
    if not sys.platform.startswith("linux"):
        return Sandbox.RUNS
    if os.geteuid() == 0:
        return Sandbox.SUPERUSER
    libc = ctypes.CDLL(None, use_errno=True)  # loaded before the fork: the child may only make system calls
    child = os.fork()
    if child == 0:
        spaces = _CLONE_NEWUSER | _CLONE_NEWPID | _CLONE_NEWNET
        os._exit(0 if libc.unshare(spaces) == 0 and libc.chroot(_SAFE_PLACE) == 0 else 1)
    _, status = os.waitpid(child, 0)
    return Sandbox.RUNS if status == 0 else Sandbox.FORBIDDEN
