"""Finds what a Linux system lacks for Chatdesk, and installs it where that needs no password; elsewhere says the command to type.

  system_packages.py libraries SITE_PACKAGES   shared libraries that Qt, its web engine and the built-in engine load
  system_packages.py tests                     what the tests use besides: a screen, a keyring, letters and faces, AT-SPI, LibreOffice
  system_packages.py install PACKAGE ...       Debian packages by name

Exit code 0: nothing is missing any more. `dev.py` calls this; it uses the standard library only. What pip installs is not its concern.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# Files in site-packages that load the system's libraries: the window (X11, Wayland), the preview, the engine.
LOADERS = (
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/xcbglintegrations/*.so",
    "PySide6/Qt/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "PySide6/Qt/libexec/QtWebEngineProcess",
    "xllamacpp/*.so",
)

# Libraries that are alone in having a Debian package of another name.
ODD_PACKAGES = {
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libnssutil3.so": "libnss3",
    "libsmime3.so": "libnss3",
}

TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "setpriv": "util-linux",
    "dbus-daemon": "dbus",
    "dbus-send": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-math-nogui",  # without their windows: 100 MB
}
# What the tests of the bundle use, which only the superuser can run: they unpack a bare system. The last ones check recipes for desktops.
PROGRAMS_OF_THE_SUPERUSER = {
    "debootstrap": "debootstrap",
    "bwrap": "bubblewrap",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "objdump": "binutils",
    "weston": "weston",
    "mksquashfs": "squashfs-tools",
    "apparmor_parser": "apparmor",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "update-mime-database": "shared-mime-info",
}
# What tests find by its file: a folder, a pattern in it, and the package. The last three are a screen reader's.
TEST_FILES = (
    ("/usr/share/fonts", "**/*CJK*", "fonts-noto-cjk"),
    ("/usr/share/fonts", "**/*ColorEmoji*", "fonts-noto-color-emoji"),
    ("/usr/share/dbus-1/services", "org.a11y.Bus.service", "at-spi2-core"),
    ("/usr/lib", "*/girepository-1.0/Atspi-2.0.typelib", "gir1.2-atspi-2.0"),
    ("/usr/lib/python3/dist-packages", "gi", "python3-gi"),
)


def provide_libraries(site_packages: Path) -> bool:
    """Look for missing libraries and install them, or say how; true when none is missing in the end."""
    libraries = missing_libraries(site_packages)
    if not libraries:
        return True
    print_line("Missing system libraries: " + " ".join(libraries))
    if shutil.which("apt-get"):
        installed = provide_packages([debian_package(library) for library in libraries])
        return installed and not missing_libraries(site_packages)
    print_line("The window, the preview or the built-in engine may not start without them. " + advice(libraries))
    return False


def missing_libraries(site_packages: Path) -> list[str]:
    """Return the libraries (sonames) that the dynamic linker does not find for Qt's and the engine's files."""
    environment = {**os.environ, "LC_ALL": "C"}
    missing: set[str] = set()
    for loader in (file for pattern in LOADERS for file in site_packages.glob(pattern)):
        listing = subprocess.run(["ldd", loader], capture_output=True, text=True, check=False, env=environment)
        missing.update(not_found(listing.stdout))
    return sorted(missing)


def not_found(listing: str) -> list[str]:
    """Return the libraries that a listing of `ldd` calls not found."""
    return re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE)


def debian_package(library: str) -> str:
    """Name a library's package by Debian's rule (Policy 8.1): name and version, with a hyphen between two digits."""
    if library in ODD_PACKAGES:
        return ODD_PACKAGES[library]
    name, _, version = library.lower().replace("_", "-").partition(".so.")
    return f"{name}-{version}" if name[-1].isdigit() else name + version


def advice(libraries: list[str]) -> str:
    """Tell how to install libraries where there is no apt-get; packages of Fedora and openSUSE name the libraries they provide."""
    for manager in ("dnf", "zypper"):
        if shutil.which(manager):
            return f"To install them, type:\n  sudo {manager} install " + " ".join(
                f"'{name}()(64bit)'" for name in libraries
            )
    if shutil.which("pacman"):
        return "To see the packages that hold them, type:\n  sudo pacman -Fy && pacman -F " + " ".join(libraries)
    return "Install the packages of your system that hold them."


def provide_test_programs() -> bool:
    """Install the programs and the files that only tests use, or say how; true when none is missing."""
    wanted = TEST_PROGRAMS if os.geteuid() else TEST_PROGRAMS | PROGRAMS_OF_THE_SUPERUSER
    missing = [packages for program, packages in wanted.items() if not shutil.which(program)]
    packages = [package for names in missing for package in names.split()]
    packages += [package for folder, pattern, package in TEST_FILES if not any(Path(folder).glob(pattern))]
    if packages and not shutil.which("apt-get"):
        print_line("Some tests need what these Debian packages hold: " + " ".join(packages))
        return False
    return not packages or provide_packages(packages)


def provide_packages(packages: list[str]) -> bool:
    """Install Debian packages where that needs no password; elsewhere say the command to type. True when installed."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    allowed = not sudo or (shutil.which("sudo") and subprocess.call([*sudo, "true"], stderr=subprocess.DEVNULL) == 0)
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--option=DPkg::Lock::Timeout=120"]
    if allowed:  # a fresh system knows no package yet
        subprocess.call([*apt, "update"], stdin=subprocess.DEVNULL, stdout=sys.stderr)
    known = set(subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=False).stdout.split())
    # Debian 13 and Ubuntu 24.04 renamed some libraries when their time became 64 bits wide.
    names = sorted({f"{name}t64" if f"{name}t64" in known else name for name in packages})
    install = ["install", "--yes", "--no-install-recommends", *names]
    if allowed and subprocess.call([*apt, *install], stdin=subprocess.DEVNULL, stdout=sys.stderr) == 0:
        return True
    print_line(
        "Chatdesk needs some packages of the system. To install them, type:\n  sudo apt-get install " + " ".join(names)
    )
    return False


def print_line(text: str) -> None:
    """Speak on standard error: standard output belongs to the program that `dev.py` starts."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Do what the arguments say; return the exit code."""
    match arguments:
        case ["libraries", site_packages]:
            complete = provide_libraries(Path(site_packages))
        case ["tests"]:
            complete = provide_test_programs()
        case ["install", *packages]:
            complete = provide_packages(packages)
        case _:
            sys.exit(__doc__)
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
