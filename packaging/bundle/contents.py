"""What goes into a bundle of what PyInstaller has found. The spec asks; nothing here knows PyInstaller.

PyInstaller collects whatever may be used: every plugin of Qt, every QML module and whatever those link to. Here are the names that stay
out, each group with its reason. A library that then nobody links to any more stays out as well, so there is no list of libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import PurePosixPath

LEFT_OUT = (
    # No screen of ours is made of QML; the preview's engine links to Qt Quick, but loads none of its modules.
    "*Qt/qml/*",
    # Words that Qt itself says, and the web engine's: in the languages that Chatdesk speaks, below.
    "*Qt/translations/*.qm",
    "*qtwebengine_locales/*",
    # The tools for developers of the web engine are switched off in the preview.
    "*qtwebengine_devtools_resources.pak",
    "*v8_context_snapshot.debug.bin",
    "*qtwebengine_resources.debug.pak",
    # Plugins for screens without a desktop, of other makers, or for what is not used: printing, positions, drawing on paper, profiling.
    "*plugins/egldeviceintegrations/*",
    "*plugins/generic/*",
    "*plugins/networkinformation/*",
    "*plugins/position/*",
    "*plugins/printsupport/*",
    "*plugins/qmltooling/*",
    "*plugins/platforms/*qeglfs*",
    "*plugins/platforms/*qlinuxfb*",
    "*plugins/platforms/*qminimal*",
    "*plugins/platforms/*qvkkhrdisplay*",
    "*plugins/platforms/*qvnc*",
    "*plugins/platforms/*qdirect2d*",
    "*plugins/platforminputcontexts/*virtualkeyboard*",
    "*plugins/wayland-shell-integration/*ivi*",
    "*plugins/wayland-shell-integration/*fullscreen*",
    "*plugins/wayland-shell-integration/*qt-shell*",
    # GTK with all its libraries, only to ask for colours that the desktop's portal tells as well.
    "*plugins/platformthemes/*gtk3*",
    # Pictures that nothing here opens (attachments/pictures.py names those that are).
    "*plugins/imageformats/*icns*",
    "*plugins/imageformats/*pdf*",
    "*plugins/imageformats/*tga*",
    "*plugins/imageformats/*tiff*",
    "*plugins/imageformats/*wbmp*",
    # Python's own tests, and its tools for other people's code.
    "*/_test*.so",
    "*/_test*.pyd",
    "*/_ctypes_test*",
    "*/_xxtestfuzz*",
    "*/xxlimited*",
)

KEPT = (
    "*Qt/translations/qtbase_zh_CN.qm",
    "*Qt/translations/qt_zh_CN.qm",
    "*qtwebengine_locales/en-US.pak",
    "*qtwebengine_locales/en-GB.pak",
    "*qtwebengine_locales/zh-CN.pak",
    "*qtwebengine_locales/zh-TW.pak",
)
"""What stays although a name above fits."""

OF_THE_SYSTEM = (
    # The C and C++ run-time libraries, and what the graphics drivers of the machine link to: older ones of ours would break those.
    "libstdc++.so.*",
    "libgcc_s.so.*",
    "libX11.so.*",
    "libX11-xcb.so.*",
    "libXau.so.*",
    "libXdmcp.so.*",
    "libXext.so.*",
    "libXfixes.so.*",
    "libxcb.so.*",
    "libxcb-glx.so.*",
    "libxcb-dri*.so.*",
    "libdrm.so.*",
    "libgbm.so.*",
    "libEGL.so.*",
    "libGL.so.*",
    "libGLX.so.*",
    "libGLdispatch.so.*",
    "libOpenGL.so.*",
    "libwayland-*.so.*",
    "libexpat.so.*",
    "libz.so.*",
    # What has files of the system's beside it that must fit: fonts, sound, messages between programs, devices, printers, certificates.
    "libfontconfig.so.*",
    "libfreetype.so.*",
    "libharfbuzz.so.*",
    "libasound.so.*",
    "libdbus-1.so.*",
    "libudev.so.*",
    "libsystemd.so.*",
    "libcups.so.*",
    "libgssapi_krb5.so.*",
    "libkrb5*.so.*",
    "libk5crypto.so.*",
    "libkeyutils.so.*",
    "libcom_err.so.*",
    "libnss3.so",
    "libnssutil3.so",
    "libnssckbi.*",
    "libnssdbm3.*",
    "libfreebl*",
    "libsoftokn3.*",
    "libsmime3.so",
    "libnspr4.so",
    "libplc4.so",
    "libplds4.so",
    "libp11-kit.so.*",
    # GLib's own plugins would be loaded by ours, and they fit the system's only.
    "libglib-2.0.so.*",
    "libgobject-2.0.so.*",
    "libgio-2.0.so.*",
    "libgmodule-2.0.so.*",
    "libgthread-2.0.so.*",
    # What only those above link to.
    "libpcre2-*.so.*",
    "libpng16.so.*",
    "libcap.so.*",
)
"""Shared libraries that are Linux's own: every desktop has them, and the packages of Chatdesk name them (linux/packages.py)."""

Entry = tuple[str, str, str]
"""One file as PyInstaller tells it: where it goes, where it comes from, and what it is."""

_LIBRARY_FOLDERS = ("", ".", "PySide6", "PySide6/Qt/lib", "PySide6/lib", "shiboken6")
"""Where shared libraries lie that are there only for others to link to."""


def is_left_out(name: str) -> bool:
    """Whether a file stays out of the bundle by its name alone."""
    if any(fnmatch(name, pattern) for pattern in KEPT):
        return False
    return any(fnmatch("/" + name, pattern) for pattern in LEFT_OUT) or is_of_the_system(name)


def is_of_the_system(name: str) -> bool:
    """Whether a file is a shared library of Linux that is not brought along."""
    path = PurePosixPath(name)
    return len(path.parts) == 1 and any(fnmatch(path.name, pattern) for pattern in OF_THE_SYSTEM)


def used(entries: Iterable[Entry], links_of: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return what of the bundle is used: all but shared libraries that nothing links to which is used itself.

    `links_of` names the shared libraries that a file links to.
    """
    wanted = [entry for entry in entries if not is_left_out(entry[0])]
    libraries: dict[str, list[Entry]] = {}
    rest: list[Entry] = []
    for entry in wanted:
        if _is_library(entry[0]):
            libraries.setdefault(PurePosixPath(entry[0]).name, []).append(entry)
        else:
            rest.append(entry)
    found: set[str] = set()
    ahead = [source for _, source, kind in rest if kind in {"BINARY", "EXTENSION"}]
    while ahead:
        for name in {PurePosixPath(link).name for link in links_of(ahead.pop())} - found:
            found.add(name)
            ahead += [source for _, source, kind in libraries.get(name, ()) if kind != "SYMLINK"]
    return [*rest, *(entry for name, same in libraries.items() if name in found for entry in same)]


def _is_library(name: str) -> bool:
    """Whether a file is there only for others to link to. Python itself is not: the program loads it by its name."""
    path = PurePosixPath(name.replace("\\", "/"))
    if fnmatch(path.name, "libpython*"):
        return False
    is_shared = fnmatch(path.name, "lib*.so*") or fnmatch(path.name, "Qt6*.dll") or fnmatch(path.name, "lib*.dylib")
    return is_shared and str(path.parent) in _LIBRARY_FOLDERS
