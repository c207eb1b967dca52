"""Makes what people install on Linux of the bundle in dist/chatdesk: `python3 dev.py build --packages`.

  chatdesk_VERSION_amd64.deb         into /opt/chatdesk, with an entry in the menu, and the profile that lets the preview wall pages off
  chatdesk-VERSION-linux-x86_64.tar.gz   to be unpacked anywhere; install.sh in it adds it to the menu of one person

Both hold the same files. `dpkg-deb` and `objdump`, of every Debian and Ubuntu, are all that is needed. What they need of the system is
in `DEPENDS`. The Debian package is packed with zstd, which Debian 12 and Ubuntu 22.04 read, and which is packed in a fifth of xz's time.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DIST = ROOT / "dist"
BUNDLE = DIST / "chatdesk"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

DEPENDS = {
    "libc6 (>= {glibc})": (
        "libc.so.*",
        "libm.so.*",
        "libdl.so.*",
        "libpthread.so.*",
        "librt.so.*",
        "libresolv.so.*",
        "ld-linux*",
    ),
    "libstdc++6": ("libstdc++.so.*",),
    "libgcc-s1": ("libgcc_s.so.*",),
    "zlib1g": ("libz.so.*",),
    "libexpat1": ("libexpat.so.*",),
    "libglib2.0-0t64 | libglib2.0-0": (
        "libglib-2.0.so.*",
        "libgthread-2.0.so.*",
        "libgobject-2.0.so.*",
        "libgio-2.0.so.*",
    ),
    "libdbus-1-3": ("libdbus-1.so.*",),
    "libfontconfig1": ("libfontconfig.so.*",),
    "libfreetype6": ("libfreetype.so.*",),
    "libx11-6": ("libX11.so.*",),
    "libx11-xcb1": ("libX11-xcb.so.*",),
    "libxext6": ("libXext.so.*",),
    "libxfixes3": ("libXfixes.so.*",),
    "libxcb1": ("libxcb.so.*",),
    "libxcb-glx0": ("libxcb-glx.so.*",),
    "libxcb-dri3-0": ("libxcb-dri3.so.*",),
    "libegl1": ("libEGL.so.*",),
    "libgl1": ("libGL.so.*", "libGLX.so.*", "libOpenGL.so.*"),
    "libgbm1": ("libgbm.so.*",),
    "libwayland-client0": ("libwayland-client.so.*",),
    "libwayland-cursor0": ("libwayland-cursor.so.*",),
    "libwayland-egl1": ("libwayland-egl.so.*",),
    "libasound2t64 | libasound2": ("libasound.so.*",),
    "libudev1": ("libudev.so.*",),
    "libnss3": ("libnss3.so", "libnssutil3.so", "libsmime3.so"),
    "libnspr4": ("libnspr4.so", "libplc4.so", "libplds4.so"),
    "libgssapi-krb5-2": ("libgssapi_krb5.so.*",),
    "libcups2t64 | libcups2": ("libcups.so.*",),
}
"""Debian's packages, with their older names, and the shared libraries that they bring."""
RECOMMENDS = ("gnome-keyring | kwalletmanager | keepassxc", "fonts-noto-cjk", "xdg-desktop-portal")

_COPYRIGHT = """\
Chatdesk is copyright of the Chatdesk authors, under the MIT licence: its text is in /opt/chatdesk/_internal/LICENSE.
What others made is listed, with its licences, in /opt/chatdesk/THIRD-PARTY.txt.
"""
_AFTER_INSTALLING = """\
#!/bin/sh
set -e
# A running AppArmor learns the profile; one that is too old for it, or none at all, needs none.
if [ "$1" = configure ] && [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser >/dev/null; then
  apparmor_parser -r -T -W /etc/apparmor.d/chatdesk || true
fi
"""
_BEFORE_REMOVING = """\
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser >/dev/null; then
  apparmor_parser -R /etc/apparmor.d/chatdesk || true
fi
"""
_AFTER_REMOVING = """\
#!/bin/sh
set -e
# Files in people's homes are theirs: no package may delete them.
if [ "$1" = purge ]; then
  echo "Chats and settings stay in each person's home: ~/.local/share/Chatdesk, ~/.config/Chatdesk, ~/.cache/Chatdesk" >&2
fi
"""


def version() -> str:
    """Return the version of the program, which stands in one place."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "chatdesk/__init__.py").read_text(encoding="utf-8"))
    if not found:
        raise ValueError("chatdesk/__init__.py names no version")
    return found[1]


def package_names(machine: str) -> tuple[str, str]:
    """Return what the Debian package and the archive are called on a machine, as `platform.machine` tells it."""
    if machine not in ARCHITECTURES:
        sys.exit(
            f"There is no package for {machine}: Qt and the engine are made for {' and '.join(ARCHITECTURES)} only."
        )
    return f"chatdesk_{version()}_{ARCHITECTURES[machine]}.deb", f"chatdesk-{version()}-linux-{machine}.tar.gz"


def debian(work: Path) -> Path:
    """Make the Debian package and return it."""
    architecture = ARCHITECTURES[platform.machine()]
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree / "opt/chatdesk", symlinks=True)
    _put_menu_entry(tree / "usr/share")
    _write(tree / "usr/share/doc/chatdesk/copyright", _COPYRIGHT)
    _write(tree / "etc/apparmor.d/chatdesk", (HERE / "apparmor").read_text(encoding="utf-8"))
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/chatdesk").symlink_to("/opt/chatdesk/chatdesk")
    files = sorted(file for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    size = sum(file.stat().st_size for file in files) // 1024
    sums = (f"{_md5(file)}  {file.relative_to(tree).as_posix()}\n" for file in files)
    _write(tree / "DEBIAN/md5sums", "".join(sums))
    _write(tree / "DEBIAN/control", control(architecture, size, oldest_glibc(BUNDLE)))
    _write(tree / "DEBIAN/conffiles", "/etc/apparmor.d/chatdesk\n")
    _write(tree / "DEBIAN/postinst", _AFTER_INSTALLING, 0o755)
    _write(tree / "DEBIAN/prerm", _BEFORE_REMOVING, 0o755)
    _write(tree / "DEBIAN/postrm", _AFTER_REMOVING, 0o755)
    for one in (tree, *tree.rglob("*")):
        if not one.is_symlink():
            one.chmod(mode_of(one.stat().st_mode))
    package = DIST / package_names(platform.machine())[0]
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", tree, package],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(tree)
    return package


def control(architecture: str, kilobytes: int, glibc: str) -> str:
    """Return the control file of the Debian package."""
    return f"""\
Package: chatdesk
Version: {version()}
Architecture: {architecture}
Maintainer: The Chatdesk authors <chatdesk@localhost>
Installed-Size: {kilobytes}
Section: net
Priority: optional
Depends: {", ".join(DEPENDS).format(glibc=glibc)}
Recommends: {", ".join(RECOMMENDS)}
Description: chat with local and remote language models
 Chatdesk talks to a local DeepSeek or any other model through Ollama, to every
 server that speaks OpenAI's protocol, and to a small model of its own that
 needs neither an account nor a network.
"""


def unnamed_libraries(bundle: Path) -> set[str]:
    """Return the shared libraries that the bundle neither holds nor asks Debian for."""
    linked: set[str] = set()
    for file in _programs(bundle):
        told = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=False).stdout
        linked.update(re.findall(r"NEEDED +(\S+)", told))
    held = {file.name for file in bundle.rglob("*.so*")}
    asked = [pattern for patterns in DEPENDS.values() for pattern in patterns]
    return {name for name in linked - held if not any(fnmatch(name, pattern) for pattern in asked)}


def oldest_glibc(bundle: Path) -> str:
    """Return the oldest glibc that all files of the bundle can run on, from the versions of the symbols they ask for."""
    newest = (0, 0)
    for file in _programs(bundle):
        told = subprocess.run(["objdump", "-T", file], capture_output=True, text=True, check=False).stdout
        for major, minor in re.findall(r"\(?GLIBC_(\d+)\.(\d+)", told):
            newest = max(newest, (int(major), int(minor)))
    return "{}.{}".format(*newest)


def _programs(bundle: Path) -> Iterator[Path]:
    """Yield the programs and shared libraries."""
    for file in bundle.rglob("*"):
        if not file.is_symlink() and file.is_file() and (".so" in file.name or os.access(file, os.X_OK)):
            yield file


def archive() -> Path:
    """Make the archive and return it."""
    package = DIST / package_names(platform.machine())[1]
    name = package.name.removesuffix(".tar.gz")
    with (
        package.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        tar.add(BUNDLE, name, filter=_without_owner)
        for source, inside in ((HERE / "install.sh", "install.sh"), (HERE / "apparmor", "apparmor"), *menu_entry()):
            tar.add(source, f"{name}/{inside}", filter=_without_owner)
    return package


def menu_entry() -> list[tuple[Path, str]]:
    """Return the files that put a program into the menu, and where they go below share/."""
    return [
        (HERE / "chatdesk.desktop", "share/applications/chatdesk.desktop"),
        (HERE / "chatdesk.metainfo.xml", "share/metainfo/io.github.chatdesk.Chatdesk.metainfo.xml"),
        (HERE / "chatdesk.mime.xml", "share/mime/packages/chatdesk.xml"),
        (ROOT / "resources/icons/chatdesk.svg", "share/icons/hicolor/scalable/apps/chatdesk.svg"),
    ]


def _put_menu_entry(share: Path) -> None:
    for source, inside in menu_entry():
        _write(share.parent / inside, source.read_text(encoding="utf-8"))


def mode_of(built: int) -> int:
    """Return what everybody may do with what is installed, whatever else its builder lets nobody do."""
    return 0o755 if built & 0o100 else 0o644


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mode = mode_of(entry.mode)
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def _write(file: Path, text: str, mode: int = 0o644) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def _md5(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "md5").hexdigest()


def main() -> None:
    """Make both, and say how large they are."""
    if not BUNDLE.is_dir():
        sys.exit("There is no bundle in dist/chatdesk. `python3 dev.py build` makes it.")
    if unnamed := unnamed_libraries(BUNDLE):
        sys.exit(
            f"No package of Debian is named for {', '.join(sorted(unnamed))}: see DEPENDS in {Path(__file__).name}."
        )
    for package in (archive(), debian(ROOT / "build")):
        print(f"{package.stat().st_size / 1e6:8.1f} MB  {package.name}")


if __name__ == "__main__":
    main()
