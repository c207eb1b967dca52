"""Finds an installed LibreOffice."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping

_NAMES = ("soffice", "libreoffice")


def find_libreoffice(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the path of LibreOffice's program; None if it is not installed. Blocks."""
    return next((path for path in _programs(environment) if os.access(path, os.X_OK)), None)


def _programs(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths of programs: those in PATH, and those of the installers for macOS and Windows, which do not change it."""
    for name in _NAMES:
        if found := shutil.which(name, path=environment.get("PATH")):
            yield os.path.realpath(found)
    match sys.platform:
        case "darwin":
            yield "/Applications/LibreOffice.app/Contents/MacOS/soffice"
        case "win32":
            for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
                yield rf"{environment.get(name, '')}\LibreOffice\program\soffice.exe"
        case _:
            yield "/opt/libreoffice/program/soffice"
            yield "/snap/bin/libreoffice"
