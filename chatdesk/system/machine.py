"""The number of processor cores, the name of the operating system, and whether the computer runs on its battery."""

import os
import sys


def physical_cores() -> int:
    """Return how many physical cores this process may use, without counting hyper-threads; at least 1."""
    if sys.platform == "linux":
        usable = len(os.sched_getaffinity(0))
    else:
        usable = os.cpu_count() or 1
    return max(1, min(usable, _all_cores() or usable))


def system_name() -> str:
    """Return the name and version of the system: `Debian GNU/Linux 13 (trixie)`, `macOS 15.1`, `Windows 11`."""
    import platform  # noqa: PLC0415 - start-up time

    if mac_version := platform.mac_ver()[0]:
        return f"macOS {mac_version}"
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):  # Windows, or a Linux container without a release file
        return f"{platform.system()} {platform.release()}"


def is_on_battery() -> bool:
    """Return whether the computer is running on its battery; False if it has none. May block for some milliseconds."""
    import psutil  # noqa: PLC0415 - start-up time

    if not hasattr(psutil, "sensors_battery"):  # not on every system
        return False
    try:
        battery = psutil.sensors_battery()
    except (OSError, ValueError):  # a driver that reports nonsense
        return False
    return battery is not None and battery.power_plugged is False


def _all_cores() -> int | None:
    """Return the number of physical cores; None if unknown.

    On Apple Silicon, only the performance cores: waiting for the slower ones costs more than they contribute.
    """
    if sys.platform == "darwin":
        from chatdesk.system.sysctl import sysctl_number  # noqa: PLC0415 - only on macOS

        if fast := sysctl_number(b"hw.perflevel0.physicalcpu"):
            return fast

    import psutil  # noqa: PLC0415 - start-up time

    try:
        cores: int | None = psutil.cpu_count(logical=False)
    except OSError:  # not reported, or a core just went offline
        return None
    return cores
