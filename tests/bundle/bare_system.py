"""A Linux with nothing on it: a folder that debootstrap fills, without Python and without Qt, and programs run in it by bubblewrap.

Bubblewrap and not chroot: a chroot refuses the user namespaces that Chromium's sandbox is made of. The programs run as a user without
privileges to whom everything is read only but a home, and there is no switch that turns a sandbox off.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

USER = 65_534
"""`nobody`: a message bus runs for accounts only, and this one is there on every Linux, also on the bare one."""
HOME = "/home/person"


def missing() -> str:
    """Return why there can be none here; empty if there can."""
    if not sys.platform.startswith("linux"):
        return "the packages are Linux's"
    if os.geteuid() != 0:
        return "only the superuser can unpack a bare system"
    needed = ("apt-get", "debootstrap", "bwrap", "setpriv", "dpkg-deb", "objdump", "xdotool", "import", "dbus-daemon")
    absent = [name for name in needed if not shutil.which(name)]
    if absent:
        return f"not installed: {', '.join(absent)}"
    look = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "test", "-r", __file__]
    return "" if subprocess.call(look) == 0 else "the clone lies where only its owner may look"


class BareSystem:
    """Lives in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self) -> None:
        """Fill the folder, with the Debian and from the mirror that this machine itself has."""
        ask = ["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE)", "Created-By: Packages"]
        known = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.splitlines()
        found = [line.split() for line in known if re.fullmatch(r"http\S+ [a-z]+", line)]  # not its updates
        if not found:
            raise LookupError("this machine has Debian from no mirror")
        mirror, suite = found[0]
        command = ["debootstrap", "--variant=minbase", suite, self._folder, mirror]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (self._folder / HOME[1:]).mkdir(parents=True)

    def install(self, package: Path) -> None:
        """Install a Debian package with all it asks for, and nothing else."""
        inside = self._folder / package.name
        shutil.copy2(package, inside)
        command = ["chroot", self._folder, "apt-get", "install", "--yes", "--no-install-recommends", f"/{package.name}"]
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        inside.unlink()

    def command(
        self, home: Path, shared: Sequence[Path], environment: Mapping[str, str], more: Mapping[Path, str] | None = None
    ) -> list[str]:
        """Return the beginning of a command that runs a program there; `shared` files are at the same place inside, `more` elsewhere."""
        privileges = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--no-new-privs"]
        command = [*privileges, "bwrap", "--unshare-user", "--unshare-pid", "--die-with-parent", "--clearenv"]
        command += ["--ro-bind", str(self._folder), "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
        command += ["--tmpfs", "/run", "--bind", str(home), HOME, "--chdir", HOME]
        for path in shared:
            command += ["--bind", str(path), str(path)]
        for path, inside in (more or {}).items():
            command += ["--ro-bind", str(path), inside]
        for name, value in {"HOME": HOME, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environment}.items():
            command += ["--setenv", name, value]
        return command
