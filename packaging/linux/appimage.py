"""Makes an AppImage, one file that runs where it lies, of the bundle in dist/chatdesk: for x86_64 and, on such a machine, aarch64.

  appimage.py --runtime FILE   into dist/Chatdesk-VERSION-MACHINE.AppImage
  appimage.py --folder         only the folder that would go into it, in build/Chatdesk.AppDir

An AppImage (type 2) is a small program, the runtime, with a squashed folder behind it. The runtime is the AppImage project's own release,
`runtime-MACHINE`; it is given by hand, and whoever gets it compares its checksum. `mksquashfs` of squashfs-tools does the rest.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from packages import BUNDLE, DIST, ROOT, menu_entry, version

APP_DIR = ROOT / "build/Chatdesk.AppDir"
INSIDE = "usr/lib/chatdesk"
"""Where the bundle is in the folder."""
ELF_MACHINES = {"x86_64": 62, "aarch64": 183}
_MAGIC, _MAGIC_AT = b"AI\x02", 8
_MACHINE_AT = 18
_RUN = f"""\
#!/bin/sh
# What the runtime starts: the program, from wherever the image is mounted.
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/{INSIDE}/chatdesk" "$@"
"""


def name(machine: str) -> str:
    """Return what the image is called."""
    return f"Chatdesk-{version()}-{machine}.AppImage"


def wrong_with(runtime: bytes, machine: str) -> str:
    """Return why a file cannot be the runtime of an image for a machine; empty if it can."""
    if runtime[:4] != b"\x7fELF":
        return "it is no program"
    if runtime[_MAGIC_AT : _MAGIC_AT + 3] != _MAGIC:
        return "it is not the runtime of an AppImage of type 2"
    (built_for,) = struct.unpack_from("<H", runtime, _MACHINE_AT)
    return "" if built_for == ELF_MACHINES[machine] else f"it is not for {machine}"


def fill(folder: Path) -> None:
    """Put into a folder what is squashed: the bundle, what starts it, and what desktops read."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BUNDLE, folder / INSIDE, symlinks=True)
    for source, inside in menu_entry():
        (folder / "usr" / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / "usr" / inside)
    run = folder / "AppRun"
    run.write_text(_RUN, encoding="utf-8")
    run.chmod(0o755)
    (folder / "chatdesk.desktop").symlink_to("usr/share/applications/chatdesk.desktop")
    (folder / "chatdesk.svg").symlink_to("usr/share/icons/hicolor/scalable/apps/chatdesk.svg")
    (folder / ".DirIcon").symlink_to("chatdesk.svg")


def pack(folder: Path, runtime: bytes, image: Path) -> None:
    """Squash the folder behind the runtime."""
    squashed = image.with_suffix(".squashfs")
    command: list[str | Path] = [
        "mksquashfs",
        folder,
        squashed,
        "-noappend",
        "-root-owned",
        "-no-xattrs",
        "-comp",
        "zstd",
        "-quiet",
    ]
    command += ["-Xcompression-level", "12", "-b", "256K", "-no-progress"]
    subprocess.run(command, check=True)
    with image.open("wb") as out, squashed.open("rb") as rest:
        out.write(runtime)
        shutil.copyfileobj(rest, out)
    squashed.unlink()
    image.chmod(0o755)


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="Make an AppImage of the bundle in dist/chatdesk.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--runtime", type=Path, help="the AppImage project's runtime for this machine")
    what.add_argument("--folder", action="store_true", help="make only the folder")
    options = parser.parse_args()
    machine = platform.machine()
    if machine not in ELF_MACHINES:
        sys.exit(f"There is no AppImage for {machine}.")
    if not BUNDLE.is_dir():
        sys.exit("There is no bundle in dist/chatdesk. `python3 dev.py build` makes it.")
    runtime = b"" if options.folder else options.runtime.read_bytes()
    if runtime and (wrong := wrong_with(runtime, machine)):
        sys.exit(f"{options.runtime} cannot be used: {wrong}.")
    if runtime and not shutil.which("mksquashfs"):
        sys.exit("mksquashfs is missing: install the package squashfs-tools.")
    fill(APP_DIR)
    if runtime:
        image = DIST / name(machine)
        pack(APP_DIR, runtime, image)
        shutil.rmtree(APP_DIR)
        print(f"{image.stat().st_size / 1e6:8.1f} MB  {image.name}")
    else:
        print(APP_DIR)


if __name__ == "__main__":
    main()
