"""Check whether the sandbox of Chromium can run. Must run before the web engine is loaded: without a sandbox it aborts the program.

Chatdesk never disables the sandbox. Where it cannot run, there are no previews.
"""

import ctypes
import os
import sys
from enum import Enum, auto

_CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
_CHROOT_FOLDER = b"/proc/self/fdinfo/"
"""Folder to which Chromium confines its processes with chroot: it disappears with the process, so nothing can be reached from it."""


class Sandbox(Enum):
    """Result of the check."""

    AVAILABLE = auto()
    SUPERUSER = auto()
    """Chromium refuses to run as root."""
    FORBIDDEN = auto()
    """The system forbids the namespaces that the sandbox needs, as Ubuntu 24.04 does for programs without a profile."""


def probe_sandbox() -> Sandbox:
    """Try in a child process what the sandbox of Chromium does on Linux: user, process and network namespaces, then chroot.

    Takes about a millisecond. On other systems the sandbox needs no privilege and always runs.
    """
    if not sys.platform.startswith("linux"):
        return Sandbox.AVAILABLE
    if os.geteuid() == 0:
        return Sandbox.SUPERUSER
    libc = ctypes.CDLL(None, use_errno=True)  # loaded before the fork: the child may only make system calls
    child = os.fork()
    if child == 0:
        spaces = _CLONE_NEWUSER | _CLONE_NEWPID | _CLONE_NEWNET
        os._exit(0 if libc.unshare(spaces) == 0 and libc.chroot(_CHROOT_FOLDER) == 0 else 1)
    _, status = os.waitpid(child, 0)
    return Sandbox.AVAILABLE if status == 0 else Sandbox.FORBIDDEN
