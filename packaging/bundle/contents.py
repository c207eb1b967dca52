"""What goes into a bundle of what PyInstaller has found. The spec asks; nothing here knows PyInstaller.

PyInstaller collects whatever may be used: every plugin of Qt, every QML module and whatever those link to. Here are the names that stay
out, each group with its reason. A library that then nobody links to any more stays out as well, so there is no list of libraries.

Names are those of PySide6's wheels for the three systems, which tests/data/wheels has lists of: Qt's files lie in `PySide6/Qt` on Linux and
macOS, whose libraries are frameworks, and in `PySide6` itself on Windows. They are compared with slashes, whatever system this runs on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

import product

LEFT_OUT = (
    # No screen of ours is made of QML; the preview's engine links to Qt Quick, but loads none of its modules.
    "PySide6/Qt/qml/*",
    "PySide6/qml/*",
    # Words that Qt itself says, and the web engine's: in the languages that Chatdesk speaks, below.
    "PySide6/Qt/translations/*.qm",
    "PySide6/translations/*.qm",
    "*/qtwebengine_locales/*",
    # The tools for developers of the web engine are switched off in the preview.
    "*/qtwebengine_devtools_resources.pak",
    # What only its debug build loads: 80 MB on Windows.
    "*/resources/*.debug.*",
    # Plugins for screens without a desktop, of other makers, or for what is not used: positions, devices, profiling.
    "*/plugins/egldeviceintegrations/*",
    "*/plugins/generic/*",
    "*/plugins/networkinformation/*",
    "*/plugins/position/*",
    "*/plugins/qmltooling/*",
    "*/plugins/platforms/*qeglfs*",
    "*/plugins/platforms/*qlinuxfb*",
    "*/plugins/platforms/*qminimal*",
    "*/plugins/platforms/*qvkkhrdisplay*",
    "*/plugins/platforms/*qvnc*",
    "*/plugins/platforms/*qdirect2d*",
    "*/plugins/platforminputcontexts/*virtualkeyboard*",
    "*/plugins/wayland-shell-integration/*ivi*",
    "*/plugins/wayland-shell-integration/*fullscreen*",
    "*/plugins/wayland-shell-integration/*qt-shell*",
    # GTK with all its libraries, only to ask for colours that the desktop's portal tells as well.
    "*/plugins/platformthemes/*gtk3*",
    # Pictures that nothing here opens (attachments/pictures.py names those that are).
    "*/plugins/imageformats/*icns*",
    "*/plugins/imageformats/*macheif*",
    "*/plugins/imageformats/*macjp2*",
    "*/plugins/imageformats/*pdf*",
    "*/plugins/imageformats/*tga*",
    "*/plugins/imageformats/*tiff*",
    "*/plugins/imageformats/*wbmp*",
    # Python's own tests, and its tools for other people's code.
    "*/_test*.so",
    "*/_test*.pyd",
    "*/_ctypes_test*",
    "*/_xxtestfuzz*",
    "*/xxlimited*",
    # The sources of a library that are in its wheel.
    "selectolax/*.c",
    "selectolax/*.px?",
    "selectolax/*.py?",
)

KEPT = (
    *(
        f"*/translations/{library}_{language.code}.qm"
        for language in product.TRANSLATIONS
        for library in ("qt", "qtbase")
    ),
    "*/qtwebengine_locales/en-US.pak",
    "*/qtwebengine_locales/en-GB.pak",
    *(f"*/qtwebengine_locales/{language.code.replace('_', '-')}.pak" for language in product.TRANSLATIONS),
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
    "libavahi-client.so.*",
    "libavahi-common.so.*",
    "libgnutls.so.*",
    "libgmp.so.*",
    "libhogweed.so.*",
    "libidn2.so.*",
    "libnettle.so.*",
    "libtasn1.so.*",
    "libunistring.so.*",
)
"""Shared libraries that are Linux's own: every desktop has them, and the packages of Chatdesk name them (linux/packages.py)."""

Entry = tuple[str, str, str]
"""One file as PyInstaller tells it: where it goes, where it comes from, and what it is."""

LOADED_BY_NAME = ("PySide6/opengl32sw.dll",)
"""Libraries that no file links to and that Qt loads all the same: drawing without a graphics driver."""

_LIBRARIES = (
    # Linux: PyInstaller puts what comes from elsewhere at the top, and links there to Qt's own.
    "lib*.so*",
    "PySide6/lib*.so*",
    "PySide6/Qt/lib/lib*.so*",
    "shiboken6/lib*.so*",
    # Windows. At the top lie Python's own, which it loads by name.
    "PySide6/*.dll",
    "shiboken6/*.dll",
    # macOS
    "lib*.dylib",
    "PySide6/lib*.dylib",
    "PySide6/Qt/lib/lib*.dylib",
    "shiboken6/lib*.dylib",
    "PySide6/Qt/lib/*.framework/Versions/*/*",
)
"""Files that are there only for others to link to; a `*` does not stand for a slash here."""

RUNTIME = ("concrt140.dll", "msvcp140*.dll", "vcomp140.dll", "vcruntime140*.dll")
"""Microsoft's runtime libraries. The engine links to msvcp140 and vcomp140, which neither Python nor Windows brings."""


def is_left_out(name: str) -> bool:
    """Whether a file stays out of the bundle by its name alone."""
    name = _with_slashes(name)
    if any(fnmatchcase(name, pattern) for pattern in KEPT):
        return False
    return any(fnmatchcase("/" + name, pattern) or fnmatchcase(name, pattern) for pattern in LEFT_OUT) or (
        is_of_the_system(name)
    )


def is_of_the_system(name: str) -> bool:
    """Whether a file is a shared library of Linux that is not brought along."""
    path = PurePosixPath(_with_slashes(name))
    return len(path.parts) == 1 and any(fnmatchcase(path.name, pattern) for pattern in OF_THE_SYSTEM)


def runtime_libraries(files: Iterable[str]) -> list[str]:
    """Return which files of the package msvc-runtime go to the top of a bundle for Windows, each library once.

    The package has each of them twice, beside Python and beside its scripts, and some in the second place only.
    """
    chosen: dict[str, str] = {}
    for file in sorted(files, key=lambda file: "scripts/" in _with_slashes(file).lower()):
        name = PurePosixPath(_with_slashes(file)).name.lower()
        if any(fnmatchcase(name, pattern) for pattern in RUNTIME):
            chosen.setdefault(name, file)
    return list(chosen.values())


def used(entries: Iterable[Entry], links_of: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return what of the bundle is used: all but shared libraries that nothing links to which is used itself.

    `links_of` names the shared libraries that a file links to. A framework that is not used stays out with all that lies in it. Windows
    does not tell capitals from small letters in these names; no two libraries of a bundle differ in them alone.
    """
    wanted = [entry for entry in entries if not is_left_out(entry[0])]
    libraries: dict[str, list[Entry]] = {}
    rest: list[Entry] = []
    for entry in wanted:
        if _is_library(_file_of(entry)):
            libraries.setdefault(_name_of(_file_of(entry)), []).append(entry)
        else:
            rest.append(entry)
    found: set[str] = set()
    ahead = [entry for entry in rest if entry[2] in {"BINARY", "EXTENSION"} and not framework_of(entry[0])]
    while ahead:
        for name in {_name_of(link) for link in links_of(ahead.pop()[1])} - found:
            found.add(name)
            ahead += [entry for entry in libraries.get(name, ()) if entry[2] != "SYMLINK"]
            # A program inside the framework, as the web engine's, links to more.
            ahead += [entry for entry in rest if framework_of(entry[0]) == name and entry[2] == "BINARY"]
    kept = [entry for entry in rest if not framework_of(entry[0]) or framework_of(entry[0]) in found]
    return [*kept, *(entry for name, same in libraries.items() if name in found for entry in same)]


def framework_of(name: str) -> str:
    """Return the name of Qt's framework that a file lies in, as `_name_of` has it; empty if it lies in none."""
    parts = PurePosixPath(_with_slashes(name)).parts
    if parts[:3] != ("PySide6", "Qt", "lib") or len(parts) < 5 or not parts[3].endswith(".framework"):
        return ""
    return parts[3].removesuffix(".framework").lower()


def _file_of(entry: Entry) -> str:
    """Return the name that counts: at the top of a bundle lie links to libraries further below."""
    name, source, kind = entry
    return source if kind == "SYMLINK" and "/" not in _with_slashes(name) else name


def _is_library(name: str) -> bool:
    """Whether a file is there only for others to link to. Python itself is not: the program loads it by its name."""
    path = PurePosixPath(_with_slashes(name))
    if path.name.startswith("libpython") or str(path) in LOADED_BY_NAME:
        return False
    return any(
        len(path.parts) == pattern.count("/") + 1 and fnmatchcase(str(path), pattern) for pattern in _LIBRARIES
    ) and (not framework_of(name) or _name_of(name) == framework_of(name))


def _name_of(name: str) -> str:
    return PurePosixPath(_with_slashes(name)).name.lower()


def _with_slashes(name: str) -> str:
    return name.replace("\\", "/")
