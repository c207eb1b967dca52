"""The list of what others made that goes into a bundle, with its licences: written beside the program as THIRD-PARTY.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

_HEAD = """\
Chatdesk is made with the work of many others. What of it is in this program, under which licence, and where it comes from.
Qt and PySide6 are used under the LGPL, version 3: they lie in files of their own in the folder `_internal/PySide6`, on macOS in
`Contents/Frameworks/PySide6`, which may be replaced by others of the same version that you have built.
"""
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_LONGEST = 400_000
"""Characters of one licence text."""


def third_party(locks: list[Path], others: Path) -> str:
    """Return the list: the packages that the lock files name and that are installed, then the texts in the folder `others`."""
    return "\n".join([_HEAD, *_packages(locks), *_texts(others)])


def _packages(locks: list[Path]) -> Iterator[str]:
    for name in sorted({name for lock in locks for name in locked(lock.read_text(encoding="utf-8"))}):
        try:
            found = distribution(name)
        except ModuleNotFoundError:
            continue  # another system's
        yield _section(f"{found.name} {found.version}", _licence_of(found), _home_of(found), _licence_texts(found))


def locked(lock: str) -> list[str]:
    """Return the names of the packages in a lock file, as pip writes them."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)


def _licence_of(found: Distribution) -> str:
    for name in ("License-Expression", "License"):
        told = _told(found, name)
        if told and "\n" not in told[0]:
            return told[0]
    classified = [line.rpartition(" :: ")[2] for line in _told(found, "Classifier") if "License" in line]
    return ", ".join(classified) or _licence_named_in(_licence_texts(found)) or "see below"


def _licence_named_in(texts: Iterator[str]) -> str:
    """Return the licence that the first line of a text names, for packages that only ship it; empty if it names none."""
    first_lines = (text.partition("\n")[0].strip() for text in texts)
    return next((line for line in first_lines if re.fullmatch(r"(The )?[\w -]+ Licen[cs]e( \(\w+\))?", line)), "")


def _home_of(found: Distribution) -> str:
    for line in _told(found, "Project-URL"):
        label, _, address = line.partition(", ")
        if label.lower() in {"homepage", "home", "source", "repository", "source code"}:
            return address
    return next(iter(_told(found, "Home-page")), "")


def _told(found: Distribution, name: str) -> list[str]:
    """Return what a package's metadata tells under a name, which may be nothing or several things."""
    return [str(value) for value in found.metadata.get_all(name) or ()]


def _licence_texts(found: Distribution) -> Iterator[str]:
    for file in found.files or ():
        if ".dist-info" in file.parts[0] and _LICENCE_FILE.search(file.name):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")[:_LONGEST].strip()


def _texts(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.txt")):
        yield _section(file.stem, "see below", "", iter([file.read_text(encoding="utf-8").strip()]))


def _section(name: str, licence: str, home: str, texts: Iterator[str]) -> str:
    rule = "=" * 78
    return "\n".join(["", rule, name, f"Licence: {licence}", *([home] if home else ()), rule, *texts])
