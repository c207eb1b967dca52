"""Facts of this machine that other rooms ask for: its processor's cores and the name of its system."""

import os
import platform
import sys


def physical_cores() -> int:
    """Return how many cores this process may use, not counting hyper-threads twice; at least 1."""
    if sys.platform == "linux":
        usable = len(os.sched_getaffinity(0))
    else:
        usable = os.cpu_count() or 1
    return max(1, min(usable, _all_cores() or usable))


def system_name() -> str:
    """Return the system as its makers call it, with its version: `Debian GNU/Linux 13 (trixie)`, `macOS 15.1`, `Windows 11`."""
    if mac_version := platform.mac_ver()[0]:
        return f"macOS {mac_version}"
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):  # Windows, or a Linux container with nothing in it
        return f"{platform.system()} {platform.release()}"


def _all_cores() -> int | None:
    """Return how many the machine has, without slow ones beside fast ones: waiting for them costs more than they bring."""
    if sys.platform == "darwin":
        from chatdesk.system.sysctl import sysctl_number  # noqa: PLC0415 - of this system only

        if fast := sysctl_number(b"hw.perflevel0.physicalcpu"):
            return fast

    import psutil  # noqa: PLC0415 - start-up time

    try:
        cores: int | None = psutil.cpu_count(logical=False)
    except OSError:  # nobody says, or one went offline just now
        return None
    return cores
