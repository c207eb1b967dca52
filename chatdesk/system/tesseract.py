"""Finds an installed Tesseract, and the languages that it knows."""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping

from chatdesk.kernel.documents.text_recognition import Tesseract, languages_to_recognise
from chatdesk.system.short_command import output_of

_SECONDS = 10.0
"""The first start can wait for a disk or a virus scanner."""
_LANGUAGE = re.compile(r"[A-Za-z]{3}(?:_\w{2,12})?")


def find_tesseract(locale: str, environment: Mapping[str, str] = os.environ) -> Tesseract | None:
    """Return Tesseract with the languages that suit a locale; None if it is not installed or knows no language.

    Blocks: never call it on the event loop.
    """
    for program in _programs(environment):
        languages = languages_to_recognise(languages_in(output_of([program, "--list-langs"], _SECONDS)), locale)
        if languages:
            return Tesseract(program, languages)
    return None


def languages_in(text: str) -> tuple[str, ...]:
    """Return the languages in the output of `tesseract --list-langs`."""
    return tuple(line for line in map(str.strip, text.splitlines()) if _LANGUAGE.fullmatch(line))


def _programs(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths of programs. Programs started from the macOS Dock have a short PATH; the installer for Windows does not change it."""
    if found := shutil.which("tesseract", path=environment.get("PATH")):
        yield found
    match sys.platform:
        case "darwin":
            paths = ["/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract", "/opt/local/bin/tesseract"]
        case "win32":
            folders = [environment.get(name, "") for name in ("PROGRAMFILES", "LOCALAPPDATA")]
            paths = [
                rf"{folders[0]}\Tesseract-OCR\tesseract.exe",
                rf"{folders[1]}\Programs\Tesseract-OCR\tesseract.exe",
            ]
        case _:
            paths = []
    yield from (path for path in paths if os.access(path, os.X_OK))
